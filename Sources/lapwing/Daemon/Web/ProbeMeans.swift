import AsyncHTTPClient
import BlackboxProbe
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingOutgoing
import LapwingProbes
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// The means of `/probe` beyond sending datagrams: validation from the root, and DNS over HTTPS.
final class ProbeMeans: Sendable {
    /// The largest response in bytes (RFC 8484 section 6).
    private static let longestReply = 65_535
    /// Seconds after which cached validation data is discarded.
    private static let longestMemory: Int64 = 3600

    /// The longest duration of a probe in seconds.
    private static let longestExchange = 3600.0
    private static let lookups = HostLookups(threads: 16, waiting: 128)

    private let driver: ResolutionDriver
    private let now: @Sendable () -> Timestamp
    private let memory: Mutex<(born: Int64, memory: ResolutionCache)>

    init(driver: ResolutionDriver, now: @escaping @Sendable () -> Timestamp) {
        self.driver = driver
        self.now = now
        memory = Mutex((now().seconds, ResolutionCache()))
    }

    var means: DNSProbe.Means {
        DNSProbe.Means(
            validate: { name, type, limit in await self.validate(name, type, limit) },
            exchangeHTTPS: { url, query, tls, limit in await self.exchange(url, query, tls, limit) })
    }

    private func validate(_ text: String, _ type: UInt16, _ limit: Double) async -> ValidationStatus {
        guard let name = try? Name(text), limit > 0 else { return .noVerdict }
        let now = now().seconds
        var memory = self.memory.withLock { known in
            if now - known.born > Self.longestMemory { known = (now, ResolutionCache()) }
            return known.memory
        }
        let resolution = await driver.resolve(
            Question(name: name, type: RecordType(rawValue: type)), memory: &memory, now: now,
            limit: .milliseconds(Int64(min(limit, 120) * 1000)))
        let learnt = memory
        self.memory.withLock { $0.memory = learnt }
        switch resolution.proof.verdict {
        case .secure: return .secure
        case .insecure: return .insecure
        case .bogus: return .bogus
        case .indeterminate: return .noVerdict
        }
    }

    private func exchange(
        _ url: String, _ query: [UInt8], _ tls: ProbeTLSSettings, _ limit: Double
    ) async -> Result<[UInt8], HTTPSFailure> {
        let nanoseconds = Int64(min(max(limit, 0.001), Self.longestExchange) * 1e9)
        let deadline = NIODeadline.now() + .nanoseconds(nanoseconds)
        do {
            guard let host = URL(string: url)?.host(percentEncoded: false), !host.isEmpty else {
                return .failure(HTTPSFailure(reason: "\(url) is no address"))
            }
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/dns-message")
            request.headers.add(name: "Accept", value: "application/dns-message")
            request.body = .bytes(ByteBuffer(bytes: query))
            request.tlsConfiguration = try tls.configuration
            let address = try await Self.address(of: host, limit: .nanoseconds(nanoseconds))
            return try await OutgoingHTTP.withClient(for: host, at: address, OutgoingHTTP.configuration) { client in
                try await Self.answer(to: request, client, deadline)
            }
        } catch {
            return .failure(HTTPSFailure(reason: "\(error)"))
        }
    }

    /// Returns the first address of a server, with look-ups that do not delay the sending of notices.
    private static func address(of host: String, limit: Duration) async throws -> IPAddress {
        if let address = IPAddress(host.filter { !"[]".contains($0) }) { return address }
        for text in try await lookups.addresses(of: host, limit: limit) {
            if let address = IPAddress(text) { return address }
        }
        throw HostLookups.Failure.notFound
    }

    private static func answer(
        to request: HTTPClientRequest, _ client: HTTPClient, _ deadline: NIODeadline
    ) async throws -> Result<[UInt8], HTTPSFailure> {
        let response = try await client.execute(request, deadline: deadline)
        let status = Int(response.status.code)
        if let refusal = OutgoingHTTP.refusal(status: status, headers: response.headers, by: "the server") {
            return .failure(HTTPSFailure(reason: "refused: \(refusal)"))
        }
        guard response.status == .ok else {
            return .failure(HTTPSFailure(reason: "the server answers \(status)"))
        }
        guard response.headers.first(name: "Content-Type")?.hasPrefix("application/dns-message") == true else {
            return .failure(HTTPSFailure(reason: "the server's answer is no DNS message"))
        }
        return .success(Array(buffer: try await response.body.collect(upTo: longestReply)))
    }
}
