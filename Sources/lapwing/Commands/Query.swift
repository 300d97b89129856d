import ArgumentParser
import DNSClient
import DNSWire
import Foundation

/// One exchange with one server, shown as `dig` shows it.
struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Puts one question to one server and shows the exchange.",
        discussion: """
            SERVER is written as @8.8.8.8, @[2001:db8::1]:5353, @tcp://…, @tls://9.9.9.9#dns.quad9.net or
            @https://dns.example/dns-query; without it the first server of /etc/resolv.conf is asked.
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

    @Option(help: "The largest datagram to take, 512 to 4096 bytes.")
    var bufsize: UInt16 = 1232

    @Flag(name: .customLong("no-edns"), help: "Ask without EDNS.")
    var noEDNS = false

    @Flag(name: .customLong("mixed-case"), help: "Mix the case of the name's letters and want them back so.")
    var mixedCase = false

    @Option(help: "Seconds for the whole exchange.")
    var timeout = 5.0

    @Option(help: "File of certificates (PEM) to trust instead of the system's.")
    var trustRoots: String?

    @Option(help: "File with the public key (PEM) by which alone a server by TLS is known.")
    var pin: String?

    @Flag(help: "Show the exchange as JSON.")
    var json = false

    private struct Parsed {
        var name: Name
        var type: RecordType
        var server: ServerAddress
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
        let record = await client.query(parsed.name, parsed.type, at: parsed.server, options: options)
        await client.shutdown()
        print(try json ? QueryReport.json(record) : QueryReport.text(record))
        if record.failure != nil { throw ExitCode.failure }
    }

    private var options: QueryOptions {
        var options = QueryOptions()
        options.recursionDesired = !noRecursion
        options.checkingDisabled = checkingDisabled
        options.dnssecOK = dnssecOK
        options.edns = !noEDNS
        options.udpSize = bufsize
        options.nsid = nsid
        options.mixedCase = mixedCase
        options.transport = tcp ? .tcp : .automatic
        options.timeout = .milliseconds(Int64(timeout * 1000))
        return options
    }

    /// The key in a file that begins with `BEGIN PUBLIC KEY`.
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
        let others = words.filter { !$0.hasPrefix("@") }
        guard (1...2).contains(others.count), servers.count <= 1 else {
            throw ValidationError("expected NAME [TYPE] [@SERVER]")
        }
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
        guard let server = ServerAddress(text) else { throw ValidationError("not a server's address: \(text)") }
        return Parsed(name: name, type: type, server: server)
    }

    /// The first name server of the system, or this machine.
    private static var systemResolver: String {
        let lines = (try? String(contentsOfFile: "/etc/resolv.conf", encoding: .utf8))?.split(separator: "\n") ?? []
        for line in lines {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            if words.count >= 2, words[0] == "nameserver" { return String(words[1]) }
        }
        return "127.0.0.1"
    }
}
