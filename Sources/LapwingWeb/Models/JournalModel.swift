/// The list of acts of users.
struct JournalModel: TemplateModel {
    static let template = "journal"

    struct Row: Codable, Sendable {
        /// The entry's number in the journal.
        var number: String
        var at: MomentModel
        /// The act and the person.
        var sentence: String
        /// The origin of the request; nil if it is not known.
        var origin: String?
        var domain: DomainLinkModel?
        /// The incident's identifier as a part of a path.
        var incident: String?
        var before: String?
        var after: String?
    }

    /// The entered domain and name, even if they are not valid.
    var domainText: String
    var personText: String
    var kinds: [ChoiceModel]
    var fault: String?
    var rows: [Row]
    /// The text to show if there are no rows.
    var empty: String
    /// A description of the selection, if it is not the whole journal.
    var scope: String?
    var next: String?
}
