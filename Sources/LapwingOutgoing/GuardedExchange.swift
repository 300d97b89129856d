package import AsyncHTTPClient
import DNSWire
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// One HTTP request to an address that others may have chosen: it connects to a checked address, follows no redirect,
/// and limits the size and time of the response.
package struct GuardedExchange: Sendable {
    /// The reason for a missing response, in words.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
        /// Whether no connection was established, so that another address may be tried.
        var isUnmet = false

        static let privateAddress = Failure(description: "its address is one of a private network")
        static let timeout = Failure(description: "no answer in time")
        static let tooLarge = Failure(description: "the answer is too large")
    }

    /// A response that is not a redirect.
    package struct Answer: Sendable {
        /// The HTTP status.
        package var status: Int
        /// The complete content.
        package var body: [UInt8]
    }

    /// A form to send by POST.
    package struct Form: Sendable {
        /// The form as `application/x-www-form-urlencoded`.
        package var text: String
        /// The `Authorization` header; nil for none.
        package var authorization: String?

        package init(text: String, authorization: String?) {
            self.text = text
            self.authorization = authorization
        }
    }

    private static let lookups = HostLookups(threads: 4, waiting: 32)
    /// The largest number of addresses of a host that are tried.
    private static let mostAddresses = 4

    private let proxy: OutgoingProxy?
    private let reachesPrivate: Bool
    private let mostBytes: Int
    private let seconds: Int64

    /// - Parameters:
    ///   - proxy: the proxy to use; nil for a direct connection.
    ///   - reachesPrivate: whether addresses outside the public Internet are allowed.
    ///   - mostBytes: the largest response.
    ///   - seconds: the time limit for everything, including look-ups and all addresses.
    package init(through proxy: OutgoingProxy?, reachesPrivate: Bool, mostBytes: Int, seconds: Int64) {
        self.proxy = proxy
        self.reachesPrivate = reachesPrivate
        self.mostBytes = mostBytes
        self.seconds = seconds
    }

    /// Sends a GET, or a POST if there is a form. Returns within ``seconds``.
    ///
    /// - Throws: `Failure` if there is no answer, one that is too large, or a redirect.
    package func send(to url: String, _ form: Form? = nil) async throws(Failure) -> Answer {
        // A host with two spellings might be resolved in one and connected to in the other.
        guard let host = URL(string: url)?.host(percentEncoded: true), !host.isEmpty, url.contains(host),
            host.utf8.allSatisfy(Self.isPlain)
        else { throw Failure(description: "its address is not well formed") }
        let deadline = NIODeadline.now() + .seconds(seconds)
        // The brackets are not part of the address.
        let place = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        if let proxy, proxy.serves(place) {
            // The proxy resolves names. An address literal of the private network is refused with a proxy too.
            if let address = IPAddress(place), !address.isOnInternet, !reachesPrivate { throw .privateAddress }
            return try await send(form, to: url, by: deadline) { body in
                try await OutgoingHTTP.withClient(through: proxy, OutgoingHTTP.configuration, body)
            }
        }
        var failure = Failure(description: "the host name is not found")
        for address in try await addresses(of: place) {
            do throws(Failure) {
                return try await send(form, to: url, by: deadline) { body in
                    try await OutgoingHTTP.withClient(for: place, at: address, OutgoingHTTP.configuration, body)
                }
            } catch {
                failure = error
                guard error.isUnmet, deadline > .now(), !Task.isCancelled else { break }
            }
        }
        throw failure
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }

    /// Returns all addresses of a host after checking each; a name with any address in the private network is refused.
    private func addresses(of host: String) async throws(Failure) -> [IPAddress] {
        if let address = IPAddress(host) {
            guard reachesPrivate || address.isOnInternet else { throw .privateAddress }
            return [address]
        }
        let texts: [String]
        do throws(HostLookups.Failure) {
            texts = try await Self.lookups.addresses(of: host, limit: .seconds(seconds))
        } catch {
            switch error {
            case .notFound: throw Failure(description: "the host name is not found")
            case .timeout, .cancelled: throw .timeout
            case .busy: throw Failure(description: "too many host names are being looked up")
            }
        }
        // An unreadable address cannot be checked.
        let found = texts.compactMap { IPAddress(String($0.prefix { $0 != "%" })) }
        guard found.count == texts.count else { throw Failure(description: "the host name is not found") }
        guard reachesPrivate || found.allSatisfy(\.isOnInternet) else { throw .privateAddress }
        var distinct: [IPAddress] = []
        for address in found where !distinct.contains(address) { distinct.append(address) }
        return Array(distinct.prefix(Self.mostAddresses))
    }

    private func send(
        _ form: Form?, to url: String, by deadline: NIODeadline,
        with client: (_ body: (HTTPClient) async throws -> Answer) async throws -> Answer
    ) async throws(Failure) -> Answer {
        do {
            return try await client { client in
                let response = try await client.execute(Self.request(form, url), deadline: deadline)
                let status = Int(response.status.code)
                if let refusal = OutgoingHTTP.refusal(status: status, headers: response.headers, by: "it") {
                    throw Failure(description: refusal)
                }
                var body: [UInt8] = []
                for try await buffer in response.body {
                    guard body.count + buffer.readableBytes <= mostBytes else { throw Failure.tooLarge }
                    body.append(contentsOf: buffer.readableBytesView)
                }
                return Answer(status: status, body: body)
            }
        } catch {
            throw Self.failure(of: error)
        }
    }

    private static func request(_ form: Form?, _ url: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "lapwing")
        guard let form else { return request }
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization = form.authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: form.text))
        return request
    }

    private static func failure(of error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case is CancellationError: .timeout
        case let error as HTTPClientError:
            [.deadlineExceeded, .readTimeout, .connectTimeout, .cancelled, .getConnectionFromPoolTimeout].contains(
                error)
                ? .timeout : Failure(description: error.shortDescription, isUnmet: true)
        case NIOSSLError.handshakeFailed(let reason):
            Failure(description: "its certificate cannot be used: \(reason)")
        case is NIOSSLExtraError: Failure(description: "its certificate cannot be used: \(error)")
        default: Failure(description: ConnectionFailure.reason(error), isUnmet: true)
        }
    }
}
