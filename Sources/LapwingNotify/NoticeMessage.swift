package import LapwingCore

/// A notice together with its words: what every channel makes its request of.
package struct NoticeMessage: Sendable {
    /// The notice.
    package let notice: Notice
    /// Its words.
    package let text: NoticeText
    /// Where the web page is reached, without a final slash.
    package let base: String?

    package init(_ notice: Notice, base: String?) {
        self.notice = notice
        self.base = base
        text = NoticeText(notice, base: base)
    }

    /// The incident's page.
    var page: String? { text.links.first?.url }

    /// What can be done about the incident, as addresses by their words: `accept`, `acknowledge`, `silence`.
    var acts: [String: String] {
        guard let base, let links = notice.links else { return [:] }
        return Dictionary(links.map { ($0.act.rawValue, base + $0.path) }, uniquingKeysWith: { first, _ in first })
    }

    /// The links that a service takes as buttons: not too long, and leading somewhere from where people are. Services refuse
    /// the whole message for one button with an address that they think is none.
    ///
    /// - Parameter longest: of an address, in characters.
    func buttons(most: Int, longest: Int) -> [NoticeText.Link] {
        Array(text.links.filter { $0.url.utf16.count <= longest && Self.isPublic($0.url) }.prefix(most))
    }

    /// Whether an address begins with a name or an IPv4 address that is not this machine's own.
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

    /// What a channel colours and sounds by.
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

    /// The whole message as plain text, as much as a service takes.
    func plain(within length: TextLength, escape: (Character) -> String = String.init) -> String {
        NoticeText.fitted(text.all, links: text.places, within: length, escape: escape)
    }

    /// What follows a title that says ``NoticeText/glance``, and the links that are no buttons.
    func rest(
        within length: TextLength, buttons: [NoticeText.Link] = [], escape: (Character) -> String = String.init
    ) -> String {
        NoticeText.fitted(text.afterGlance, links: text.places(but: buttons), within: length, escape: escape)
    }
}
