import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import NIOCore

/// A request for one route, with everything that its handler needs.
struct WebRequest: Sendable {
    /// The largest accepted body in bytes, unless the route sets another limit.
    static let longestBody = 64 << 10

    let request: Request
    /// The named segments of the path, still percent-encoded.
    let parameters: Parameters
    let visit: Visit
    /// The sender of the request, with their rights.
    var visitor = Visitor.anybody
    /// The rules by which it was admitted; nil if it was not checked.
    var gate: Gate?
    /// The accounts of the store; nil if there are none.
    var people: People? { gate?.people }
    var body: ByteBuffer = ByteBuffer()
    /// Reports when the client has gone; nil if that cannot be known.
    let presence: @Sendable () async -> ClientPresence?

    init(_ request: Request, _ context: WebContext) {
        self.request = request
        parameters = context.parameters
        visit = context.visit
        presence = context.presence
    }

    var headers: HTTPFields { request.headers }
    /// The base path of all pages, without a trailing slash.
    var base: String { visit.base }
    /// The address of the client, without a port.
    var peer: String { visit.client }

    /// `light` or `dark`, if the visitor has chosen.
    var theme: String? {
        let theme = request.cookies["lapwing-theme"]?.value
        return theme == "light" || theme == "dark" ? theme : nil
    }

    /// Whether the client wants a page rather than text for programs.
    var wantsPage: Bool { (headers[.accept] ?? "").contains("text/html") }

    /// Runs work that may take long; it is cancelled once the client has gone.
    func whileClientWaits<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let presence = await presence() else { return try await work() }
        return try await presence.during(work)
    }

    /// Throws if the visitor does not see all domains; for actions that concern all of them.
    func mustSeeAll() throws {
        guard visitor.rights.tags != nil else { return }
        throw Site.Failure(
            .forbidden, "This is about all domains, but you may see only those with your tags. Name a domain.")
    }

    /// Returns the value of a named segment of the path.
    func part(_ name: String) -> String? { parameters.get(name)?.removingPercentEncoding }

    /// Decodes the query; unknown parameters are ignored.
    func query<Query: Decodable>(as type: Query.Type = Query.self) throws -> Query {
        do {
            return try URLEncodedFormDecoder().decode(Query.self, from: request.uri.query ?? "")
        } catch {
            throw Site.Failure(.badRequest, "The address has parameters that are not well formed.")
        }
    }

    /// Decodes the form in the body.
    func form<Form: Decodable>(as type: Form.Type = Form.self) throws -> Form {
        do {
            return try URLEncodedFormDecoder().decode(Form.self, from: String(buffer: body))
        } catch {
            throw Site.Failure(.badRequest, "The form is not well formed.")
        }
    }

    /// Returns the submitted list or file, with the field for tags.
    func handedIn() throws -> (list: String, file: (name: String, content: [UInt8])?, tags: String) {
        guard let type = headers[.contentType], type.lowercased().hasPrefix("multipart/form-data") else {
            let form: AddForm = try form()
            return (form.list ?? "", nil, form.tags ?? "")
        }
        guard let parts = Multipart(Array(body.readableBytesView), contentType: type)?.parts else {
            throw Site.Failure(.badRequest, "The form is not well formed.")
        }
        func text(_ name: String) -> String {
            parts.first { $0.name == name && $0.file == nil }.map { String(decoding: $0.content, as: UTF8.self) } ?? ""
        }
        // A browser sends an empty file if none was chosen.
        let file = parts.first { $0.name == "file" && $0.file != nil && !$0.content.isEmpty }
        return (text("list"), file.map { ($0.file ?? "file", $0.content) }, text("tags"))
    }

    /// Decodes the body as JSON. Anything else is an error of the client.
    func json<Body: Decodable>(as type: Body.Type = Body.self) throws -> Body {
        guard isJSON else { throw Site.Failure(.unsupportedMediaType, "A body of type application/json is required.") }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(body.readableBytesView))
        } catch {
            throw Site.Failure(.badRequest, "The body does not fit the description in openapi.json.")
        }
    }

    var isJSON: Bool { (headers[.contentType] ?? "").hasPrefix("application/json") }
}

/// The properties of a request that are known before it is routed: its origin, and this site's address for it.
struct Visit: Sendable {
    /// The supported methods; others are treated like a method that no route takes.
    static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .delete, .options, .trace, .connect, .patch,
    ]

    var base = ""
    /// The part of this site's address before ``base``: `https://monitor.example.org`.
    var origin = ""
    /// The client's address, without a port.
    var client = ""
    /// Whether ``client`` is taken from a proxy's header, in which case the connection is shared by many clients.
    var isForwarded = false
    /// The user as named by a trusted proxy.
    var person: ForwardedPerson?
    /// The decoded segments of the path below the base.
    var segments: [String] = []
    var method = HTTPRequest.Method.get

    /// - Returns: nil if the path is not well-formed.
    init?(_ request: Request, base: String, client: String) {
        let target = request.head.path ?? "/"
        var path = String(target.prefix { $0 != "?" })
        if !base.isEmpty, path == base || path.hasPrefix(base + "/") { path = String(path.dropFirst(base.count)) }
        guard path.isEmpty || path.hasPrefix("/") else { return nil }
        let raw = path.split(separator: "/", omittingEmptySubsequences: true)
        segments = raw.compactMap { $0.removingPercentEncoding }
        guard segments.count == raw.count else { return nil }
        self.base = base
        self.client = client
        method = request.method
    }

    init() {}

    /// Returns the request for the router: with the path below the base, and a canonical encoding of each segment.
    func routed(_ request: Request) -> Request {
        var head = request.head
        let query = (head.path ?? "").drop { $0 != "?" }
        head.path = "/" + segments.map(Escape.path).joined(separator: "/") + query
        if !Self.methods.contains(method) { head.method = .trace }
        return Request(head: head, body: request.body)
    }
}
