public import DNSWire

/// A zone file with its mistakes and their positions.
public struct ZoneFile: Sendable {
    /// A mistake in the file.
    public struct Mistake: Hashable, Sendable {
        /// The line, from 1.
        public var line: Int
        /// The byte in the line, from 1; nil if it is unknown.
        public var column: Int?
        /// The mistake in one phrase.
        public var text: String
        /// Whether servers refuse the whole file because of it.
        public var isFatal: Bool

        /// The position and the mistake, in the format of compilers.
        public var description: String {
            "\(line)\(column.map { ":\($0)" } ?? ""): \(isFatal ? "error" : "warning"): \(text)"
        }
    }

    /// The largest number of reported mistakes; a file that is not a zone file has one in each line.
    public static let mostMistakes = 50

    /// The contents of the file.
    public let contents: ZoneContents
    /// By line.
    public let mistakes: [Mistake]

    /// Whether a server would load it.
    public var isLoadable: Bool { !mistakes.contains(where: \.isFatal) }

    /// Parses the text of a file as the zone with that name.
    public init(_ text: [UInt8], apex: Name) {
        var reader = ZoneText(text, defaults: ZoneText.Defaults(origin: apex))
        var lines: [ZoneText.Line] = []
        var mistakes: [Mistake] = []
        while mistakes.count < Self.mostMistakes {
            do throws(ZoneTextError) {
                guard let line = try reader.next() else { break }
                lines.append(line)
            } catch {
                mistakes.append(Mistake(line: error.line, column: error.column, text: error.text, isFatal: true))
            }
        }
        contents = ZoneContents(apex: apex, records: lines.map(\.record))
        // Consequences of an unreadable line are not reported separately.
        if mistakes.isEmpty { mistakes = ZoneProofreader(apex: apex, lines: lines).mistakes() }
        self.mistakes = Array(mistakes.sorted { $0.line < $1.line }.prefix(Self.mostMistakes))
    }
}

/// Finds mistakes that concern several lines of a zone file.
struct ZoneProofreader {
    let apex: Name
    let lines: [ZoneText.Line]

    func mistakes() -> [ZoneFile.Mistake] {
        let owners = Dictionary(grouping: lines) { $0.record.name.folded }
        return outside() + atTheTop(owners) + owners.values.flatMap(beside)
            + lines.compactMap { target(of: $0, owners) }
    }

    private func outside() -> [ZoneFile.Mistake] {
        lines.filter { !$0.record.name.isSubdomain(of: apex) }.map {
            .init(line: $0.line, text: "\($0.record.name) does not lie in \(apex)", isFatal: true)
        }
    }

    private func atTheTop(_ owners: [Name: [ZoneText.Line]]) -> [ZoneFile.Mistake] {
        let top = owners[apex.folded] ?? []
        let starts = top.filter { $0.record.type == .soa }
        let last = lines.last?.line ?? 1
        var found: [ZoneFile.Mistake] = starts.dropFirst().map {
            .init(line: $0.line, text: "\(apex) has a second SOA", isFatal: true)
        }
        if starts.isEmpty { found.append(.init(line: last, text: "\(apex) has no SOA", isFatal: true)) }
        if !top.contains(where: { $0.record.type == .ns }) {
            found.append(.init(line: last, text: "\(apex) has no NS", isFatal: true))
        }
        return found
    }

    /// A CNAME allows no other records except those for signing (RFC 2181 section 10.1).
    private func beside(_ lines: [ZoneText.Line]) -> [ZoneFile.Mistake] {
        guard let alias = lines.first(where: { $0.record.type == .cname }) else { return [] }
        let allowed: Set<RecordType> = [.cname, .rrsig, .nsec, .nsec3]
        let others = lines.filter {
            !allowed.contains($0.record.type) || $0.record.type == .cname && $0.record.data != alias.record.data
        }
        return others.prefix(1).map {
            .init(
                line: max($0.line, alias.line),
                text:
                    "\($0.record.name.folded) has a CNAME (line \(alias.line)) and \($0.record.type) (line \($0.line))",
                isFatal: true)
        }
    }

    /// Returns a mistake if the target of a record does not exist in the zone, or is an alias.
    private func target(of line: ZoneText.Line, _ owners: [Name: [ZoneText.Line]]) -> ZoneFile.Mistake? {
        let host: Name? =
            switch line.record.type {
            case .ns: NameTarget(line.record.data)?.target
            case .mx: MX(line.record.data)?.exchange
            case .srv: SRV(line.record.data)?.target
            default: nil
            }
        guard let host = host?.folded, !host.isRoot, host.isSubdomain(of: apex), !isDelegated(host, owners) else {
            return nil
        }
        let types = owners[host]?.map(\.record.type) ?? []
        let what = "\(line.record.name) \(line.record.type) leads to \(host)"
        if types.contains(.cname) {
            return .init(line: line.line, text: "\(what), which is an alias (RFC 2181 section 10.3)", isFatal: false)
        }
        guard !types.contains(.a), !types.contains(.aaaa), !isWild(host, owners) else { return nil }
        return .init(
            line: line.line, text: "\(what), which has no address in the file",
            isFatal: line.record.type == .ns && line.record.name == apex)
    }

    /// Whether a name is below a zone cut, other than its own glue.
    private func isDelegated(_ host: Name, _ owners: [Name: [ZoneText.Line]]) -> Bool {
        var place: Name? = host
        while let name = place, name != apex {
            if owners[name]?.contains(where: { $0.record.type == .ns }) == true { return true }
            place = name.parent
        }
        return false
    }

    private func isWild(_ host: Name, _ owners: [Name: [ZoneText.Line]]) -> Bool {
        var place = host.parent
        while let name = place, name.isSubdomain(of: apex) {
            if let wildcard = try? name.prepending(label: [UInt8(ascii: "*")]), owners[wildcard.folded] != nil {
                return true
            }
            place = name.parent
        }
        return false
    }
}
