import DNSWire
import FuzzDriver
import FuzzStore
import LapwingCore
import LapwingEngine
import LapwingSimulation
import LapwingStore
import LapwingWeb
import Logging
import Synchronization

/// A listener without a socket over a filled store; what people ask for is done, so it is made anew now and then.
struct Subject {
    let server: WebServer

    init() throws {
        let filled = try FilledStore()
        let (store, now) = (filled.store, FilledStore.epoch)
        let watches = filled.world.watches
            .sorted { $0.domain < $1.domain }.map {
                WatchedDomain(watch: $0, isFromFile: $0.domain != filled.watch.domain)
            }
        let status = EngineStatus()
        try status.restore(from: store, watches: watches.map(\.watch))
        let clock = EngineClock(now: { now }, elapsed: { 0 }, sleep: { _ in })
        var sources = WebSources(
            store: store, status: status, clock: clock, watches: { watches }, mostSeries: { 1000 }, version: "fuzz")
        sources.seal = LinkSeal { _ in [UInt8](repeating: 7, count: 32) }
        sources.addMany = { entries, _ in
            for entry in entries where entry.options.count > 1 << 20 { throw WatchFault.unfit("too long") }
        }
        sources.add = { _, options, _ in if options.count > 1 << 20 { throw WatchFault.unfit("too long") } }
        sources.remove = { _, _ in throw WatchFault.fromFile }
        let configuration = WebConfiguration(host: "localhost", port: 0, isLoopback: true)
        let log = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        let access = AccessControl(try Access(configuration, people: People(store, now: { now })), log: log)
        server = WebServer(configuration: configuration, access: access, sources: sources, log: log)
    }
}

let subject = Mutex<(subject: Subject?, uses: Int)>((nil, 0))
/// Requests after which the store is made anew.
let most = 5000

/// The words of the request: `METHOD TARGET`, headers, an empty line, and the body.
func request(_ bytes: [UInt8]) -> PlainRequest {
    var lines = bytes.split(separator: 10, maxSplits: 20, omittingEmptySubsequences: false)[...]
    let first = String(decoding: lines.removeFirst(), as: UTF8.self)
    let words = first.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    var request = PlainRequest(String(words[0]), words.count > 1 ? String(words[1]) : "/")
    request.headers = [("Authorization", "Bearer \(FilledStore.token)")]
    while let line = lines.popFirst(), !line.isEmpty {
        let text = String(decoding: line, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { continue }
        let (name, value) = (String(text[..<colon]), String(text[text.index(after: colon)...].drop { $0 == " " }))
        if name.lowercased() == "host" { request.host = value } else { request.headers.append((name, value)) }
    }
    request.body = Array(lines.joined(separator: [10]))
    return request
}

let form = "Content-Type: application/x-www-form-urlencoded"
let json = "Content-Type: application/json"
let own = "Origin: http://localhost"
let incident = "\(FilledStore.domain)-900"

// Every route, with something that it takes; then any bytes in its place. Nothing is the listener's own fault, and no answer
// is without a status.
var seeds = WebServer.routes.map { route in
    let path = route.path.replacing(":name", with: FilledStore.domain).replacing(":id", with: incident)
    return "\(route.method) \(path)\n\n"
}
seeds += [
    "GET /?q=theatre&tag=north&status=healthy&sort=name&page=2\nAccept: text/html\n\n",
    "GET /incidents?state=open&severity=critical&class=records-lost&domain=\(FilledStore.domain)&before=1\n\n",
    "GET /api/v1/domains?limit=10&after=a&status=failing&tag=x\n\n",
    "GET /api/v1/incidents?status=open&limit=5&after=9\n\n", "GET /api/v1/journal?after=1&limit=3&person=anna\n\n",
    "GET /metrics?name[]=lapwing_up\nAccept: application/openmetrics-text; version=1.0.0; q=0.5\n\n",
    "GET /api/v1/report?domain=\(FilledStore.domain)&from=2026-09-01&to=2026-09-30&format=csv\n\n",
    "POST /incidents/\(incident)/accept\n\(form)\n\(own)\n\nsure=yes&hours=2",
    "POST /api/v1/silences\n\(json)\n\n{\"domain\":\"\(FilledStore.domain)\",\"to\":\"2026-12-01T00:00:00Z\",\"class\":\"records-lost\"}",
    "POST /api/v1/maintenance\n\(json)\n\n{\"domain\":\"\(FilledStore.domain)\",\"rule\":\"FREQ=WEEKLY;BYDAY=SU\",\"to\":\"2026-12-01T00:00:00Z\"}",
    "POST /api/v1/domains\n\(json)\n\n{\"name\":\"new.test\",\"options\":{\"tags\":[\"a\"]}}",
    "POST /add\n\(form)\n\(own)\n\nlist=a.test%0Ab.test&tags=x",
    "POST /add\nContent-Type: multipart/form-data; boundary=b\n\(own)\n\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na.test\r\n--b--\r\n",
    "GET /\nX-Forwarded-For: 192.0.2.1, ::1\nX-Forwarded-Prefix: /a\nX-Forwarded-Proto: https\nCookie: lapwing-theme=dark; lapwing-session=00\n\n",
]
fuzz(seeds: seeds.map { Array($0.utf8) }) { bytes async in
    let request = request(bytes)
    // Streams have no end, and to log in takes as long as a password's hash is to take.
    if request.target.contains("events") || request.target.contains("stream") || request.target.contains("login") {
        return
    }
    let server = subject.withLock { state in
        state.uses += 1
        if state.uses > most || state.subject == nil { state = (try? Subject(), 0) }
        return state.subject?.server
    }
    guard let server else { preconditionFailure("no listener") }
    let answer = await server.answer(to: request)
    precondition((200..<600).contains(answer.status) && answer.status != 500, "\(answer)")
}
