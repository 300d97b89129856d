/// The row of links to saved filters and to tags.
struct SavedModel: Codable, Sendable {
    struct Link: Codable, Sendable {
        var path: String
        var name: String
        /// The number of its domains, and how many of them are failing or have warnings; nil for none.
        var count: String
        var failing: String?
        var warned: String?
        var here: Bool
    }

    var filters: [Link]
    var hasFilters: Bool
    var tagLinks: [Link]
    var hasTagLinks: Bool
    /// The number of further tags.
    var otherTags: String?
}

/// The form that saves the current selection.
struct SavingModel: Codable, Sendable {
    struct Field: Codable, Sendable {
        var key: String
        var value: String
    }

    /// The parameters of the selection.
    var fields: [Field]
    var words: String
    /// Whether the user can choose between a filter for all and a personal one.
    var hasChoice: Bool
}

/// The saved filters, with forms to rename and delete them.
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
        /// The audience of the filter.
        var whose: String
        var isChangeable: Bool
    }

    var rows: [Row]
    var hasRows: Bool
}
