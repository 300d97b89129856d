import AsyncHTTPClient
import DNSWire
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RegistrationData

/// One question over RDAP (RFC 7480), with the redirects on the way.
struct RDAPExchange: Sendable {
    static let byteLimit = 1 << 20
    static let redirectLimit = 5

    let client: HTTPClient
    /// Whether redirects may lead to addresses that are not on the Internet, as in a laboratory.
    let allowsPrivateAddresses: Bool

    /// What the server says of the domain: facts, or that there is no such registration.
    func ask(_ address: String, about domain: String, source: FactSource) async throws(LookupFailure) -> Registration {
        var visited: Set<String> = [address]
        var current = address
        while true {
            let answer = try await fetch(current)
            guard let location = answer.location else {
                return try registration(answer, from: current, first: address, domain: domain, source: source)
            }
            let next = try Self.target(of: location, from: current)
            guard visited.insert(next).inserted else { throw .redirectLoop }
            guard visited.count <= Self.redirectLimit + 1 else { throw .tooManyRedirects }
            if !allowsPrivateAddresses { try await refusePrivate(next) }
            current = next
        }
    }

    /// What one address answered.
    struct Answer {
        var status: Int
        var location: String?
        /// Seconds.
        var retryAfter: Int?
        var body: [UInt8]
    }

    /// The body of one address, within the limits; redirects are not followed.
    func fetch(_ address: String) async throws(LookupFailure) -> Answer {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/rdap+json, application/json;q=0.9")
        request.headers.add(name: "User-Agent", value: "lapwing")
        do {
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
                guard answer.body.count + buffer.readableBytes <= Self.byteLimit else { throw LookupFailure.tooLarge }
                answer.body.append(contentsOf: buffer.readableBytesView)
            }
            return answer
        } catch let failure as LookupFailure {
            throw failure
        } catch {
            throw Self.failure(of: error)
        }
    }

    private func registration(
        _ answer: Answer, from address: String, first: String, domain: String, source: FactSource
    ) throws(LookupFailure) -> Registration {
        switch answer.status {
        case 200:
            return try document(answer, domain: domain, source: source)
        case 404:
            // Only the server that the registry named may say so, and a proxy's error page is not its word.
            let isResponsible = HTTPAddress(address)?.host == HTTPAddress(first)?.host
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

    private static func target(of location: String, from current: String) throws(LookupFailure) -> String {
        guard let base = HTTPAddress(current), let next = base.resolving(location) else { throw .insecureRedirect }
        guard next.scheme == "https" || base.scheme == "http" else { throw .insecureRedirect }
        return next.text
    }

    /// Refuses hosts whose addresses are not on the Internet, so that a registry cannot point us at our own network.
    private func refusePrivate(_ address: String) async throws(LookupFailure) {
        guard let host = HTTPAddress(address)?.host else { throw .insecureRedirect }
        let addresses = await HostAddresses.of(host)
        guard addresses.allSatisfy({ !HostAddresses.isPrivate($0) }) else { throw .privateAddress }
    }

    private static func failure(of error: any Error) -> LookupFailure {
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
        return .unreachable(WHOISExchange.reason(error))
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool {
        self == 0x20 || (0x09...0x0D).contains(self) || self == 0xEF || self == 0xBB || self == 0xBF
    }
}
