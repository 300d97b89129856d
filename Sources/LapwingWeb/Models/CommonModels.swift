/// A moment, for a `time` element.
struct MomentModel: Codable, Sendable {
    var iso: String
    /// `14 min ago`, `in 2 d`.
    var ago: String
    var sentence: String
}

/// The Unicode form of an internationalised name.
struct UnicodeModel: Codable, Sendable {
    var text: String
    /// It contains letters that look alike.
    var isMixed: Bool
}

/// One of several views of a page.
struct TabModel: Codable, Sendable {
    var path: String
    var word: String
    var here: Bool
}

/// One entry of a list to choose from.
struct ChoiceModel: Codable, Sendable {
    var value: String
    var word: String
    var selected: Bool
}

/// A silence that is in force or planned.
struct SilenceModel: Codable, Sendable {
    var number: String
    var what: String
    var until: MomentModel
    var reason: String?
    /// Set if it is not in force yet.
    var begins: MomentModel?
}

/// A sign with its meaning.
struct VerdictModel: Codable, Sendable {
    var style: String
    var sign: String
    var text: String
}

/// An act or a remark of a user.
struct RemarkModel: Codable, Sendable {
    var at: MomentModel
    var text: String
}

/// A watched domain with its path.
struct DomainLinkModel: Codable, Sendable {
    var path: String
    var domain: String
}

/// A block of a page about a finding; exactly one property is set.
struct ProseBlockModel: Codable, Sendable {
    struct Span: Codable, Sendable {
        var mono: String?
        var plain: String?
    }

    struct Spans: Codable, Sendable { var spans: [Span] }

    struct Items: Codable, Sendable { var items: [Spans] }

    struct Grid: Codable, Sendable {
        struct Row: Codable, Sendable { var cells: [Spans] }

        var head: [String]
        var rows: [Row]
    }

    var proseHeading: String?
    var paragraph: Spans?
    var bullets: Items?
    var numbered: Items?
    var grid: Grid?
    var listing: String?
}
