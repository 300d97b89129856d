import LapwingConfig
import LapwingCore
import Testing

@Suite("Whether a daemon shares its store")
struct WorkersReaderTests {
    private static let server = "store: postgresql://l@db.example/l\n"

    static let cases: [(text: String, worker: String?)] = [
        (server, nil), (server + "workers: false\n", nil), (server + "workers: true\n", ""),
        (server + "workers: {name: fra-1.b_C}\n", "fra-1.b_C"), (server + "workers: {}\n", ""),
        ("workers: true\nstore: postgres://db/l\n", ""), ("workers: false\n", nil),
        (server + "workers: {name: \(String(repeating: "a", count: 63))}\n", String(repeating: "a", count: 63)),
    ]

    @Test("it does so where that is said", arguments: cases)
    func reads(_ text: String, _ worker: String?) throws {
        #expect(try SettingsReaderTests.read(text + "domains: [example.com]\n").worker == worker)
    }

    @Test(
        "the place from which it looks",
        arguments: [
            ("workers: true\n", ""), ("workers: {vantage: fra1}\n", "fra1"),
            ("workers: {name: fra1a, vantage: fra-1.b_C}\n", "fra-1.b_C"), ("", ""),
        ])
    func vantage(_ text: String, _ vantage: String) throws {
        #expect(try SettingsReaderTests.read(Self.server + text + "domains: [example.com]\n").vantage == vantage)
    }

    static let faulty: [(text: String, fault: String)] = [
        ("workers: true\n", "1:10: error: workers: only a store in PostgreSQL can be shared"),
        ("store: sqlite://x.db\nworkers: {name: a}\n", "2:10: error: workers: only a store in PostgreSQL"),
        (server + "workers: {name: a b}\n", "2:17: error: workers.name: `a b` is no name of a worker"),
        (server + "workers: {name: ''}\n", "2:17: error: workers.name: `` is no name of a worker"),
        (server + "workers: {name: b\u{fc}cher}\n", "is no name of a worker"),
        (server + "workers: {name: \(String(repeating: "a", count: 64))}\n", "is no name of a worker"),
        (server + "workers: {vantage: a b}\n", "2:20: error: workers.vantage: `a b` is no name of a place"),
        (
            "workers: {name: a, vantage: fra1}\n",
            "only a store in PostgreSQL can be shared, and only what is shared has a vantage"
        ),
        (server + "workers: {nam: a}\n", "did you mean `name`?"), (server + "workers: 3\n", "expected true or false"),
        (server + "workers: [a]\n", "expected"),
    ]

    @Test("what is wrong is told with its place", arguments: faulty)
    func faults(_ text: String, _ fault: String) {
        let faults = SettingsReaderTests.faults(text + "domains: [example.com]\n")
        #expect(faults.count == 1 && faults.first?.contains(fault) == true, "\(faults)")
    }
}
