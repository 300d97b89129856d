struct BoardModel: TemplateModel {
    static let template = "board"

    struct Counter: Codable, Sendable {
        var count: String
        var word: String
        var path: String
        var style: String
        var chosen: Bool
    }

    /// The events of a demonstration's world.
    struct StageModel: Codable, Sendable {
        struct Event: Codable, Sendable {
            var id: String
            var title: String
            var isUnderWay: Bool
        }

        struct Happened: Codable, Sendable {
            var at: MomentModel
            var clock: String
            var domain: String
            var path: String
            var text: String
        }

        var events: [Event]
        var happened: [Happened]
    }

    struct Tag: Codable, Sendable {
        var tag: String
        /// The same, escaped for a query.
        var query: String
    }

    struct Row: Codable, Sendable {
        var style: String
        var sign: String
        var word: String
        /// There is nothing to report.
        var isCalm: Bool
        var name: String
        var path: String
        var unicode: UnicodeModel?
        /// Whether all or some alerts are muted.
        var silenced: String?
        var tagList: [Tag]
        var finding: String
        /// The number of further open incidents.
        var more: Int?
        /// The last 24 hours, as SVG.
        var bar: String
        var ends: String
        var endsStyle: String
        var signed: String
        /// The operator of its name servers.
        var host: String?
        var since: MomentModel?
        /// The cause, if the row represents all domains that share it.
        var cause: Cause?
    }

    /// A cause that several domains share.
    struct Cause: Codable, Sendable {
        struct Member: Codable, Sendable {
            var name: String
            var path: String
        }

        /// The incident that was opened first.
        var id: String
        var title: String
        var count: String
        var members: [Member]
        /// The number of members that are not listed.
        var others: String?
    }

    /// Calculated healths with their members.
    struct Health: Codable, Sendable {
        struct Row: Codable, Sendable {
            struct Member: Codable, Sendable {
                var domain: String
                var path: String
                var condition: String
            }

            struct Open: Codable, Sendable { var id: String }

            /// The fragment by which an address refers to this row.
            var anchor: String
            var name: String
            var style: String
            var sign: String
            var word: String
            var count: String
            var needs: String
            var since: MomentModel
            /// Its open incident.
            var incident: Open?
            /// The members that are not healthy.
            var members: [Member]
            var more: String?
        }

        var rows: [Row]
    }

    var counters: [Counter]
    var stage: StageModel?
    var health: Health?
    /// The path of this page.
    var formPath: String
    var saved: SavedModel?
    var query: String
    var states: [ChoiceModel]
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// Domains can be added at run time.
    var addable: Bool
    /// No domain is watched yet.
    var isNew: Bool
    var rows: [Row]
    var hasRows: Bool
    /// The text to show if there are no rows.
    var empty: String
    var hasPages: Bool
    var range: String
    var previous: String?
    var next: String?
}

/// The table of domains.
struct DomainsModel: TemplateModel {
    static let template = "domains"

    /// A property that all listed domains share, if the list is narrowed to it.
    struct Sharing: Codable, Sendable {
        var value: String
        var sentence: String
        /// The path of the list of all domains.
        var path: String
    }

    struct Row: Codable, Sendable {
        struct Until: Codable, Sendable { var day: String }

        var style: String
        var sign: String
        var word: String
        var isCalm: Bool
        var name: String
        var path: String
        var unicode: UnicodeModel?
        var silenced: String?
        var tagList: [BoardModel.Tag]
        var finding: String
        var more: Int?
        /// The end of the registration, and the time until then.
        var until: Until?
        var ends: String
        var endsStyle: String
        var registrar: String?
        var signed: String?
        var checked: MomentModel?
    }

    /// A heading of the table.
    struct Head: Codable, Sendable {
        var title: String
        /// The path that sorts the table by this column; nil if it cannot be sorted by it.
        var path: String?
        var here: Bool
    }

    /// A domain that was just removed and can be restored.
    struct Stopped: Codable, Sendable {
        var name: String
        var path: String
    }

    var stopped: Stopped?
    /// The path of this page.
    var formPath: String
    var saved: SavedModel?
    /// The form that saves the current selection.
    var saving: SavingModel?
    var sharing: Sharing?
    var query: String
    var states: [ChoiceModel]
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// Domains can be added at run time.
    var addable: Bool
    /// The address names the order.
    var isOrdered: Bool
    var order: String
    var orders: [TabModel]
    var heads: [Head]
    var rows: [Row]
    var hasRows: Bool
    /// The text to show if there are no rows.
    var empty: String
    var hasPages: Bool
    var range: String
    var previous: String?
    var next: String?
}
