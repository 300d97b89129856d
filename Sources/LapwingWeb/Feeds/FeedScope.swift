import DNSWire
import LapwingCore

/// The set of domains that a feed covers.
enum FeedScope: Hashable {
    case all
    case domain(Name)
    case tag(String)

    /// The configuration allows no longer tags.
    private static let longestTag = 64

    /// Parses ``text``; nil for anything else.
    init?(_ text: String) {
        if text == "all" {
            self = .all
        } else if text.hasPrefix("domain:"), let name = try? Name(String(text.dropFirst("domain:".count))) {
            self = .domain(name.folded)
        } else if text.hasPrefix("tag:"), case let tag = text.dropFirst("tag:".count), !tag.isEmpty,
            tag.utf8.count <= Self.longestTag
        {
            self = .tag(String(tag))
        } else {
            return nil
        }
    }

    /// Reads the query parameters `domain` and `tag`; a domain takes precedence over a tag.
    init?(domain: String?, tag: String?) {
        if let domain, !domain.isEmpty {
            self.init("domain:\(domain)")
        } else if let tag, !tag.isEmpty {
            self.init("tag:\(tag)")
        } else {
            self = .all
        }
    }

    /// `all`, `domain:example.com.` or `tag:shop`: the scope as it appears in a signed address, covered by the
    /// signature.
    var text: String {
        switch self {
        case .all: "all"
        case .domain(let name): "domain:\(name)"
        case .tag(let tag): "tag:\(tag)"
        }
    }

    /// The scope in the title of a feed.
    var title: String {
        switch self {
        case .all: "all domains"
        case .domain(let name): Shown.name(name)
        case .tag(let tag): tag.visible
        }
    }

    func includes(_ domain: Name, tags: [String]) -> Bool {
        switch self {
        case .all: true
        case .domain(let name): domain.folded == name
        case .tag(let tag): tags.contains(tag)
        }
    }
}

/// The address of a feed that works without a password, for one scope and as long as the store keeps its key.
struct FeedAddress {
    /// The available feeds, by the last component of their path.
    enum File: String, CaseIterable {
        case calendar = "calendar.ics"
        case atom = "changes.atom"
        case json = "changes.json"
        case badge = "badge.svg"

        /// A description of the content for users.
        var words: String {
            switch self {
            case .calendar: "Calendar: registrations, signatures, announced work"
            case .atom: "Changes, as Atom"
            case .json: "Changes, as JSON Feed"
            case .badge: "Badge: the present state, as a picture for other pages"
            }
        }
    }

    private static let purpose = "lapwing feed"

    /// Returns the path below which the feeds of the scope are: `/feed/tag:shop/CODE`.
    static func path(_ scope: FeedScope, _ seal: LinkSeal) -> String {
        "/feed/\(Escape.path(scope.text))/\(seal.signature(of: [purpose, scope.text]))"
    }

    /// Returns the scope of a signed address; nil if the signature is not genuine.
    static func scope(_ text: String?, code: String?, _ seal: LinkSeal?) -> FeedScope? {
        guard let seal, let code, let scope = text.flatMap(FeedScope.init),
            seal.isGenuine([purpose, scope.text], code)
        else { return nil }
        return scope
    }
}
