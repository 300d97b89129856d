/// What the forms of the pages send. Texts stay texts here: what they mean is the handlers' business, and a field may be
/// left out or empty.

/// One name with its options, or a list that was looked through.
struct AddForm: Decodable {
    var name: String?
    /// A watched name that gives way to this one.
    var instead: String?
    var list: String?
    var interval: String?
    var names: String?
    var tags: String?
}

/// Who accepts what is open.
struct AcceptForm: Decodable {
    var by: String?
    /// `yes` from somebody who was asked whether what is critical is theirs.
    var sure: String?
}

struct SilenceForm: Decodable {
    var hours: String?
    /// `record`, where nothing but the record that the incident is about is meant.
    var only: String?
}

struct AcknowledgeForm: Decodable {
    var by: String?
    var hours: String?
}

/// Several domains of the table, and what is said about all of them.
struct BulkForm: Decodable {
    var name: [String]?
    var by: String?
    var hours: String?
    /// `yes` from somebody who means to stop watching.
    var sure: String?
}

/// A name for what the page of domains shows, or another one for a filter that is kept.
struct FilterForm: Decodable {
    var name: String?
    var q: String?
    var state: String?
    var tag: String?
    var shared: String?
    var sort: String?
    /// `yes` for everybody.
    var all: String?
}

struct NoteForm: Decodable { var text: String? }

struct StageForm: Decodable { var event: String? }

struct ThemeForm: Decodable { var theme: String? }

struct AnnounceForm: Decodable {
    var domain: String?
    var from: String?
    var to: String?
    var reason: String?
    var `repeat`: String?
    var zone: String?
    /// A change in each line.
    var changes: String?
}
