import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import NIOCore

/// A request for one route, with all that its handler may ask for.
struct WebRequest: Sendable {
    /// A body beyond this is refused, in bytes, where a route does not say otherwise.
    static let longestBody = 64 << 10

    let request: Request
    /// The parts of the path that the route names, as they stand in the path.
    let parameters: Parameters
    let visit: Visit
    /// Who asks, and what he may do.
    var visitor = Visitor.anybody
    /// By which rules it came in; nil where nobody looked.
    var gate: Gate?
    /// Those whom the store knows; nil where nobody is.
    var people: People? { gate?.people }
    var body: ByteBuffer = ByteBuffer()
    /// Who waits for the answer; nil where nobody can tell.
    let presence: @Sendable () async -> ClientPresence?

    init(_ request: Request, _ context: WebContext) {
        self.request = request
        parameters = context.parameters
        visit = context.visit
        presence = context.presence
    }

    var headers: HTTPFields { request.headers }
    /// The path below which everything lies, without a slash at its end.
    var base: String { visit.base }
    /// Where the request comes from, without a port.
    var peer: String { visit.client }

    /// `light` or `dark`, where the visitor has chosen.
    var theme: String? {
        let theme = request.cookies["lapwing-theme"]?.value
        return theme == "light" || theme == "dark" ? theme : nil
    }

    /// Whether a page is wanted, and no text for programs.
    var wantsPage: Bool { (headers[.accept] ?? "").contains("text/html") }

    /// Runs work that may take long and is worth nothing once its client has gone.
    func whileClientWaits<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let presence = await presence() else { return try await work() }
        return try await presence.during(work)
    }

    /// Throws where somebody does not see all domains, for what is about all of them.
    func mustSeeAll() throws {
        guard visitor.rights.tags != nil else { return }
        throw Site.Failure(
            .forbidden, "This is about all domains; you may see those with a tag of yours. Name a domain.")
    }

    /// What the path has in the place of a name that the route gives it.
    func part(_ name: String) -> String? { parameters.get(name)?.removingPercentEncoding }

    /// What follows the `?`, as a value of a type: what it does not know is left out.
    func query<Query: Decodable>(as type: Query.Type = Query.self) throws -> Query {
        do {
            return try URLEncodedFormDecoder().decode(Query.self, from: request.uri.query ?? "")
        } catch {
            throw Site.Failure(.badRequest, "The address has parameters that are not well formed.")
        }
    }

    /// A form that was posted.
    func form<Form: Decodable>(as type: Form.Type = Form.self) throws -> Form {
        do {
            return try URLEncodedFormDecoder().decode(Form.self, from: String(buffer: body))
        } catch {
            throw Site.Failure(.badRequest, "The form is not well formed.")
        }
    }

    /// A list or a file that was handed in, with words for tags.
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
        // A browser sends an empty file where none was chosen.
        let file = parts.first { $0.name == "file" && $0.file != nil && !$0.content.isEmpty }
        return (text("list"), file.map { ($0.file ?? "file", $0.content) }, text("tags"))
    }

    /// The body as JSON; anything else is the asker's fault.
    func json<Body: Decodable>(as type: Body.Type = Body.self) throws -> Body {
        guard isJSON else { throw Site.Failure(.unsupportedMediaType, "A body of type application/json is wanted.") }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(body.readableBytesView))
        } catch {
            throw Site.Failure(.badRequest, "The body does not fit the description in openapi.json.")
        }
    }

    var isJSON: Bool { (headers[.contentType] ?? "").hasPrefix("application/json") }
}

/// What is known of a request before its route is: where it comes from, and where we are for it.
struct Visit: Sendable {
    /// The methods that everybody knows; another one is taken for one that no route takes.
    static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .delete, .options, .trace, .connect, .patch,
    ]

    var base = ""
    /// What comes before ``base`` in an address that leads here: `https://monitor.example.org`.
    var origin = ""
    /// Without a port.
    var client = ""
    /// Whether ``client`` is what a proxy says, and the other side of the connection speaks for many.
    var isForwarded = false
    /// Who it is from, by the word of a trusted proxy.
    var person: ForwardedPerson?
    /// The parts of the path below the base, decoded.
    var segments: [String] = []
    var method = HTTPRequest.Method.get

    /// - Returns: nil where the path is not well formed.
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

    /// The request as the router wants it: below the base, and with each part of its path written in one way.
    func routed(_ request: Request) -> Request {
        var head = request.head
        let query = (head.path ?? "").drop { $0 != "?" }
        head.path = "/" + segments.map(Escape.path).joined(separator: "/") + query
        if !Self.methods.contains(method) { head.method = .trace }
        return Request(head: head, body: request.body)
    }
}
