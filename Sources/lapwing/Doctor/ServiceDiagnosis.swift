import AsyncHTTPClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingOutgoing
import LapwingProbes
import NIOCore
import NIOHTTP1
import RegistrationData

/// Checks whether registries can be asked, and compares the clock with other sources.
struct ServiceDiagnosis: Sendable {
    let settings: Settings
    let roots: RootHints

    /// Seconds by which the clock may be off before dates and signatures suffer.
    private static let tolerance: Int64 = 60
    /// A server whose clock is used for comparison. It serves the RDAP bootstrap table, so it is asked anyway.
    private static let clockAddress = "https://data.iana.org/rdap/dns.json"

    /// Looks up one registration: of the first watched domain, otherwise of a permanently registered one.
    func registries(_ lookup: RegistrationLookup) async -> [Diagnosis] {
        let watched = settings.watches.first { $0.watchesRegistration }?.domain
        guard let name = watched ?? (try? Name("example.com")) else { return [] }
        guard let report = await lookup.look(up: name) else {
            return [.unknown("registries", "\(name) is a public suffix, which cannot be registered")]
        }
        guard !report.attempts.isEmpty else {
            return [
                .warning(
                    "registries", "no server is known for \(report.domain)",
                    do: "name its expiry in the configuration (`expires`), or switch `registration` off for it")
            ]
        }
        return report.attempts.map { attempt in
            let subject = Self.words(attempt.source)
            guard let failure = attempt.failure else {
                return .ok(subject, "\(attempt.server) answered for \(report.domain) in \(attempt.milliseconds) ms")
            }
            return .warning(
                subject, "\(attempt.server): \(failure.text)",
                do: "let port 443 (RDAP) and 43 (WHOIS) out; where a registry has had enough questions, wait")
        }
    }

    private static func words(_ source: FactSource) -> String {
        switch source {
        case .registryRDAP: "registry, RDAP"
        case .registrarRDAP: "registrar, RDAP"
        case .registryWHOIS: "registry, WHOIS"
        case .registrarWHOIS: "registrar, WHOIS"
        case .manual: "the configuration"
        }
    }

    /// Compares this machine's clock with the date of an HTTPS response.
    func clock() async -> Diagnosis {
        let subject = "clock by HTTPS"
        guard roots == .builtIn else { return .unknown(subject, "not asked: the configuration has roots of its own") }
        let clients = OutgoingClients(through: settings.proxy.map { OutgoingProxy($0) })
        defer { Task { try? await clients.shutdown() } }
        var request = HTTPClientRequest(url: Self.clockAddress)
        request.method = .HEAD
        do {
            let before = Date()
            let answer = try await clients.client(for: Self.clockAddress).execute(request, timeout: .seconds(8))
            guard let text = answer.headers.first(name: "Date"), let date = Self.date(text) else {
                return .unknown(subject, "the answer has no date")
            }
            let offset = Int64(before.timeIntervalSince(date).rounded())
            if offset.magnitude <= UInt64(Self.tolerance) {
                return .ok(subject, "right to within \(offset.magnitude + 1) s")
            }
            return .fault(
                subject, "this machine is \(offset.magnitude) s \(offset > 0 ? "ahead of" : "behind") others",
                do: "set the clock: `timedatectl set-ntp true`")
        } catch {
            return .unknown(subject, "\(Self.clockAddress) cannot be reached: \(error)")
        }
    }

    /// Parses a date of HTTP in its preferred format (RFC 9110, section 5.6.7).
    static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: text)
    }
}
