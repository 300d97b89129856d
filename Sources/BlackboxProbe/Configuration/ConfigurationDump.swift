/// Prints modules in the format of Go's yaml v3: `/config` with four spaces per level, the debug page with two.
package enum ConfigurationDump {
    /// Returns the whole file, with defaults filled in and secrets hidden, for `/config`.
    package static func text(_ configuration: BlackboxConfiguration) -> String {
        var printer = Printer(step: 4, indentsLists: true)
        if configuration.modules.isEmpty { return "modules: {}\n" }
        printer.output = "modules:\n"
        for (name, module) in configuration.modules.sorted(by: { NaturalOrder.precedes($0.key, $1.key) }) {
            printer.output += "    " + ScalarText.text(name, indentation: 4) + ":\n"
            printer.section(shown(module), depth: 2)
        }
        return printer.output
    }

    /// Returns one module for the debug page.
    package static func text(_ module: ProbeModule) -> String {
        var printer = Printer(step: 2, indentsLists: false)
        printer.section(shown(module), depth: 0)
        return printer.output
    }

    /// Returns the module's section with the defaults of all probers; values that are false, zero or empty are omitted.
    private static func shown(_ module: ProbeModule) -> [ConfigurationValue.Entry] {
        guard case .section(let given) = module.tree, case .section(_, let fields) = Shape.module else { return [] }
        return fields.compactMap { field in
            if let entry = given.first(where: { $0.key == field.key }) { return entry }
            guard Shape.alwaysShown.contains(field.key) else { return nil }
            return .init(key: field.key, value: field.shape.zero, isGiven: false)
        }
    }

    private struct Printer {
        var output = ""
        let step: Int
        let indentsLists: Bool

        mutating func section(_ entries: [ConfigurationValue.Entry], depth: Int) {
            for entry in entries where !entry.value.isEmpty || isAlwaysShown(entry) {
                output += String(repeating: " ", count: depth * step) + ScalarText.text(entry.key, indentation: 0) + ":"
                value(entry.value, key: entry.key, depth: depth)
            }
        }

        /// `insecure_skip_verify` is the only key that Go prints even if it is false.
        private func isAlwaysShown(_ entry: ConfigurationValue.Entry) -> Bool {
            entry.key == "insecure_skip_verify"
        }

        private mutating func value(_ value: ConfigurationValue, key: String, depth: Int) {
            switch value {
            case .section(let entries):
                output += "\n"
                section(prepared(entries, of: key), depth: depth + 1)
            case .list(let items):
                output += "\n"
                for item in items { self.item(item, column: depth * step + (indentsLists ? step : 0)) }
            default: output += " " + scalar(value, indentation: (depth + 1) * step) + "\n"
            }
        }

        private mutating func item(_ item: ConfigurationValue, column: Int) {
            let margin = String(repeating: " ", count: column) + "- "
            guard case .section(let entries) = item else {
                output += margin + scalar(item, indentation: column + 2) + "\n"
                return
            }
            if entries.allSatisfy(\.value.isEmpty) { output += margin + "{}\n" }
            for (index, entry) in entries.filter({ !$0.value.isEmpty }).enumerated() {
                let lead = index == 0 ? margin : String(repeating: " ", count: column + 2)
                output += lead + entry.key + ": " + scalar(entry.value, indentation: column + 4) + "\n"
            }
        }

        private func prepared(_ entries: [ConfigurationValue.Entry], of key: String) -> [ConfigurationValue.Entry] {
            switch key {
            case "tls_config": withVerification(entries)
            case "headers": entries.map { Credentials.areNamed($0.key) ? Credentials.hidden($0) : $0 }
            default: entries
            }
        }

        private func withVerification(_ entries: [ConfigurationValue.Entry]) -> [ConfigurationValue.Entry] {
            if entries.contains(where: { $0.key == "insecure_skip_verify" }) { return entries }
            var entries = entries
            let place = entries.firstIndex { $0.key == "min_version" || $0.key == "max_version" } ?? entries.count
            entries.insert(.init(key: "insecure_skip_verify", value: .flag(false), isGiven: false), at: place)
            return entries
        }

        private func scalar(_ value: ConfigurationValue, indentation: Int) -> String {
            switch value {
            case .text(let text): ScalarText.text(text, indentation: indentation)
            case .secret: "<secret>"
            case .flag(let flag): flag ? "true" : "false"
            case .integer(let number): String(number)
            case .duration(let duration): duration.description
            case .list, .section: "[]"
            }
        }
    }
}

/// Headers with credentials, which the exporter shows to every reader of `/config`.
private enum Credentials {
    private static let words = [
        "auth", "cookie", "credential", "key", "passw", "secret", "session", "signature", "token",
    ]

    static func areNamed(_ header: String) -> Bool {
        let name = header.lowercased()
        return words.contains { name.contains($0) }
    }

    static func hidden(_ entry: ConfigurationValue.Entry) -> ConfigurationValue.Entry {
        var entry = entry
        switch entry.value {
        case .text(let text): entry.value = .secret(text)
        case .list(let items): entry.value = .list(items.map { .secret($0.text ?? "") })
        default: break
        }
        return entry
    }
}
