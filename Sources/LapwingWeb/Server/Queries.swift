/// What addresses may ask for after the `?`. Texts stay texts here: what they mean is the handlers' business.

struct BoardQuery: Decodable {
    var q: String?
    var state: String?
    var tag: String?
    /// What the domains have in common, as the page of shared things names it.
    var shared: String?
    var sort: String?
    var page: String?
    /// Positions on the board.
    var before: String?
    var after: String?
    /// The name of a domain that was just taken out.
    var stopped: String?
}

/// Two moments: so many days ago and now, or days or moments.
struct CompareQuery: Decodable {
    var days: String?
    var from: String?
    var to: String?
    var tag: String?
}

struct SharedQuery: Decodable {
    var kind: String?
    var tag: String?
}

struct IncidentsQuery: Decodable {
    var state: String?
    var severity: String?
    var domain: String?
    var tag: String?
    /// Days or moments.
    var from: String?
    var to: String?
    /// A place in the list.
    var after: String?
}

struct JournalQuery: Decodable {
    var domain: String?
    var person: String?
    var act: String?
    /// The number of an entry.
    var before: String?
}

/// Of the page: how far ahead.
struct ExpiryQuery: Decodable { var days: String? }

struct AddQuery: Decodable { var list: String? }

struct CheckQuery: Decodable { var name: String? }

struct BadgeQuery: Decodable { var what: String? }

/// A page of a list of the API.
struct ListQuery: Decodable {
    var limit: String?
    var cursor: String?
    var status: String?
    var q: String?
    var tag: String?
    var shared: String?
    var domain: String?
    var severity: String?
    /// Moments, or days.
    var from: String?
    var to: String?
    /// Of the journal.
    var person: String?
    var act: String?
}

/// How a batch of domains is taken.
struct BatchQuery: Decodable {
    var dry_run: String?
    var format: String?
    var tags: String?
}
