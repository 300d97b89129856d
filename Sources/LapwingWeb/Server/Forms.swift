/// The forms that the pages send. Values stay texts here, since the handlers interpret them; a field may be absent or
/// empty.

/// One name with its options, or a list for which a preview was shown.
struct AddForm: Decodable {
    var name: String?
    /// A watched name that is replaced by this one.
    var instead: String?
    var list: String?
    var interval: String?
    var names: String?
    var tags: String?
}

/// The form that accepts open incidents.
struct AcceptForm: Decodable {
    var by: String?
    /// `yes` if the user confirmed that the critical change is theirs.
    var sure: String?
}

struct SilenceForm: Decodable {
    var hours: String?
    /// `record` to limit the silence to the record that the incident concerns.
    var only: String?
}

struct AcknowledgeForm: Decodable {
    var by: String?
    var hours: String?
}

/// Several domains of the table, with an action for all of them.
struct BulkForm: Decodable {
    var name: [String]?
    var by: String?
    var hours: String?
    /// `yes` to confirm that watching stops.
    var sure: String?
}

/// A name for the selection of the page of domains, or a new name for a saved filter.
struct FilterForm: Decodable {
    var name: String?
    var q: String?
    var state: String?
    var tag: String?
    var shared: String?
    var sort: String?
    /// `yes` for a filter that all users see.
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
    /// One change per line.
    var changes: String?
}
