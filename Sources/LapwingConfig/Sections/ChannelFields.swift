import LapwingCore

/// Reads the keys of one channel by type; a missing or invalid value is reported as a fault.
struct ChannelFields {
    let reader: ValueReader
    let fields: [String: ValueReader]
    /// Returns the content of a file that the configuration names.
    let contents: @Sendable (_ path: String) -> String?

    func fault(_ key: String, _ text: String) {
        let place = fields[key] ?? reader
        place.fault("\(reader.path).\(key): \(text)")
    }

    func text(_ key: String) -> String? { fields[key]?.string() }

    /// Reads a required list of texts; a single text is a list of one.
    func texts(_ key: String) -> [String]? {
        guard let field = fields[key] else {
            missing(key)
            return nil
        }
        return filled(field.strings(orSingle: true), field)
    }

    /// Reads a text that is given directly or as a file with one line.
    func secret(_ key: String) -> String? {
        guard let file = fields["\(key)_file"], let path = file.string() else { return text(key) }
        guard let text = contents(path) else {
            file.fault("\(file.path): cannot read \(path)")
            return nil
        }
        return String(text.prefix { !$0.isNewline })
    }

    /// Reads a required text of this kind.
    func required(_ key: String) -> String? {
        let value = secret(key)
        if value == nil, fields[key] == nil, fields["\(key)_file"] == nil { missing(key) }
        return value
    }

    /// Reads an HTTP URL that is given directly or as a file with one line.
    func url(_ key: String, default standard: String? = nil) -> String? {
        guard let url = fields[key] == nil && fields["\(key)_file"] == nil ? standard : secret(key) else {
            if fields[key] == nil, fields["\(key)_file"] == nil { missing(key) }
            return nil
        }
        guard Self.isAddress(url) else {
            // The content of a file may be a secret.
            let shown = fields[key] == nil ? "" : ", found `\(Self.shown(url))`"
            (fields[key] ?? fields["\(key)_file"] ?? reader).fault(
                "\(reader.path).\(key): expected http:// or https://\(shown)")
            return nil
        }
        return url
    }

    /// Reads a base URL, and removes a trailing slash.
    func base(_ key: String, default standard: String? = nil) -> String? {
        url(key, default: standard).map(Self.withoutSlash)
    }

    func bases(_ key: String) -> [String]? {
        guard let field = fields[key] else {
            missing(key)
            return nil
        }
        let bases = field.list(orSingle: true)?.compactMap { member -> String? in
            guard let url = member.string() else { return nil }
            guard Self.isAddress(url) else {
                member.fault("\(member.path): expected http:// or https://, found `\(Self.shown(url))`")
                return nil
            }
            return Self.withoutSlash(url)
        }
        return filled(bases, field)
    }

    /// Reports an empty list; if every member was invalid, the faults are reported already.
    private func filled(_ list: [String]?, _ field: ValueReader) -> [String]? {
        guard let list, list.isEmpty else { return list }
        if field.list(orSingle: true)?.isEmpty == true { field.fault("\(field.path): the list is empty") }
        return nil
    }

    private static func isAddress(_ url: String) -> Bool {
        let rest = ["https://", "http://"].first(where: url.hasPrefix).map { url.dropFirst($0.count) }
        return rest.map { !$0.isEmpty && !$0.hasPrefix("/") && !$0.contains(where: \.isWhitespace) } ?? false
    }

    /// Returns the part of a URL that is not secret: its path often is the password, and so is the part before the `@`.
    static func shown(_ url: String) -> String {
        let mark = url.firstRange(of: "://")
        let scheme = mark.map { url[..<$0.upperBound] } ?? ""
        let place = url[(mark?.upperBound ?? url.startIndex)...]
        let end = place.firstIndex { "/?#".contains($0) } ?? place.endIndex
        let host = place[..<end].split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let isWhole = end == place.endIndex && host.count == place.count
        return scheme + host + (isWhole ? "" : "…")
    }

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    private func missing(_ key: String) {
        reader.fault("\(reader.path): key `\(key)` is missing")
    }
}
