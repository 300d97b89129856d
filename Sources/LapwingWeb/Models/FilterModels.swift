/// The row of links to saved filters, and to tags.
struct SavedModel: Codable, Sendable {
    struct Link: Codable, Sendable {
        var path: String
        var name: String
        /// Its domains, and how many of them are failing or have warnings; nil for none.
        var count: String
        var failing: String?
        var warned: String?
        var here: Bool
    }

    var filters: [Link]
    var hasFilters: Bool
    var tagLinks: [Link]
    var hasTagLinks: Bool
    /// Further tags.
    var otherTags: String?
}

/// The form that saves what is shown.
struct SavingModel: Codable, Sendable {
    struct Field: Codable, Sendable {
        var key: String
        var value: String
    }

    /// What is asked for.
    var fields: [Field]
    var words: String
    /// It may be for all or for oneself.
    var hasChoice: Bool
}

/// The saved filters, to be given other names or taken away.
struct FiltersModel: TemplateModel {
    static let template = "filters"

    struct Row: Codable, Sendable {
        var id: String
        var name: String
        var path: String
        var words: String
        var count: String
        var failing: String
        var warned: String
        /// For whom it is.
        var whose: String
        var isChangeable: Bool
    }

    var rows: [Row]
    var hasRows: Bool
}
