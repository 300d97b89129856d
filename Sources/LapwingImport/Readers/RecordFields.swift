import DNSWire

/// Builds record data from the separate fields of other tools, each under any of its common names.
struct RecordFields {
    let type: RecordType
    /// Completes names without a trailing dot; the root if they are absolute already.
    let origin: Name
    let field: (_ names: [String]) -> String?

    init(_ type: RecordType, origin: Name = .root, field: @escaping ([String]) -> String?) {
        self.type = type
        self.origin = origin
        self.field = field
    }

    init(_ type: RecordType, of mapping: DocumentValue, origin: Name = .root) {
        self.init(type, origin: origin) { names in names.lazy.compactMap { mapping[$0]?.text }.first }
    }

    /// - Returns: nil if a field is missing or invalid.
    var data: RecordData? { text.flatMap { try? RecordData(type: type, text: $0) } }

    private var text: String? {
        switch type {
        case .mx: joined([["preference", "priority", "mxpreference", "mx_pref"]], Self.hosts)
        case .srv:
            joined([["priority", "srvpriority"], ["weight", "srvweight"], ["port", "srvport"]], Self.hosts)
        case .caa:
            joined([["flags", "flag", "caaflag"], ["tag", "caatag"]]).flatMap { front in
                field(["value", "target", "content"]).map { "\(front) \(Self.string($0))" }
            }
        case .sshfp:
            joined([
                ["algorithm", "sshfpalgorithm"], ["fingerprint_type", "type", "sshfpfingerprint"],
                ["fingerprint", "target"],
            ])
        case .tlsa, .smimea:
            joined([
                ["certificate_usage", "usage", "tlsausage"], ["selector", "tlsaselector"],
                ["matching_type", "tlsamatchingtype"], ["certificate_association_data", "certificate", "target"],
            ])
        case .ds:
            joined([
                ["key_tag", "dskeytag"], ["algorithm", "dsalgorithm"], ["digest_type", "dsdigesttype"],
                ["digest", "dsdigest"],
            ])
        case .naptr:
            joined([["order", "naptrorder"], ["preference", "naptrpreference"]]).flatMap { front in
                guard let flags = field(["flags", "naptrflags"]), let service = field(["service", "naptrservice"]),
                    let expression = field(["regexp", "naptrregexp", "regex"]),
                    let replacement = field(["replacement", "target"])
                else { return nil }
                return
                    "\(front) \(Self.string(flags)) \(Self.string(service)) \(Self.string(expression)) \(replacement)"
            }
        case .svcb, .https:
            joined([["svcpriority", "priority"], ["targetname", "target"]]).map { front in
                field(["svcparams"]).map { "\(front) \($0)" } ?? front
            }
        default: field(["value", "target", "content"]).map { Self.text($0, type, origin) }
        }
    }

    private static let hosts = ["exchange", "mail_exchanger", "target", "value", "content", "address"]

    /// Joins the fields in order, and completes a host at the end.
    private func joined(_ fields: [[String]], _ host: [String]? = nil) -> String? {
        var words: [String] = []
        for names in fields {
            // Some tools omit fields that are zero.
            guard let word = field(names) ?? (Self.mayBeZero(names) ? "0" : nil) else { return nil }
            words.append(word)
        }
        if let host {
            guard let name = field(host) else { return nil }
            words.append(Self.whole(name, origin))
        }
        return words.joined(separator: " ")
    }

    private static func mayBeZero(_ names: [String]) -> Bool {
        names.contains {
            [
                "caaflag", "srvpriority", "srvweight", "mxpreference", "tlsausage", "tlsaselector",
                "tlsamatchingtype", "svcpriority", "naptrorder", "naptrpreference",
            ].contains($0)
        }
    }

    /// Normalises data in the presentation format of most tools, in which a text may lack quotes and a host its
    /// trailing dot.
    static func text(_ value: String, _ type: RecordType, _ origin: Name) -> String {
        switch type {
        case .txt, .spf:
            if value.hasPrefix("\"") { return value }
            // The separator of strings in a long text without the outer quotes.
            return value.contains("\"\"") || value.contains("\" \"") ? "\"\(value)\"" : string(value)
        case .cname, .ns, .ptr, .dname: return whole(value, origin)
        case .mx, .srv:
            var words = value.split(separator: " ").map(String.init)
            if let host = words.popLast() { words.append(whole(host, origin)) }
            return words.joined(separator: " ")
        default: return value
        }
    }

    static func whole(_ host: String, _ origin: Name) -> String {
        if host == "@" { return origin.description }
        return host.hasSuffix(".") || origin.isRoot ? host : "\(host).\(origin)"
    }

    /// Returns a text as quoted character strings of at most 255 octets (RFC 1035 section 3.3.14).
    static func string(_ text: String) -> String {
        var result = ""
        let octets = Array(text.utf8)
        for start in stride(from: 0, to: max(1, octets.count), by: 255) {
            var part: [UInt8] = []
            for octet in octets[start..<min(octets.count, start + 255)] {
                switch octet {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): part += [UInt8(ascii: "\\"), octet]
                case 32..<127: part.append(octet)
                default:
                    let digits = String(octet)
                    part += Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
                }
            }
            result += (start > 0 ? " " : "") + "\"" + String(decoding: part, as: UTF8.self) + "\""
        }
        return result
    }
}

/// Types that exist only in tools, with the types that are served in their place.
enum ToolTypes {
    /// - Returns: the served types; nil if it is not a record.
    static func types(_ text: String) -> [RecordType]? {
        switch text.uppercased() {
        case "ALIAS", "ANAME", "R53_ALIAS", "AZURE_ALIAS", "CNAME_FLATTEN", "AKAMAICDN": [.a, .aaaa]
        case let word where word.hasPrefix("TYPE") || word == "ANY": nil
        case let word: RecordType(word).map { [$0] }
        }
    }
}
