struct BoardModel: TemplateModel {
    static let template = "board"

    struct Counter: Codable, Sendable {
        var count: String
        var word: String
        var path: String
        var style: String
        var chosen: Bool
    }

    /// What happens in a demonstration's world.
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
        /// The same for an address.
        var query: String
    }

    struct Row: Codable, Sendable {
        var style: String
        var sign: String
        var word: String
        /// Nothing is to be said about it.
        var isCalm: Bool
        var name: String
        var path: String
        var unicode: UnicodeModel?
        /// Alerts are held back: all of them, or some.
        var silenced: String?
        var tagList: [Tag]
        var finding: String
        /// Further open incidents.
        var more: Int?
        /// The last 24 hours, as SVG.
        var bar: String
        var ends: String
        var endsStyle: String
        var signed: String
        /// Who runs its name servers.
        var host: String?
        var since: MomentModel?
        /// The row stands for all domains of this cause, in place of one.
        var cause: Cause?
    }

    /// A cause that several domains share.
    struct Cause: Codable, Sendable {
        struct Member: Codable, Sendable {
            var name: String
            var path: String
        }

        /// The incident that began first.
        var id: String
        var title: String
        var count: String
        var members: [Member]
        /// How many more there are than members.
        var others: String?
    }

    /// Calculated healths, each of its members.
    struct Health: Codable, Sendable {
        struct Row: Codable, Sendable {
            struct Member: Codable, Sendable {
                var domain: String
                var path: String
                var condition: String
            }

            struct Open: Codable, Sendable { var id: String }

            /// The address leads here with it.
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
            /// Those that are not well.
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
    /// Nothing is watched yet.
    var isNew: Bool
    var rows: [Row]
    var hasRows: Bool
    /// What stands in place of rows.
    var empty: String
    var hasPages: Bool
    var range: String
    var previous: String?
    var next: String?
}

/// The table of domains.
struct DomainsModel: TemplateModel {
    static let template = "domains"

    /// What the domains of the list have in common, where it is narrowed to that.
    struct Sharing: Codable, Sendable {
        var value: String
        var sentence: String
        /// All domains again.
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
        /// When the registration ends, and how long that is.
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
        /// Where the table is in its order; nil where it cannot be.
        var path: String?
        var here: Bool
    }

    /// A domain that was just taken out and can be put back.
    struct Stopped: Codable, Sendable {
        var name: String
        var path: String
    }

    var stopped: Stopped?
    /// The path of this page.
    var formPath: String
    var saved: SavedModel?
    /// The form that saves what is shown.
    var saving: SavingModel?
    var sharing: Sharing?
    var query: String
    var states: [ChoiceModel]
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// Domains can be added at run time.
    var addable: Bool
    /// It is in an order that its address names.
    var isOrdered: Bool
    var order: String
    var orders: [TabModel]
    var heads: [Head]
    var rows: [Row]
    var hasRows: Bool
    /// What stands in place of rows.
    var empty: String
    var hasPages: Bool
    var range: String
    var previous: String?
    var next: String?
}
