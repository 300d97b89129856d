import AsyncHTTPClient
import DNSWire
import Glibc
import LapwingOutgoing
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RegistrationData

/// One RDAP query (RFC 7480), including redirects.
struct RDAPExchange: Sendable {
    static let byteLimit = 1 << 20
    static let redirectLimit = 5

    let settings: HTTPClient.Configuration
    let reach: RegistryReach
    /// Nil for direct connections.
    let proxy: OutgoingProxy?

    /// Returns the server's data about the domain: facts, or that there is no such registration.
    func ask(_ address: String, about domain: String, source: FactSource) async throws(LookupFailure) -> Registration {
        guard var current = HTTPAddress(address) else { throw .unreachable("bad address \(address)") }
        let first = current
        var visited: Set<HTTPAddress> = [current]
        while true {
            let answer = try await fetch(current)
            guard let location = answer.location else {
                return try registration(answer, from: current, first: first, domain: domain, source: source)
            }
            let next = try Self.target(of: location, from: current)
            guard visited.insert(next).inserted else { throw .redirectLoop }
            guard visited.count <= Self.redirectLimit + 1 else { throw .tooManyRedirects }
            current = next
        }
    }

    /// The response of one URL.
    struct Answer {
        var status: Int
        var location: String?
        /// In seconds.
        var retryAfter: Int?
        var body: [UInt8]
    }

    /// Fetches one URL within the limits; redirects are not followed.
    func fetch(_ address: HTTPAddress) async throws(LookupFailure) -> Answer {
        if let proxy, proxy.serves(address.host) { return try await fetch(address, through: proxy) }
        var failure = LookupFailure.noServer
        for place in try await reach.addresses(of: address.endpoint) {
            do {
                return try await OutgoingHTTP.withClient(for: address.host, at: place, settings) { client in
                    try await Self.fetch(address.text, client)
                }
            } catch {
                failure = Self.failure(of: error)
                // Another address is tried only if no connection was established.
                guard case .unreachable = failure, !Task.isCancelled else { break }
            }
        }
        throw failure
    }

    private func fetch(_ address: HTTPAddress, through proxy: OutgoingProxy) async throws(LookupFailure) -> Answer {
        // The proxy resolves the name. An address literal of the private network is refused with a proxy too.
        if let place = IPAddress(address.host), !place.isOnInternet, !reach.named.contains(address.endpoint) {
            throw .privateAddress
        }
        do {
            return try await OutgoingHTTP.withClient(through: proxy, settings) { client in
                try await Self.fetch(address.text, client)
            }
        } catch {
            throw Self.failure(of: error)
        }
    }

    private static func fetch(_ address: String, _ client: HTTPClient) async throws -> Answer {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/rdap+json, application/json;q=0.9")
        request.headers.add(name: "User-Agent", value: "lapwing")
        let response = try await client.execute(request, deadline: .now() + .seconds(15))
        var answer = Answer(
            status: Int(response.status.code), location: nil,
            retryAfter: RetryAfter.seconds(
                response.headers.first(name: "Retry-After"), date: response.headers.first(name: "Date"),
                now: Int(time(nil))), body: [])
        if [301, 302, 303, 307, 308].contains(answer.status) {
            answer.location = response.headers.first(name: "Location") ?? ""
            return answer
        }
        for try await buffer in response.body {
            guard answer.body.count + buffer.readableBytes <= byteLimit else { throw LookupFailure.tooLarge }
            answer.body.append(contentsOf: buffer.readableBytesView)
        }
        return answer
    }

    private func registration(
        _ answer: Answer, from address: HTTPAddress, first: HTTPAddress, domain: String, source: FactSource
    ) throws(LookupFailure) -> Registration {
        switch answer.status {
        case 200:
            return try document(answer, domain: domain, source: source)
        case 404:
            // Only the server that the registry named may state this, and an error page of a proxy does not count.
            let isResponsible = address.host == first.host
            guard source == .registryRDAP, isResponsible, !Self.looksLikeHTML(answer.body) else { throw .status(404) }
            var registration = Registration(outcome: .available)
            registration.isRegistered = false
            return registration
        case 429:
            throw .limited(retryAfter: answer.retryAfter)
        case 503 where answer.retryAfter != nil:
            throw .limited(retryAfter: answer.retryAfter)
        default:
            throw .status(answer.status)
        }
    }

    private func document(_ answer: Answer, domain: String, source: FactSource) throws(LookupFailure) -> Registration {
        let document: RDAPDocument
        do {
            document = try RDAPDocument(answer.body, source: source)
        } catch {
            if Self.looksLikeHTML(answer.body) { throw .malformed("HTML") }
            throw .malformed(error == .notJSON ? "not JSON" : "\(error)")
        }
        let registration = document.registration
        guard registration.outcome == .registered else { throw .unavailable }
        if let name = registration.domain, name != domain, name.utf8.allSatisfy({ $0 < 0x80 }) {
            throw .otherDomain(name)
        }
        return registration
    }

    private static func looksLikeHTML(_ body: [UInt8]) -> Bool {
        body.first { !$0.isSpace } == UInt8(ascii: "<")
    }

    private static func target(
        of location: String, from base: HTTPAddress
    ) throws(LookupFailure) -> HTTPAddress {
        guard let next = base.resolving(location), next.scheme == "https" || base.scheme == "http" else {
            throw .insecureRedirect
        }
        return next
    }

    private static func failure(of error: any Error) -> LookupFailure {
        if let failure = error as? LookupFailure { return failure }
        if error is CancellationError { return .timeout }
        if let client = error as? HTTPClientError {
            if [.deadlineExceeded, .readTimeout, .connectTimeout, .cancelled, .getConnectionFromPoolTimeout].contains(
                client)
            {
                return .timeout
            }
            return .unreachable(client.shortDescription)
        }
        if let ssl = error as? NIOSSLError, case .handshakeFailed(let reason) = ssl { return .certificate("\(reason)") }
        if error is NIOSSLExtraError { return .certificate("\(error)") }
        return .unreachable(ConnectionFailure.reason(error))
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool {
        self == 0x20 || (0x09...0x0D).contains(self) || self == 0xEF || self == 0xBB || self == 0xBF
    }
}
