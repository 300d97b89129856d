import DNSWire
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LapwingCore
import LapwingStore
import LapwingWeb
import Logging
import NIOCore
import Synchronization
import Testing

@Suite("Routes")
struct RoutingTests {
    /// A server that knows one domain, for requests without a socket.
    private static func server(
        _ templates: Templates = .own, log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        domain: @escaping @Sendable (Name) -> LiveFigures.Domain? = { _ in nil }
    ) throws -> some ApplicationProtocol {
        let watched = WatchedDomain(watch: Watch(domain: try Name("a/b.example."), sets: []), isFromFile: true)
        let sources = WebSources(
            store: try Store(), figures: { LiveFigures() }, watches: { [watched] },
            glances: { names in (names.map { _ in nil }, 0) }, changedGlances: { _ in ([], 0) }, domain: domain,
            now: { Timestamp(seconds: 1_780_000_000) }, version: "1")
        let configuration = WebConfiguration(host: "127.0.0.1", port: 0, isLoopback: true)
        let access = AccessControl(try Access(configuration), log: log)
        return WebServer(
            configuration: configuration, access: access, sources: sources, log: log, templates: templates
        ).application
    }

    private static let methods: [HTTPRequest.Method] = [
        .get, .post, .put, .delete, .patch, HTTPRequest.Method("BREW") ?? .trace,
    ]
    private static let page: HTTPFields = [.accept: "text/html"]

    /// An address that fits a route's path.
    private static func address(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "x" : String($0) }.reduce("") { $0 + "/" + $1 }
    }

    @Test("each is found by its method, and no address is found by another one")
    func table() async throws {
        let taken = Dictionary(grouping: WebServer.routes, by: \.path)
        #expect(taken.count > 50)
        try await Self.server().test(.router) { client in
            for (path, routes) in taken {
                let address = path == "/" ? "/" : Self.address(path)
                for method in Self.methods {
                    let isTaken = routes.contains { $0.method == method || $0.takesAnyMethod }
                    // Streams have no end.
                    if isTaken, path == "/api/v1/events" { continue }
                    let response = try await client.execute(uri: address, method: method)
                    if isTaken {
                        let text = String(buffer: response.body)
                        // Whether a client exists is told to nobody: its pages are missing in the words of any other.
                        if !path.hasPrefix("/client/") {
                            #expect(!text.contains("There is no such page."), "\(method) \(path)")
                        }
                        #expect(!text.contains("This address does not take"), "\(method) \(path)")
                    } else {
                        #expect(response.status == .methodNotAllowed, "\(method) \(path): \(response.status)")
                        #expect(String(buffer: response.body).contains("does not take \(method.rawValue)"))
                    }
                }
            }
        }
    }

    static let addresses: [(address: String, status: HTTPResponse.Status, words: String)] = [
        ("/-/healthy", .ok, "Healthy"), ("//-//healthy/", .ok, "Healthy"), ("/%2d/h%65althy", .ok, "Healthy"),
        ("/nosuch", .notFound, "There is no such page."), ("/domains/x/y/z", .notFound, "There is no such page."),
        ("/api/v1/nosuch", .notFound, "\"detail\":\"There is no such page.\""),
        ("/api/v1/domains/a%2Fb.example", .ok, "a/b.example"), ("/api/v1/domains/a/b.example", .notFound, "page"),
        ("/%zz", .badRequest, "not well formed"), ("/domains/%ff", .badRequest, "not well formed"),
        ("/domains?q=%zz", .badRequest, "parameters"), ("/api/v1/domains?limit=0", .badRequest, "limit: 1 to 500."),
        ("/api/v1/domains?q=B.EX&unknown=1", .ok, "a/b.example"), ("/api/v1/domains?q=c+d", .ok, "\"domains\":[]"),
        ("/badge/a%2Fb.example.svg", .ok, "<svg"), ("/badge/a%2Fb.example", .notFound, "badge"),
    ]

    @Test("say what an address is, however it is written", arguments: addresses.indices)
    func address(number: Int) async throws {
        let expected = Self.addresses[number]
        try await Self.server().test(.router) { client in
            let response = try await client.execute(uri: expected.address, method: .get)
            #expect(response.status == expected.status, "\(expected.address)")
            #expect(String(buffer: response.body).contains(expected.words), "\(expected.address)")
        }
    }

    @Test("answer a head as the page, without its body")
    func head() async throws {
        try await Self.server().test(.router) { client in
            let head = try await client.execute(uri: "/findings", method: .head)
            let page = try await client.execute(uri: "/findings", method: .get)
            #expect(head.status == .ok && head.body.readableBytes == 0 && page.body.readableBytes > 1000)
            #expect(head.headers[.contentType] == page.headers[.contentType])
        }
    }

    @Test("read forms as they are declared")
    func forms() async throws {
        try await Self.server().test(.router) { client in
            func post(_ address: String, _ body: String) async throws -> TestResponse {
                try await client.execute(
                    uri: address, method: .post, headers: Self.page, body: ByteBuffer(string: body))
            }
            let listed = try await post("/add", "list=one.example%0Atwo+words.example&tags=a&unknown=1")
            #expect(listed.status == .ok && String(buffer: listed.body).contains("<li>one.example</li>"))
            #expect(try await post("/add", "list=%zz").status == .badRequest)
            #expect(try await post("/theme", "theme=dark").headers[.setCookie]?.contains("lapwing-theme=dark") == true)
            #expect(try await post("/domains", "name=c.example").status == .conflict, "nothing can be added here")
        }
    }

    @Test("offer to check a domain that is not watched, and say that it is not")
    func stranger() async throws {
        try await Self.server().test(.router) { client in
            let page = try await client.execute(uri: "/domains/Other.example", method: .get, headers: Self.page)
            let text = String(buffer: page.body)
            #expect(page.status == .notFound && text.contains("not watched"), "\(page.status)")
            #expect(text.contains("/check?name=other.example"))
            #expect(!text.contains("<button class=\"main\">Watch"), "nothing can be added here")
            let below = try await client.execute(uri: "/domains/www.a%2Fb.example", method: .get, headers: Self.page)
            #expect(below.status == .notFound)
            let plain = try await client.execute(uri: "/domains/other.example", method: .get)
            #expect(plain.status == .notFound && String(buffer: plain.body) == "There is no such domain.\n")
            let odd = try await client.execute(uri: "/domains/no%20name", method: .get, headers: Self.page)
            #expect(odd.status == .notFound && String(buffer: odd.body).contains("There is no such domain."))
        }
    }

    // MARK: Faults of ours

    @Test("a page whose template is missing says so and is logged")
    func fault() async throws {
        let told = Mutex<[String]>([])
        let log = Logger(label: "test") { _ in Recorder { line in told.withLock { $0.append(line) } } }
        var files = Assets.all
        files["board.mustache"] = "{{#rows}}"
        try await Self.server(Templates(files: files), log: log).test(.router) { client in
            let board = try await client.execute(uri: "/", method: .get, headers: Self.page)
            #expect(board.status == .internalServerError)
            #expect(String(buffer: board.body).contains("Something went wrong here; the log has more."))
            #expect(String(buffer: board.body).contains("</html>"), "the frame is sound")
            #expect(try await client.execute(uri: "/findings", method: .get).status == .ok)
        }
        #expect(told.withLock { $0 }.contains { $0.contains("board.mustache: line 1") })
        try await Self.server(Templates(files: [:])).test(.router) { client in
            let board = try await client.execute(uri: "/", method: .get, headers: Self.page)
            #expect(board.status == .internalServerError)
            #expect(board.headers[.contentType]?.hasPrefix("text/plain") == true)
            #expect(String(buffer: board.body) == "Something went wrong here; the log has more.\n")
        }
    }

    private struct Recorder: LogHandler {
        var note: @Sendable (String) -> Void
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(_ note: @escaping @Sendable (String) -> Void) { self.note = note }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { note("\(event.message) \(event.metadata ?? [:])") }
    }

    // MARK: The disk

    /// As many requests as there are threads that may wait, and more than the machine has cores, hang in the store.
    @Test("that wait for the disk hold up no other task", .timeLimit(.minutes(1)))
    func disk() async throws {
        let gate = Gate()
        let server = try Self.server(domain: { _ in
            gate.wait()
            return nil
        })
        try await server.test(.router) { client in
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await client.execute(uri: "/api/v1/domains/a%2Fb.example", method: .get).status
                    }
                }
                while gate.waiting < 6 { try await Task.sleep(for: .milliseconds(5)) }
                #expect(try await client.execute(uri: "/-/healthy", method: .get).status == .ok)
                gate.open()
                for try await status in group { #expect(status == .ok) }
            }
        }
    }

    /// Holds threads, as a read of a slow disk does.
    private final class Gate: Sendable {
        private let state = Mutex((waiting: 0, isOpen: false))

        var waiting: Int { state.withLock { $0.waiting } }

        func wait() {
            state.withLock { $0.waiting += 1 }
            while !state.withLock({ $0.isOpen }) { Thread.sleep(forTimeInterval: 0.005) }
        }

        func open() { state.withLock { $0.isOpen = true } }
    }
}
