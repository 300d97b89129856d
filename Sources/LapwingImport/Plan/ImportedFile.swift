package import DNSWire

/// The file in `conf.d` with the domains of one import source.
package struct ImportedFile: Sendable {
    /// A description of the source.
    package var source: String
    /// The domains with the keys of their entries, in the order in which they are written.
    package var entries: [(name: Name, options: DomainOptions)]

    package init(source: String, entries: [(name: Name, options: DomainOptions)]) {
        self.source = source
        self.entries = entries
    }

    /// Computes the content of the file after a plan.
    ///
    /// - Parameters:
    ///   - here: the present content.
    ///   - prunes: whether domains that are gone from the source are removed.
    package init(
        source: String, plan: ImportPlan, here: [Name: DomainOptions], prunes: Bool
    ) {
        var options = here
        for entry in plan.entries {
            switch entry.standing {
            case .new, .changed: options[entry.name] = entry.options
            case .gone: if prunes { options[entry.name] = nil }
            case .unchanged, .elsewhere: break
            }
        }
        self.init(source: source, entries: options.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// Returns the name of the file for the ``ImportInput/label`` of an input.
    package static func name(of label: String) -> String { "imported-\(label).yml" }

    /// YAML that the configuration's reader accepts.
    package var text: String {
        var text = "# Written by `lapwing import` from \(source).\n"
        text += "# Importing it again brings this up to date; keys that are added by hand stay.\n"
        return text + DomainsText.yaml(entries)
    }
}

/// Domains in the notation of `domains` in lapwing.yml.
package enum DomainsText {
    /// Returns the whole list `domains`, empty brackets if there are none.
    package static func yaml(_ entries: [(name: Name, options: DomainOptions)]) -> String {
        guard !entries.isEmpty else { return "domains: []\n" }
        var text = "domains:\n"
        for entry in entries { text += yaml(entry.name, entry.options) }
        return text
    }

    /// Returns one member of the list, indented by two spaces.
    package static func yaml(_ name: Name, _ options: DomainOptions) -> String {
        let name = plain(name)
        guard !options.isEmpty else { return "  - \(scalar(name))\n" }
        var text = "  - name: \(scalar(name))\n"
        for member in options.members {
            guard let members = member.value.members, !members.isEmpty else {
                text += "    \(scalar(member.key)): \(value(member.value))\n"
                continue
            }
            text += "    \(scalar(member.key)):\n"
            for inner in members {
                let shown = value(inner.value)
                text += "      \(scalar(inner.key)):\(shown.isEmpty ? "" : " " + shown)\n"
            }
        }
        return text
    }

    /// Returns the name without the trailing dot.
    package static func plain(_ name: Name) -> String {
        let text = name.description
        return text.count > 1 && text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func value(_ value: DocumentValue) -> String {
        switch value.content {
        case .null: ""
        case .scalar(let text): scalar(text)
        case .list(let members) where members.allSatisfy({ $0.text != nil }):
            "[" + members.map { scalar($0.text ?? "") }.joined(separator: ", ") + "]"
        case .list, .mapping: value.json
        }
    }

    private static let words: Set<String> = ["null", "yes", "no", "on", "off", "y", "n"]

    /// Returns a text unquoted if YAML reads it as the same text, in quotes otherwise.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.utf8.count < 200 && !text.isEmpty && !words.contains(text.lowercased()) && text.first != "-"
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._/".contains($0)) }
        return isPlain ? text : DocumentValue.quoted(text)
    }
}
