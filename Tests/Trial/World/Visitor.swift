import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingStore
import LapwingWeb

/// Somebody who comes to the page and the API with a token, and may do more or less.
struct Visitor: Sendable, Hashable {
    /// What the token is called.
    var name: String
    var rights: Rights

    /// May act on everything; may only look; may act on the domains that carry a tag.
    static let all = [
        Visitor(name: "anna", rights: Rights(.act)), Visitor(name: "guest", rights: Rights(.look)),
        Visitor(name: "northerner", rights: Rights(.act, tags: [tag])),
    ]
    /// The tag that some of the domains carry.
    static let tag = "north"

    /// As the journal names him.
    var person: String { "token \(name)" }

    private var token: String { "lapwing_\(name)" }

    /// Lets him in from now on.
    func enter(_ store: Store, at now: Timestamp) throws {
        _ = try store.add(
            AccessToken(name: name, rights: rights, createdAt: now),
            digest: MessageDigest.sha256.of(Array(token.utf8)), by: "trial")
    }

    func request(_ method: String, _ target: String, json body: String? = nil) -> PlainRequest {
        var request = PlainRequest(method, target)
        request.headers = [("Authorization", "Bearer \(token)")]
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array(body.utf8)
        }
        return request
    }
}

/// Something that somebody asked for by the page or the API, and what came of it.
struct Asked: Sendable {
    /// By what the journal tells acts apart.
    struct Key: Hashable, CustomStringConvertible {
        var kind: Act.Kind
        var person: String
        var incident: String?
        var domain: Name?

        var description: String { "\(kind) of \(incident ?? domain.map { "\($0)" } ?? "all") by \(person)" }
    }

    var visitor: Visitor
    var key: Key
    /// Whether his role lets him do it.
    var isAllowed: Bool
    /// Whether what it is about exists for him.
    var isSeen: Bool
    /// The status of the answer; nil while there is none, and for ever if its process was killed.
    var status: Int?
}
