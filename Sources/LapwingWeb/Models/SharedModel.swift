/// What domains have in common.
struct SharedModel: TemplateModel {
    static let template = "shared"

    /// What is shared of one kind.
    struct Group: Codable, Sendable {
        var title: String
        var about: String
        var column: String
        var rows: [Row]
        /// Where the rest of a long list is.
        var rest: Rest?
    }

    struct Rest: Codable, Sendable {
        var path: String
        var count: String
    }

    struct Row: Codable, Sendable {
        var name: String
        var style: String
        var sign: String
        var state: String
        var path: String
        var count: String
        /// Counts with the domains behind them; nil where there are none.
        var failing: Count?
        var warned: Count?
        var unknown: Count?
        /// Shares of the whole in percent, for the bar.
        var bar: String
    }

    struct Count: Codable, Sendable {
        var path: String
        var count: String
    }

    var groups: [Group]
    var hasGroups: Bool
    /// Where one kind alone is shown: the way back to all.
    var isOne: Bool
    /// Which domains are looked at.
    var formPath: String
    var kind: String?
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// What is not known yet.
    var missing: String?
}
