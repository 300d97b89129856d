/// The properties that domains share.
struct SharedModel: TemplateModel {
    static let template = "shared"

    /// All shared properties of one kind.
    struct Group: Codable, Sendable {
        var title: String
        var about: String
        var column: String
        var rows: [Row]
        /// The link to the rest of a long list.
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
        /// Counts with links to the domains; nil for none.
        var failing: Count?
        var warned: Count?
        var unknown: Count?
        /// Segments in percent of the whole, for the bar.
        var bar: String
    }

    struct Count: Codable, Sendable {
        var path: String
        var count: String
    }

    var groups: [Group]
    var hasGroups: Bool
    /// Whether only one kind is shown, with a link back to all kinds.
    var isOne: Bool
    /// The form that selects the domains.
    var formPath: String
    var kind: String?
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// A note about domains that are not known yet.
    var missing: String?
}
