struct AddModel: TemplateModel {
    static let template = "add"

    var list: String
    var tags: String
    var faults: [String]
    /// Something was looked through; what came of it.
    var hasList: Bool
    /// What it was found to be, where it is more than a list.
    var kind: String?
    var isAnyTaken: Bool
    var taken: [String]
    var takenCount: String
    /// What the second form hands in.
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

    /// A kind of event, and who is told of it.
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
    /// Where the page is cut, to send what is found in between.
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
    /// How many more there are than rows.
    var more: String?
    var hasUnknown: Bool
    var unknownText: String
    var unknown: [DomainLinkModel]
}

/// Where the feeds of some domains are.
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
    /// What was asked for; empty for none.
    var domain: String
    var tags: [Tag]
    var hasTags: Bool
    /// Whether the addresses work without the login.
    var isSigned: Bool
}

/// A domain that nobody watches.
struct StrangerModel: TemplateModel {
    static let template = "stranger"

    var name: String
    /// The same for an address.
    var query: String
    /// The watched domain that it is a name of.
    var above: DomainLinkModel?
    var watchable: Bool
    /// It was watched once.
    var hasHistory: Bool
}

/// The second question before something critical becomes normal; its title is that of the page.
struct SureModel: TemplateModel {
    static let template = "sure"

    /// Where the form was sent to, and goes again.
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
    /// A time as it may be entered.
    var example: String
}

/// What went wrong; its title is that of the page.
struct MessageModel: TemplateModel {
    static let template = "message"

    var text: String
    /// The path of the page that one came from.
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
        /// How long answers took, as SVG.
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
