import LapwingConfig
import LapwingCore
import Testing

@Suite("Configuration in several files")
struct SeveralFilesTests {
    private static func read(_ files: [(String, String)]) throws(ConfigFaults) -> Settings {
        let surroundings = SettingsReader.Surroundings(environment: [:], contents: { _ in nil })
        return try SettingsReader(surroundings).readAll(files.map { SettingsReader.File($0.0, $0.1) }).settings
    }

    private static func faults(_ files: [(String, String)]) -> [String] {
        do throws(ConfigFaults) {
            _ = try read(files)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("lists and names go on from file to file")
    func goOn() throws {
        let settings = try Self.read([
            ("lapwing.yml", "domains: [a.example]\nchannels: {one: {log: {}}}\nroutes: [{to: [two]}]\n"),
            ("conf.d/1.yml", "domains: [b.example]\nchannels: {two: {log: {}}}\nroutes: [{to: [one]}]\n"),
            ("conf.d/2.yml", "# nothing\n"),
            ("conf.d/3.yml", "interval: 10m\ndomains: [c.example]\n"),
        ])
        #expect(settings.watches.map(\.domain.description) == ["a.example.", "b.example.", "c.example."])
        #expect(settings.watches.allSatisfy { $0.interval == 600 })
        #expect(settings.channels.map(\.name) == ["one", "two"])
        #expect(settings.routes.map(\.channels) == [["two"], ["one"]])
    }

    struct Wrong: Sendable {
        var second: String
        var fault: String
    }

    @Test(
        "a mistake has the place of its own file",
        arguments: [
            Wrong(
                second: "interval: 1m\n",
                fault: "2.yml:1:11: error: `interval` is already set in 1.yml; it may be set in one file only"),
            Wrong(
                second: "domains: [x.example, a.example]\n",
                fault: "2.yml:1:22: error: domains[1]: a.example. is listed twice"),
            Wrong(
                second: "channels: {one: {log: {}}}\n",
                fault: "2.yml:1:12: error: duplicate key `one` in channels: 1.yml has it too"),
            Wrong(
                second: "domain: [x.example]\n",
                fault: "2.yml:1:1: error: unknown key `domain`; did you mean `domains`?"),
            Wrong(second: "maintenance: 7\n", fault: "2.yml:1:14: error: maintenance: expected a list, found a text"),
        ])
    func mistakes(wrong: Wrong) {
        let first = "interval: 10m\ndomains: [a.example]\nchannels: {one: {log: {}}}\nmaintenance: []\n"
        #expect(Self.faults([("1.yml", first), ("2.yml", wrong.second)]) == [wrong.fault])
    }

    @Test(
        "a proxy",
        arguments: [
            ("{url: \"http://proxy.example:3128\", user: u, password: p}", nil),
            ("{url: \"http://[2001:db8::1]:3128/\", except: .corp.example}", nil),
            ("{url: \"https://proxy.example:3128\"}", "1.yml:1:14: error: proxy.url: expected http://host:port"),
            ("{url: \"http://u:p@proxy.example:3128\"}", "1.yml:1:14: error: proxy.url: expected http://host:port"),
            ("{url: \"http://proxy.example\"}", "1.yml:1:14: error: proxy.url: expected http://host:port"),
            ("{user: u}", "1.yml:1:8: error: proxy: key `url` is missing"),
        ])
    func proxy(value: String, fault: String?) throws {
        let faults = Self.faults([("1.yml", "proxy: \(value)\n")])
        #expect(faults.count == (fault == nil ? 0 : 1))
        #expect(fault == nil || faults.first?.hasPrefix(fault ?? "") == true)
    }

    @Test(
        "levels of the log",
        arguments: [
            ("info", LogTerms.Level.info, LogTerms.Level.info, nil),
            ("notice,engine=debug", .notice, .debug, nil),
            ("engine=warning, error", .error, .warning, nil),
            ("loud", .notice, .notice, "`loud` is no level"),
            ("motor=debug", .notice, .notice, "`motor` is none of daemon, engine"),
            ("a=b=c", .notice, .notice, "is no level"),
            ("", .notice, .notice, "is no level"),
        ] as [(String, LogTerms.Level, LogTerms.Level, String?)])
    func levels(text: String, level: LogTerms.Level, ofEngine: LogTerms.Level, fault: String?) throws {
        var terms = LogTerms()
        do throws(LogTerms.Fault) {
            try terms.take(levels: text)
            #expect(fault == nil)
        } catch {
            #expect(fault.map { "\(error)".contains($0) } == true)
        }
        #expect(terms.level == level && terms.level(of: .engine) == ofEngine)
        #expect(terms.lowest == min(level, ofEngine))
    }
}
