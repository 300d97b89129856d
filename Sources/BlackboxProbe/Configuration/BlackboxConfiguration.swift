internal import Yams

/// A `blackbox.yml` file: its modules by name.
package struct BlackboxConfiguration: Sendable {
    /// By name; empty for a file without modules.
    package var modules: [String: ProbeModule]

    package init(modules: [String: ProbeModule] = [:]) { self.modules = modules }

    /// The largest accepted file, in bytes.
    package static let largestFile = 8 << 20

    /// Parses the first document of a file; throws all faults together.
    package init(yaml: String) throws(ConfigurationError) {
        guard yaml.utf8.count <= Self.largestFile else {
            throw ConfigurationError(faults: [.init(line: 0, text: "file is larger than \(Self.largestFile) bytes")])
        }
        // Go's parser supports only YAML 1.1, and refuses a file that declares another version.
        if yaml.hasPrefix("%YAML "), !yaml.hasPrefix("%YAML 1.1\n"), !yaml.hasPrefix("%YAML 1.1\r") {
            throw ConfigurationError(faults: [.init(line: 1, text: "found incompatible YAML document")])
        }
        let root: Node?
        do {
            root = try Parser(yaml: yaml).nextRoot()
        } catch {
            throw ConfigurationError(faults: [Self.fault(of: error)])
        }
        guard let root else { throw ConfigurationError(faults: [.init(line: 0, text: "EOF")]) }
        var reader = ShapeReader()
        let tree = reader.value(of: root, shape: .file)
        var faults = reader.faults
        var modules: [String: ProbeModule] = [:]
        if case .section(let entries)? = tree?["modules"] {
            for entry in entries {
                do throws(ConfigurationFault) {
                    modules[entry.key] = try ProbeModule(name: entry.key, tree: entry.value)
                } catch {
                    faults.append(error)
                }
            }
        }
        guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
        self.modules = modules
    }

    private static func fault(of error: any Error) -> ConfigurationFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ConfigurationFault(line: mark.line, text: problem)
        case .duplicatedKeysInMapping(let keys, let context):
            ConfigurationFault(
                line: context.mark.line,
                text: "mapping key \"\(keys.first ?? "")\" already defined")
        case let other?: ConfigurationFault(line: 0, text: "\(other)")
        case nil: ConfigurationFault(line: 0, text: "\(error)")
        }
    }
}
