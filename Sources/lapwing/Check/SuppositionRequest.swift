import ArgumentParser
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingProbes

/// The supposition that the options of a dry run request for one domain.
struct SuppositionRequest: Sendable {
    var domain: Name
    var servers: [NameServer]?
    /// Empty for no DS, nil for the present ones.
    var digests: [DS]?
    /// The path of the zone file.
    var path: String?
    var contents: ZoneContents?
    /// Mistakes in the zone file that do not keep servers from loading it.
    var mistakes: [String] = []

    /// Returns the supposition relative to the present state: a new delegation has no DS unless one is given.
    func supposition(today: Snapshot?, verifier: any SignatureVerifier) -> Supposition {
        let isNew = [.absent, .undelegated].contains(today?.parent.state)
        let digests = digests ?? (isNew && servers != nil ? [] : nil)
        let delegation = SupposedDelegation(zone: domain, servers: servers, digests: digests)
        return Supposition(delegation, contents: contents, verifier: verifier)
    }
}

/// The options of a dry run.
struct SupposedOptions: ParsableArguments {
    /// A DS record, or the statement that there is none.
    enum Digest: Sendable {
        case none
        case record(DS)
    }

    /// The largest number of name servers and of DS records.
    private static let most = 16
    /// The largest zone file, in bytes.
    private static let mostBytes = 64 << 20

    @Option(
        name: .customLong("with-ns"), parsing: .singleValue,
        help: ArgumentHelp(
            "Dry run: as if the domain were delegated to this server, HOST[=ADDRESS,…]; repeatable.", valueName: "host"),
        transform: Self.server)
    var servers: [NameServer] = []

    @Option(
        name: .customLong("with-ds"), parsing: .singleValue,
        help: ArgumentHelp(
            "Dry run: as if this were the DS at the parent, \"TAG ALGORITHM TYPE DIGEST\", or none; repeatable.",
            valueName: "ds"),
        transform: Self.digest)
    var digests: [Digest] = []

    @Option(
        name: .customLong("with-zone"),
        help: ArgumentHelp("Dry run: as if all servers served this zone file.", valueName: "file"))
    var zone: String?

    var isEmpty: Bool { servers.isEmpty && digests.isEmpty && zone == nil }

    func validate() throws {
        guard servers.count <= Self.most, digests.count <= Self.most else {
            throw ValidationError("a dry run takes \(Self.most) --with-ns and \(Self.most) --with-ds at most")
        }
        guard digests.count < 2 || !digests.contains(where: { if case .none = $0 { true } else { false } }) else {
            throw ValidationError("--with-ds none removes all DS records; it cannot be combined with another --with-ds")
        }
    }

    /// Returns the request for one domain.
    ///
    /// - Throws: `ValidationError` with an explanation; for a zone file with all its mistakes.
    func request(for domain: Name) throws -> SuppositionRequest {
        var request = SuppositionRequest(domain: domain)
        try readZone(&request)
        if !servers.isEmpty { request.servers = try placed(request) }
        if !digests.isEmpty {
            request.digests = digests.compactMap { if case .record(let digest) = $0 { digest } else { nil } }
        }
        return request
    }

    private func readZone(_ request: inout SuppositionRequest) throws {
        guard let zone else { return }
        guard let handle = FileHandle(forReadingAtPath: zone),
            let data = try? handle.read(upToCount: Self.mostBytes + 1) ?? Data()
        else {
            throw ValidationError("cannot read \(zone)")
        }
        guard data.count <= Self.mostBytes else {
            throw ValidationError("\(zone) has more than \(Self.mostBytes >> 20) MiB")
        }
        let file = ZoneFile(Array(data), apex: request.domain)
        let mistakes = file.mistakes.map { "\(zone):\($0.description)".visible }
        guard file.isLoadable else {
            throw ValidationError((["\(zone) is no file that servers load:"] + mistakes).joined(separator: "\n"))
        }
        request.path = zone
        request.contents = file.contents
        request.mistakes = mistakes
    }

    /// Returns the servers without duplicates. Servers inside the domain need addresses, which the parent zone has to
    /// publish as glue.
    private func placed(_ request: SuppositionRequest) throws -> [NameServer] {
        var placed: [NameServer] = []
        for var server in servers {
            if let place = placed.firstIndex(where: { $0.name == server.name }) {
                placed[place].addresses += server.addresses
                continue
            }
            if server.addresses.isEmpty, let contents = request.contents, server.name.isSubdomain(of: request.domain) {
                let data = contents.data(server.name, .a) + contents.data(server.name, .aaaa)
                server.addresses = data.compactMap { Address($0)?.address }
            }
            placed.append(server)
        }
        for server in placed where server.addresses.isEmpty && server.name.isSubdomain(of: request.domain) {
            let name = "\(server.name)".withoutFinalDot
            throw ValidationError(
                "\(name) lies in \("\(request.domain)".withoutFinalDot) itself, so the parent must know its addresses (glue): "
                    + "write --with-ns \(name)=ADDRESS,…")
        }
        return placed
    }

    private static func server(_ text: String) throws -> NameServer {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = InternationalName.parse(parts[0]), name.labelCount > 1 else {
            throw ValidationError(
                "`\(parts[0])` is no name of a server; write ns1.example.net or ns1.example.net=192.0.2.1")
        }
        guard parts.count == 2 else { return NameServer(name: name, addresses: []) }
        let addresses = try parts[1].split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let address = IPAddress(part.trimmingCharacters(in: .whitespaces)) else {
                throw ValidationError("`\(part)` is no address of \(parts[0]); write \(parts[0])=192.0.2.1,2001:db8::1")
            }
            return address
        }
        return NameServer(name: name, addresses: addresses)
    }

    private static func digest(_ text: String) throws -> Digest {
        if text.lowercased() == "none" { return .none }
        // Registrars display complete lines of a zone file.
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let fields = words.firstIndex { $0.uppercased() == "DS" }.map { words[($0 + 1)...] } ?? words[...]
        do throws(ZoneTextError) {
            let data = try RecordData(type: .ds, text: fields.joined(separator: " "))
            guard let digest = DS(data) else { throw ZoneTextError(line: 1, column: 1, text: "no DS") }
            return .record(digest)
        } catch {
            throw ValidationError(
                "`\(text.visible)` is no DS (\(error.text)); write \"12345 13 2 9F86D0…\" or none")
        }
    }
}
