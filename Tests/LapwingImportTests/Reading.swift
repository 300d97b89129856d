import DNSWire
import LapwingConfig
import LapwingCore
import LapwingImport

/// Reads inputs as the command does, with a list of two public suffixes.
enum Reading {
    static let suffixes: Set<String> = ["com.", "org.", "example.", "uk.", "co.uk.", "arpa.", "net."]

    static let rules = DomainGathering.Rules(
        names: EnteredName(ascii: { $0 }, isSuffix: { suffixes.contains($0.folded.description) }),
        registered: { name in
            guard name.labelCount >= 2 else { return nil }
            for labels in 2...name.labelCount {
                let candidate = name.suffix(labels: labels)
                if !suffixes.contains(candidate.folded.description),
                    let parent = candidate.parent, suffixes.contains(parent.folded.description)
                {
                    return candidate
                }
            }
            return nil
        })

    static func read(
        _ text: String, name: String = "input", format: ImportFormat? = nil, dates: DateOrder? = nil
    ) throws(ImportFault) -> ImportReading.Result {
        try read([UInt8](text.utf8), name: name, format: format, dates: dates)
    }

    static func read(
        _ bytes: [UInt8], name: String = "input", format: ImportFormat? = nil, dates: DateOrder? = nil
    ) throws(ImportFault) -> ImportReading.Result {
        try ImportReading(rules, format: format, dates: dates).read(
            ImportInput(name: name, files: [.init(name, bytes)]))
    }

    static func folder(_ files: [(String, String)]) throws(ImportFault) -> ImportReading.Result {
        try ImportReading(rules).read(
            ImportInput(
                name: "dns", files: files.map { .init("dns/" + $0.0, [UInt8]($0.1.utf8)) }, isFolder: true))
    }

    /// `example.com. {…}` for each domain.
    static func lines(_ result: ImportReading.Result) -> [String] {
        result.domains.map { "\($0.name) \($0.options.json)" }
    }

    static func fault(_ text: String, name: String = "input", format: ImportFormat? = nil) -> String {
        do throws(ImportFault) {
            return "read as \(try read(text, name: name, format: format).format)"
        } catch {
            return "\(error)"
        }
    }

    static let reader: AddedDomainReader? = try? SettingsReader(
        SettingsReader.Surroundings(
            environment: [:], contents: { _ in nil }, isSuffix: { suffixes.contains($0.folded.description) })
    ).readAll("domains: []", file: "f").added
}
