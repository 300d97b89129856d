import DNSWire
import FuzzDriver
import LapwingConfig
import LapwingCore

/// What a variable stands for; no fault may repeat it.
let secret = "correct-horse-battery"
let surroundings = SettingsReader.Surroundings(
    environment: ["SECRET": secret, "EMPTY": "", "PORT": "9053"],
    contents: { path in path.hasSuffix("list") ? "example.com\nexample.org\n" : nil },
    isSuffix: { $0.labelCount < 2 })

// Any text as `lapwing.yml`, or as several files with a zero byte between them: every mistake has its place and gives away
// nothing, and what is taken is taken alike each time.
let texts = [ExampleConfiguration.text, StarterConfiguration(domains: ["example.com"], interval: "5m").text]
fuzz(seeds: texts.map { Array($0.utf8) }) { [surroundings, secret] bytes in
    let texts = bytes.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let files = texts.enumerated().map {
        SettingsReader.File("\($0.offset).yml", String(decoding: $0.element, as: UTF8.self))
    }
    let reader = SettingsReader(surroundings)
    do throws(ConfigFaults) {
        let (settings, added) = try reader.readAll(files)
        precondition(Set(settings.watches.map(\.domain)).count == settings.watches.count)
        precondition(settings.watches.allSatisfy { $0.interval >= 10 })
        _ = try? added.watch(.root, options: "{}")
        do throws(ConfigFaults) {
            let again = try reader.readAll(files).settings
            precondition(again.watches == settings.watches && again.channels == settings.channels)
        } catch {
            preconditionFailure("\(error)")
        }
    } catch {
        precondition(!error.faults.isEmpty)
        precondition(error.faults.allSatisfy { $0.line >= 1 && $0.column >= 1 })
        let isInInput = files.contains { $0.text.lowercased().contains(secret) }
        precondition(isInInput || !error.description.lowercased().contains(secret))
    }
}
