/// What people did, entry by entry.
struct JournalModel: TemplateModel {
    static let template = "journal"

    struct Row: Codable, Sendable {
        /// The number that the journal gave it.
        var number: String
        var at: MomentModel
        /// What was done, and by whom.
        var sentence: String
        /// From where; nil where that is not known.
        var origin: String?
        var domain: DomainLinkModel?
        /// The incident's identifier as a part of a path.
        var incident: String?
        var before: String?
        var after: String?
    }

    /// What was entered as the domain and as the name, whatever it is.
    var domainText: String
    var personText: String
    var kinds: [ChoiceModel]
    var fault: String?
    var rows: [Row]
    /// What stands in place of rows.
    var empty: String
    /// What of it is shown where that is not all.
    var scope: String?
    var next: String?
}
