import LapwingConfig
import LapwingCore
import Testing

@Suite struct StarterConfigurationTests {
    private func read(_ starter: StarterConfiguration) throws -> Settings {
        try SettingsReader(SettingsReader.Surroundings(environment: [:], contents: { _ in nil }))
            .read(starter.text, file: "lapwing.yml")
    }

    @Test("what was named is what the reader finds, whatever characters it has")
    func named() throws {
        let urls = [
            "https://hooks.example/a?b=c&d=\"e\"#f", "https://hooks.example/${TOKEN}/$x\\y", "https://h.example/'%20:",
        ]
        let settings = try read(
            StarterConfiguration(
                domains: ["example.org", "0xn.example", "no", "1e3.test", "xn--bcher-kva.example"], interval: "90s",
                channels: urls.map { ("webhook", $0) } + [("slack", "https://hooks.slack.example/T/B/x")]))
        #expect(
            settings.watches.map { "\($0.domain)" }
                == ["example.org.", "0xn.example.", "no.", "1e3.test.", "xn--bcher-kva.example."])
        #expect(settings.watches.allSatisfy { $0.interval == 90 })
        let found = settings.channels.compactMap { if case .webhook(let url, _) = $0.kind { url } else { nil } }
        #expect(found == urls)
        #expect(settings.channels.map(\.name) == ["webhook", "webhook-2", "webhook-3", "slack"])
    }

    @Test("without anything it is a configuration too")
    func empty() throws {
        let settings = try read(StarterConfiguration(domains: []))
        #expect(settings.watches.isEmpty && settings.channels.isEmpty && settings.listen.port == 9053)
    }
}
