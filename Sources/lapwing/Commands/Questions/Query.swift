import ArgumentParser
import DNSClient
import DNSWire
import Foundation
import LapwingCore
import LapwingOutgoing

/// Sends one query to one server and shows the exchange in the format of `dig`.
struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Sends one query to one server and shows the exchange.",
        discussion: """
            Name and type come in either order. SERVER is written as @dns.google, @8.8.8.8, @[2001:db8::1]:5353, @tcp://…, @tls://9.9.9.9#dns.quad9.net or
            @https://dns.example/dns-query; without it the first server of /etc/resolv.conf is asked. Of dig's options \
            +short, +tcp, +dnssec, +cd, +norec, +nsid, +noedns, +bufsize=N and +time=N are understood.

            Examples:
              lapwing query example.com
              lapwing query MX example.com @9.9.9.9 +short
              lapwing query example.com DNSKEY @ns1.example.net +dnssec
            """)

    @Argument(help: "NAME [TYPE] [@SERVER]; the type is A if not given.")
    var words: [String]

    @Flag(help: "Ask by TCP from the start.")
    var tcp = false

    @Flag(name: .customLong("do"), help: "Ask for DNSSEC records.")
    var dnssecOK = false

    @Flag(name: .customLong("cd"), help: "Ask the server not to validate.")
    var checkingDisabled = false

    @Flag(name: .customLong("no-rd"), help: "Do not ask for recursion.")
    var noRecursion = false

    @Flag(help: "Ask for the server's identifier.")
    var nsid = false

    @Option(help: "The largest datagram to accept, 512 to 4096 bytes.")
    var bufsize: UInt16 = 1232

    @Flag(name: .customLong("no-edns"), help: "Ask without EDNS.")
    var noEDNS = false

    @Flag(
        name: .customLong("mixed-case"), help: "Mix the case of the name's letters and require the same in the answer.")
    var mixedCase = false

    @Option(help: "Seconds for the whole exchange.")
    var timeout = 5.0

    @Option(help: "File of certificates (PEM) to trust instead of the system's.")
    var trustRoots: String?

    @Option(help: "File with the public key (PEM) that a TLS server must have.")
    var pin: String?

    @Flag(help: "Show the exchange as JSON.")
    var json = false

    @Flag(help: "Show the data of the answer only.")
    var short = false

    private struct Parsed {
        var name: Name
        var type: RecordType
        var server: ServerAddress
        var marks: Set<String> = []
        var bufsize: UInt16?
        var timeout: Double?
    }

    func validate() throws {
        guard (512...4096).contains(bufsize) else { throw ValidationError("--bufsize takes 512 to 4096") }
        guard try pin == nil || parsed().server.transport == .tls else {
            throw ValidationError("--pin is for servers by TLS (tls://…)")
        }
        guard timeout > 0, timeout <= 300 else { throw ValidationError("--timeout takes up to 300 seconds") }
        _ = try parsed()
    }

    func run() async throws {
        let parsed = try parsed()
        var configuration = DNSClient.Configuration()
        configuration.trustRootsFile = trustRoots
        if let pin { configuration.publicKeyPins[parsed.server] = [try Self.publicKey(pin)] }
        let client = DNSClient(configuration: configuration)
        let record = await client.query(parsed.name, parsed.type, at: parsed.server, options: options(parsed))
        await client.shutdown()
        if json {
            print(try QueryReport.json(record))
        } else if short || parsed.marks.contains("short") {
            for line in QueryReport.short(record) { print(line.visible) }
        } else {
            print(QueryReport.text(record).visibleLines)
        }
        if record.failure != nil { throw ExitCode.failure }
    }

    private func options(_ parsed: Parsed) -> QueryOptions {
        var options = QueryOptions()
        options.recursionDesired = !noRecursion && !parsed.marks.contains("norec")
        options.checkingDisabled = checkingDisabled || parsed.marks.contains("cd")
        options.dnssecOK = dnssecOK || parsed.marks.contains("dnssec")
        options.edns = !noEDNS && !parsed.marks.contains("noedns")
        options.udpSize = parsed.bufsize ?? bufsize
        options.nsid = nsid || parsed.marks.contains("nsid")
        options.mixedCase = mixedCase
        options.transport = tcp || parsed.marks.contains("tcp") ? .tcp : .automatic
        options.timeout = .milliseconds(Int64((parsed.timeout ?? timeout) * 1000))
        return options
    }

    /// Returns the key of a PEM file with `BEGIN PUBLIC KEY`.
    private static func publicKey(_ path: String) throws -> [UInt8] {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isNewline) ?? []
        let body = lines.drop { $0 != "-----BEGIN PUBLIC KEY-----" }.dropFirst().prefix { !$0.hasPrefix("-----") }
        guard !body.isEmpty, let key = Data(base64Encoded: body.joined()) else {
            throw ValidationError("\(path) has no public key (PEM)")
        }
        return [UInt8](key)
    }

    private func parsed() throws -> Parsed {
        let servers = words.filter { $0.hasPrefix("@") }
        var others = words.filter { !$0.hasPrefix("@") && !$0.hasPrefix("+") }
        if others.count == 3 { others.removeAll { $0.uppercased() == "IN" } }
        guard (1...2).contains(others.count), servers.count <= 1 else {
            throw ValidationError("expected NAME [TYPE] [@SERVER]")
        }
        // The type may precede the name; if both words could be types, the first one is the name.
        if others.count == 2, RecordType(others[1]) == nil, RecordType(others[0]) != nil { others.reverse() }
        let name: Name
        do throws(WireError) {
            name = try Name(others[0])
        } catch {
            throw ValidationError("not a domain name: \(others[0]): \(error)")
        }
        guard let type = RecordType(others.count > 1 ? others[1] : "A") else {
            throw ValidationError("not a record type: \(others[1])")
        }
        let text = servers.first.map { String($0.dropFirst()) } ?? Self.systemResolver
        guard let server = ServerAddress(text) ?? Self.server(called: text) else {
            throw ValidationError("not a server's address, nor a name that has one: \(text)")
        }
        var parsed = Parsed(name: name, type: type, server: server)
        for mark in words where mark.hasPrefix("+") { try Self.read(String(mark.dropFirst()), into: &parsed) }
        return parsed
    }

    /// Options in the syntax of `dig`.
    private static let marks = [
        "short": "short", "tcp": "tcp", "vc": "tcp", "dnssec": "dnssec", "do": "dnssec", "cd": "cd", "cdflag": "cd",
        "norec": "norec", "norecurse": "norec", "nsid": "nsid", "noedns": "noedns",
    ]

    private static func read(_ mark: String, into parsed: inout Parsed) throws {
        let parts = mark.split(separator: "=", maxSplits: 1).map(String.init)
        if let known = marks[mark] {
            parsed.marks.insert(known)
        } else if parts.count == 2, parts[0] == "bufsize", let size = UInt16(parts[1]), (512...4096).contains(size) {
            parsed.bufsize = size
        } else if parts.count == 2, ["time", "timeout"].contains(parts[0]), let seconds = Double(parts[1]),
            seconds > 0, seconds <= 300
        {
            parsed.timeout = seconds
        } else {
            let known = (marks.keys + ["bufsize=N", "time=N"]).sorted().map { "+\($0)" }.joined(separator: ", ")
            throw ValidationError("`+\(mark)` is not understood; these are: \(known)")
        }
    }

    /// Returns the first address of a host, by the system's resolver.
    private static func server(called host: String) -> ServerAddress? {
        guard host.contains("."), !host.contains("/"), !host.contains(":"), host.utf8.count <= 253 else { return nil }
        return HostLookups.systemAddresses(host).lazy.compactMap { ServerAddress($0) }.first
    }

    /// Returns the first name server of the system, or this machine.
    private static var systemResolver: String {
        let lines = (try? String(contentsOfFile: "/etc/resolv.conf", encoding: .utf8))?.split(separator: "\n") ?? []
        for line in lines {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if words.count >= 2, words[0] == "nameserver" { return String(words[1]) }
        }
        return "127.0.0.1"
    }
}
