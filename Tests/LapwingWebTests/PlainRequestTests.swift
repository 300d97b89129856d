import DNSWire
import LapwingCore
import LapwingStore
import LapwingWeb
import Logging
import Testing

@Suite("Requests that come by no connection")
struct PlainRequestTests {
    private static func server() throws -> WebServer {
        let store = try Store()
        let now = Timestamp(seconds: 1_780_000_000)
        let sources = WebSources(
            store: store, figures: { LiveFigures() },
            watches: { [WatchedDomain(watch: Watch(domain: .root, sets: []), isFromFile: true)] },
            glances: { names in (names.map { _ in nil }, 0) }, changedGlances: { _ in ([], 0) }, domain: { _ in nil },
            now: { now }, version: "1")
        let configuration = WebConfiguration(host: "127.0.0.1", port: 0, isLoopback: true)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let access = AccessControl(try Access(configuration, people: People(store, now: { now })), log: log)
        return WebServer(configuration: configuration, access: access, sources: sources, log: log)
    }

    @Test("are answered as those that come by one")
    func answers() async throws {
        let server = try Self.server()
        #expect(await server.answer(to: PlainRequest("GET", "/-/healthy")).status == 200)
        #expect(await server.answer(to: PlainRequest("BREW", "/findings")).status == 405)
        #expect(await server.answer(to: PlainRequest("GET", "no path")).status == 400)
        var stranger = PlainRequest("GET", "/findings")
        stranger.host = "elsewhere.example"
        #expect(await server.answer(to: stranger).status == 421)
        var foreign = PlainRequest("POST", "/theme")
        foreign.headers = [("Origin", "https://elsewhere.example")]
        #expect(await server.answer(to: foreign).status == 403)
        var large = PlainRequest("POST", "/theme")
        large.body = [UInt8](repeating: 0x61, count: 70_000)
        #expect(await server.answer(to: large).status == 413)
        var theme = PlainRequest("POST", "/theme")
        theme.body = Array("theme=dark".utf8)
        #expect(await server.answer(to: theme).location == "/")
        var token = PlainRequest("GET", "/findings")
        token.headers = [("Authorization", "Bearer lapwing_unknown")]
        #expect(await server.answer(to: token).status == 401)
    }
}
