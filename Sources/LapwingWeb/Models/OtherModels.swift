struct AddModel: TemplateModel {
    static let template = "add"

    var list: String
    var tags: String
    var faults: [String]
    /// Whether a list was read; its result follows.
    var hasList: Bool
    /// The format that was recognised, if it is more than a list.
    var kind: String?
    var isAnyTaken: Bool
    var taken: [String]
    var takenCount: String
    /// The value that the second form submits.
    var takenList: String
    var isAnyChanged: Bool
    var changed: [String]
    var known: String?
    var isAnyRefused: Bool
    var refused: [String]
    var refusedCount: String
    var isAnyLeft: Bool
    var left: [String]
    var leftCount: String
    var isCut: Bool
}

struct APIModel: TemplateModel {
    static let template = "api"

    struct Row: Codable, Sendable {
        var method: String
        var path: String
        var summary: String
    }

    var rows: [Row]
    var address: String
}

struct ChannelsModel: TemplateModel {
    static let template = "channels"

    struct Entry: Codable, Sendable {
        var at: MomentModel
        var title: String
        var incident: String
        var path: String
        var style: String
        var sign: String
        var delivery: String
    }

    struct Channel: Codable, Sendable {
        var name: String
        var kind: String
        var path: String
        var delivered: String
        var deliveredStyle: String
        var refused: String
        var refusedStyle: String
        var waiting: String
        var waitingStyle: String
        var since: String
        var tested: VerdictModel?
        var entries: [Entry]
        var hasEntries: Bool
    }

    /// A kind of event, with the channels that are notified of it.
    struct Told: Codable, Sendable {
        var text: String
        var severity: String
        var style: String
        var sign: String
        var told: String
    }

    /// A route in words.
    struct RouteModel: Codable, Sendable {
        var to: String
        var now: String
        var digest: String
        var only: String
        var later: String
    }

    var channels: [Channel]
    var hasChannels: Bool
    var told: [Told]
    var routes: [RouteModel]
}

struct CheckFormModel: TemplateModel {
    static let template = "check-form"

    var name: String
    var fault: String?
}

/// The page of a running check-up.
struct CheckRunModel: TemplateModel {
    static let template = "check-run"

    var name: String
    /// The mark at which the page is cut, so that rows can be sent in between as they are found.
    var seam = Templates.seam
}

struct CheckRowModel: TemplateModel {
    static let template = "check-row"

    /// The page about the finding.
    struct Page: Codable, Sendable {
        var base: String
        var code: String
    }

    var style: String
    var sign: String
    var title: String
    var text: String
    var advice: String?
    var page: Page?
}

struct CheckVerdictModel: TemplateModel {
    static let template = "check-verdict"

    var base: String
    var style: String
    var sign: String
    var status: String
    var sentence: String
    var watchable: Bool
    var name: String
    var path: String
    var json: String
}

struct ExpiryModel: TemplateModel {
    static let template = "expiry"

    struct Row: Codable, Sendable {
        var at: MomentModel
        var domain: String
        var path: String
        var what: String
        var left: String
        var style: String
    }

    var tabs: [TabModel]
    /// The next 90 days, as SVG.
    var strip: String
    var rows: [Row]
    var hasRows: Bool
    var empty: String
    /// The number of dates that are not listed.
    var more: String?
    var hasUnknown: Bool
    var unknownText: String
    var unknown: [DomainLinkModel]
}

/// The addresses of the feeds of some domains.
struct FeedsModel: TemplateModel {
    static let template = "feeds"

    struct Row: Codable, Sendable {
        var what: String
        var address: String
    }

    struct Tag: Codable, Sendable {
        var word: String
        var isChosen: Bool
    }

    /// `all domains`, a domain or a tag.
    var scope: String
    var rows: [Row]
    /// The entered domain; empty for none.
    var domain: String
    var tags: [Tag]
    var hasTags: Bool
    /// Whether the addresses work without a log-in.
    var isSigned: Bool
}

/// A domain that is not watched.
struct StrangerModel: TemplateModel {
    static let template = "stranger"

    var name: String
    /// The same, escaped for a query.
    var query: String
    /// The watched domain that contains the name.
    var above: DomainLinkModel?
    var watchable: Bool
    /// The domain was watched earlier.
    var hasHistory: Bool
}

/// The confirmation before a critical change becomes normal; its title is that of the page.
struct SureModel: TemplateModel {
    static let template = "sure"

    /// The action of the form, to which it is sent again.
    var path: String
    var by: String
    var found: [String]
    var normal: [String]
}

/// One kind of finding; its title is that of the page.
struct FindingModel: TemplateModel {
    static let template = "finding"

    var code: String
    var blocks: [ProseBlockModel]
}

struct FindingsModel: TemplateModel {
    static let template = "findings"

    struct Group: Codable, Sendable {
        struct Page: Codable, Sendable {
            var code: String
            var title: String
        }

        var family: String
        var pages: [Page]
    }

    var groups: [Group]
}

struct MaintenanceModel: TemplateModel {
    static let template = "maintenance"

    struct Row: Codable, Sendable {
        var id: String
        var words: String
        var person: String
    }

    var rows: [Row]
    var hasRows: Bool
    /// A time in a notation that is accepted.
    var example: String
}

/// An error message; its title is that of the page.
struct MessageModel: TemplateModel {
    static let template = "message"

    var text: String
    /// The path of the previous page.
    var back: String?
}

struct ResolversModel: TemplateModel {
    static let template = "resolvers"

    struct Row: Codable, Sendable {
        var label: String
        var region: String?
        var style: String
        var sign: String
        var queries: String
        var failures: String
        var reasons: String
        var mean: String
        /// The distribution of response times, as SVG.
        var histogram: String
        var last: String
        var filters: String
    }

    var rows: [Row]
    var hasRows: Bool
}

struct SilencesModel: TemplateModel {
    static let template = "silences"

    var rows: [SilenceModel]
    var hasRows: Bool
}
