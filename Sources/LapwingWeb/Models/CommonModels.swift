/// A moment, for a `time` element.
struct MomentModel: Decodable, Sendable {
    var iso: String
    /// `14 min ago`, `in 2 d`.
    var ago: String
    var sentence: String
}

/// The form for people of an internationalised name.
struct UnicodeModel: Decodable, Sendable {
    var text: String
    /// Letters that look alike stand in it.
    var isMixed: Bool
}

/// One of several ways to look at a page.
struct TabModel: Decodable, Sendable {
    var path: String
    var word: String
    var here: Bool
}

/// One entry of a list to choose from.
struct ChoiceModel: Decodable, Sendable {
    var value: String
    var word: String
    var selected: Bool
}

/// A silence that is in force or will be.
struct SilenceModel: Decodable, Sendable {
    var number: String
    var what: String
    var until: MomentModel
    var reason: String?
    /// Where it is not in force yet.
    var begins: MomentModel?
}

/// A mark with what it stands for.
struct VerdictModel: Decodable, Sendable {
    var style: String
    var sign: String
    var text: String
}

/// Something that a person did or wrote.
struct RemarkModel: Decodable, Sendable {
    var at: MomentModel
    var text: String
}

/// A watched domain by its name.
struct DomainLinkModel: Decodable, Sendable {
    var path: String
    var domain: String
}

/// A block of a page about a finding: exactly one of these.
struct ProseBlockModel: Decodable, Sendable {
    struct Span: Decodable, Sendable {
        var mono: String?
        var plain: String?
    }

    struct Spans: Decodable, Sendable { var spans: [Span] }

    struct Items: Decodable, Sendable { var items: [Spans] }

    struct Grid: Decodable, Sendable {
        struct Row: Decodable, Sendable { var cells: [Spans] }

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
