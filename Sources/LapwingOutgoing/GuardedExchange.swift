package import AsyncHTTPClient
import DNSWire
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// One request to somebody whose address others may choose: it goes to an address that was looked at before, follows no
/// redirect, and its answer is bounded in size and time.
package struct GuardedExchange: Sendable {
    /// Why there is no answer, in words for people.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
        /// Whether nobody was met, so that another address is worth a try.
        var isUnmet = false

        static let privateAddress = Failure(description: "its address is one of a private network")
        static let timeout = Failure(description: "no answer in time")
        static let tooLarge = Failure(description: "the answer is too large")
    }

    /// An answer that is no redirect.
    package struct Answer: Sendable {
        /// The status of HTTP.
        package var status: Int
        /// The whole content.
        package var body: [UInt8]
    }

    /// A form that is sent by POST.
    package struct Form: Sendable {
        /// As `application/x-www-form-urlencoded`.
        package var text: String
        /// The header `Authorization`; nil for none.
        package var authorization: String?

        package init(text: String, authorization: String?) {
            self.text = text
            self.authorization = authorization
        }
    }

    private static let lookups = HostLookups(threads: 4, waiting: 32)
    /// Addresses of a host that are tried.
    private static let mostAddresses = 4

    private let proxy: OutgoingProxy?
    private let reachesPrivate: Bool
    private let mostBytes: Int
    private let seconds: Int64

    /// - Parameters:
    ///   - proxy: through which others are spoken to; nil for directly.
    ///   - reachesPrivate: whether addresses that are not on the Internet may be spoken to.
    ///   - mostBytes: of an answer.
    ///   - seconds: for everything, look-ups and all addresses together.
    package init(through proxy: OutgoingProxy?, reachesPrivate: Bool, mostBytes: Int, seconds: Int64) {
        self.proxy = proxy
        self.reachesPrivate = reachesPrivate
        self.mostBytes = mostBytes
        self.seconds = seconds
    }

    /// Asks by GET, or by POST where there is a form. Returns within ``seconds``.
    package func send(to url: String, _ form: Form? = nil) async throws(Failure) -> Answer {
        // A host that can be written in two ways might be looked up in one and connected to in the other.
        guard let host = URL(string: url)?.host(percentEncoded: true), !host.isEmpty, url.contains(host),
            host.utf8.allSatisfy(Self.isPlain)
        else { throw Failure(description: "its address is not well formed") }
        let deadline = NIODeadline.now() + .seconds(seconds)
        // Brackets are no part of an address.
        let place = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        if let proxy, proxy.serves(place) {
            // The proxy looks names up; an address of our own network is nobody on the Internet through a proxy either.
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

    /// All addresses of a host, each looked at; a name that has one of our own network beside others is refused.
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
        // An address that cannot be read cannot be looked at.
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
