package import DNSWire
package import LapwingCore
import Yams

/// Reads the options of domains that are added at run time; the file's defaults apply to all others.
package struct AddedDomainReader: Sendable {
    private let defaults: DomainDefaults
    private let asciiName: @Sendable (String) -> String?
    private let isSuffix: @Sendable (Name) -> Bool

    init(defaults: DomainDefaults, surroundings: SettingsReader.Surroundings) {
        self.defaults = defaults
        asciiName = surroundings.asciiName
        isSuffix = surroundings.isSuffix
    }

    /// The default sources of declared records; nil if there are none.
    package var declaration: Declaration? { defaults.declaration }

    /// Returns the watch of a domain.
    ///
    /// - Parameter options: a JSON object with the keys of an entry under `domains`, without `name` and `file`.
    /// - Throws: every fault in the options.
    package func watch(_ domain: Name, options: String) throws(ConfigFaults) -> Watch {
        let faults = FaultList(file: "options")
        // A user who adds domains must have no access to the process's environment and files.
        let surroundings = SettingsReader.Surroundings(
            environment: [:], contents: { _ in nil }, asciiName: asciiName, isSuffix: isSuffix)
        var watch: Watch?
        // Most have no options, and there may be a hundred thousand of them.
        let isPlain = options == "{}"
        if let node = isPlain ? Node([(Node, Node)]()) : YAMLDocument.compose(options, faults: faults) {
            let value = ValueReader(node: node, path: "", faults: faults, variables: Variables(environment: [:]))
            watch = DomainReader(surroundings: surroundings).added(domain, value, defaults: defaults)
        }
        guard faults.faults.isEmpty, let watch else { throw ConfigFaults(faults: faults.inOrder) }
        return watch
    }
}
