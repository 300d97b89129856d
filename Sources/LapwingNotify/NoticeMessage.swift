package import LapwingCore

/// A notice with its text, from which each channel makes its request.
package struct NoticeMessage: Sendable {
    /// The notice.
    package let notice: Notice
    /// Its text.
    package let text: NoticeText
    /// The address of the web page, without a trailing slash; nil if there is none.
    package let base: String?

    package init(_ notice: Notice, base: String?) {
        self.notice = notice
        self.base = base
        text = NoticeText(notice, base: base)
    }

    /// The incident's page.
    var page: String? { text.links.first?.url }

    /// The addresses of actions on the incident, by name: `accept`, `acknowledge`, `silence`.
    var acts: [String: String] {
        guard let base, let links = notice.links else { return [:] }
        return Dictionary(links.map { ($0.act.rawValue, base + $0.path) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the links for a service's buttons: only short ones with a public address. Services refuse the whole
    /// message because of a single button with an address that they consider invalid.
    ///
    /// - Parameter longest: the longest address in characters.
    func buttons(most: Int, longest: Int) -> [NoticeText.Link] {
        Array(text.links.filter { $0.url.utf16.count <= longest && Self.isPublic($0.url) }.prefix(most))
    }

    /// Whether the host of an address is a name or an IPv4 address other than this machine's own.
    private static func isPublic(_ url: String) -> Bool {
        let scheme = ["https://", "http://"].first(where: url.hasPrefix)
        guard let scheme, url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.hasPrefix("["), !authority.contains("@") else { return false }
        let host = authority.prefix { $0 != ":" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, !labels.contains(where: \.isEmpty) else { return false }
        return !host.hasPrefix("127.") && host != "0.0.0.0" && labels.last?.lowercased() != "localhost"
    }

    /// The tone by which a channel selects colour and sound.
    enum Tone: Sendable, Hashable {
        case good, info, warning, critical
    }

    var tone: Tone {
        guard notice.event != .close else { return .good }
        switch notice.severity {
        case .info, .notice: return .info
        case .warning: return .warning
        case .critical: return .critical
        }
    }

    /// Returns the whole message as plain text, up to the limit of a service.
    func plain(within length: TextLength, escape: (Character) -> String = String.init) -> String {
        NoticeText.fitted(text.all, links: text.places, within: length, escape: escape)
    }

    /// Returns the text after a title with ``NoticeText/glance``, with the links that have no button.
    func rest(
        within length: TextLength, buttons: [NoticeText.Link] = [], escape: (Character) -> String = String.init
    ) -> String {
        NoticeText.fitted(text.afterGlance, links: text.places(but: buttons), within: length, escape: escape)
    }
}
