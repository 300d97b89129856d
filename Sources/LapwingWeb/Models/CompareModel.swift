/// The differences between two moments.
struct CompareModel: TemplateModel {
    static let template = "compare"

    /// One RRset or fact.
    struct Row: Codable, Sendable {
        var domain: String
        var path: String
        var what: String
        var old: String
        var new: String
        var last: MomentModel
        /// The number of changes, if there was more than one.
        var count: String?
        var seenBy: String
    }

    /// One incident.
    struct Entry: Codable, Sendable {
        var id: String
        var style: String
        var sign: String
        var severity: String
        var headline: String
        var began: MomentModel
        /// Nil while the incident is open.
        var over: MomentModel?
    }

    /// A group of incidents, either the new or the closed ones.
    struct Group: Codable, Sendable {
        var title: String
        var entries: [Entry]
    }

    var tabs: [TabModel]
    var formPath: String
    var from: String
    var to: String
    var hasTags: Bool
    var tags: [ChoiceModel]
    var fault: String?
    /// A sentence that describes the comparison.
    var sentence: String
    /// Set if there are more changes than are compared.
    var cut: String?
    var rows: [Row]
    var hasRows: Bool
    /// Values that were changed and are as before.
    var back: [Row]
    var hasBack: Bool
    var groups: [Group]
}
