/// The query parameters of requests. Values stay texts here, since the handlers interpret them.

struct BoardQuery: Decodable {
    var q: String?
    var state: String?
    var tag: String?
    /// The shared property of the domains, as the page of shared properties names it.
    var shared: String?
    var sort: String?
    var page: String?
    /// Positions on the board.
    var before: String?
    var after: String?
    /// The name of a domain that was just removed.
    var stopped: String?
}

/// Two moments: a number of days ago and now, or two dates or times.
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
    /// Dates or times.
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

/// The number of days ahead, for the page.
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
    /// Dates or times.
    var from: String?
    var to: String?
    /// For the journal only.
    var person: String?
    var act: String?
}

/// How a batch of domains is processed.
struct BatchQuery: Decodable {
    var dry_run: String?
    var format: String?
    var tags: String?
}
