import DNSClient
import DNSSEC
import DNSWire
import LapwingCore
import LapwingProbes

/// Checks whether queries and responses pass the network unchanged.
struct NetworkDiagnosis: Sendable {
    let client: DNSClient
    let roots: RootHints
    /// Whether the machine has a route to IPv6 addresses.
    let hasIPv6: Bool
    /// Seconds since 1970 by this machine's clock.
    let now: Int64

    /// Root servers that are asked for each path, so that a single one that is down does not decide.
    private static let asked = 3
    /// The size of a response that must arrive in one datagram, in bytes: the size that Lapwing announces to servers.
    private static let datagram: UInt16 = 1232

    private static let silence = "no root server answers"

    func all() async -> [Diagnosis] {
        async let datagrams = path("UDP, IPv4", \.isIPv4, .udp)
        async let streams = path("TCP, IPv4", \.isIPv4, .tcp)
        async let newer = sixth()
        // Three of the diagnoses are worth nothing on a network over which no answer comes.
        let answers = await ask(servers(\.isIPv4), .soa, options(.automatic)).compactMap(\.message)
        async let interception = interception(answers)
        async let large = largeAnswers(answers)
        return await [datagrams, streams, newer, interception, large, signatures(answers)]
    }

    private func servers(_ fits: (IPAddress) -> Bool) -> [IPAddress] {
        Array(roots.servers.compactMap { $0.addresses.first(where: fits) }.prefix(Self.asked))
    }

    /// Returns the responses of some root servers; servers that do not answer are omitted.
    private func ask(
        _ addresses: [IPAddress], _ type: RecordType, _ options: QueryOptions
    ) async -> [ExchangeRecord] {
        await withTaskGroup(of: ExchangeRecord.self) { group in
            for address in addresses {
                group.addTask { await client.query(.root, type, at: ServerAddress(address: address), options: options) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func options(_ transport: QueryOptions.Transport) -> QueryOptions {
        var options = QueryOptions()
        options.recursionDesired = false
        options.dnssecOK = true
        options.transport = transport
        options.timeout = .seconds(3)
        options.attempts = 2
        return options
    }

    private func path(
        _ subject: String, _ fits: (IPAddress) -> Bool, _ transport: QueryOptions.Transport
    ) async -> Diagnosis {
        let addresses = servers(fits)
        guard !addresses.isEmpty else { return .unknown(subject, "no root server has such an address") }
        let records = await ask(addresses, .soa, options(transport))
        let answered = records.filter { $0.message != nil }
        let kind = transport == .tcp ? "TCP" : "UDP"
        guard !answered.isEmpty else {
            let reason = records.compactMap(\.failure).first.map { "\($0)" } ?? "no answer"
            return .fault(
                subject, "none of \(records.count) root servers answers: \(reason)",
                do: "let port 53 out by \(kind), to any address")
        }
        let times = answered.compactMap(\.roundTrip).map { Int($0 / .milliseconds(1)) }
        return .ok(
            subject, "\(answered.count) of \(records.count) root servers answer, the first in \(times.min() ?? 0) ms")
    }

    private func sixth() async -> Diagnosis {
        guard hasIPv6 else {
            return .warning(
                "IPv6", "this machine has no route: servers are judged by IPv4 alone",
                do: "give it IPv6 if your users have it, and restart lapwing")
        }
        return await path("IPv6", { !$0.isIPv4 }, .udp)
    }

    private func interception(_ answers: [Message]) async -> Diagnosis {
        if let reason = await NetworkOptions().interception(over: client, roots: roots) {
            return .fault(
                "interception", reason.text,
                do: "have the redirection of port 53 switched off for this machine, or run Lapwing elsewhere")
        }
        guard !answers.isEmpty else { return .unknown("interception", Self.silence) }
        return .ok("interception", "the root servers answer for themselves")
    }

    /// The root's keys are an answer of about a kilobyte: a path that drops large datagrams shows here.
    private func largeAnswers(_ answers: [Message]) async -> Diagnosis {
        guard !answers.isEmpty else { return .unknown("large answers", Self.silence) }
        var options = options(.udp)
        options.udpSize = Self.datagram
        let records = await ask(servers(\.isIPv4), .dnskey, options)
        let whole = records.filter { $0.message?.flags.contains(.truncated) == false }
        let sizes = whole.compactMap { $0.attempts.last?.bytesIn }
        if let size = sizes.max() { return .ok("large answers", "\(size) bytes came in one datagram") }
        if records.contains(where: { $0.message != nil }) {
            return .ok("large answers", "truncated at \(Self.datagram) bytes, as servers may: they are asked by TCP")
        }
        return .warning(
            "large answers", "the root's keys do not arrive by UDP",
            do: "let datagrams of \(Self.datagram) bytes in, and ICMP `fragmentation needed`")
    }

    /// Signatures are made again twice a day: their times tell what day it is.
    private func signatures(_ answers: [Message]) -> Diagnosis {
        guard !answers.isEmpty else { return .unknown("clock by signatures", Self.silence) }
        let found = answers.flatMap(\.answers).filter { $0.type == .rrsig }.compactMap { RRSIG($0.data) }
        guard let signature = found.first else {
            return .unknown("clock by signatures", "the root's answers carry no signature")
        }
        let seconds = UInt32(truncatingIfNeeded: now)
        // Signature times use serial number arithmetic (RFC 4034, section 3.1.5).
        let sinceBegin = Int32(bitPattern: seconds &- signature.inception)
        let untilEnd = Int32(bitPattern: signature.expiration &- seconds)
        if sinceBegin >= 0, untilEnd >= 0 {
            return .ok("clock by signatures", "the root's signatures are valid at this machine's time")
        }
        let text = sinceBegin < 0 ? "not valid yet, for \(-Int64(sinceBegin)) s" : "over for \(-Int64(untilEnd)) s"
        return .fault(
            "clock by signatures", "by this machine's time the root's signatures are \(text)",
            do: "set the clock: `timedatectl set-ntp true`")
    }

    func resolvers(_ list: [ResolverSpecification]) async -> [Diagnosis] {
        await withTaskGroup(of: (Int, Diagnosis).self) { group in
            for (index, resolver) in list.enumerated() {
                group.addTask { (index, await self.resolver(resolver)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func resolver(_ resolver: ResolverSpecification) async -> Diagnosis {
        let subject = "resolver \(resolver.label)"
        var options = QueryOptions()
        options.timeout = .seconds(4)
        let record = await client.query(.root, .ns, at: resolver.server, options: options)
        guard let message = record.message else {
            return .fault(
                subject, "\(resolver.server) does not answer: \(record.failure.map { "\($0)" } ?? "no reply")",
                do: "see that this machine may ask it, or take it out of `resolvers`")
        }
        guard message.flags.contains(.recursionAvailable), message.responseCode == .noError else {
            return .fault(
                subject, "\(resolver.server) answers \(message.responseCode) and resolves nothing for this machine",
                do: "name a resolver that serves this machine")
        }
        return .ok(subject, "\(resolver.server) answers in \(Int((record.roundTrip ?? .zero) / .milliseconds(1))) ms")
    }
}
