/// What is different between two moments.
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
        /// How many changes there were, where it is more than one.
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
        /// Nil while it lasts.
        var over: MomentModel?
    }

    /// Incidents of one sort: those that are new, those that are over.
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
    /// What is compared, in a sentence.
    var sentence: String
    /// More was changed than is looked through.
    var cut: String?
    var rows: [Row]
    var hasRows: Bool
    /// What was changed and is as it was.
    var back: [Row]
    var hasBack: Bool
    var groups: [Group]
}
