package import DNSWire
package import LapwingCore
import Yams

/// Reads what people ask for when they add a domain at run time; what they do not say comes from the file's defaults.
package struct AddedDomainReader: Sendable {
    private let defaults: DomainDefaults
    private let asciiName: @Sendable (String) -> String?
    private let isSuffix: @Sendable (Name) -> Bool

    init(defaults: DomainDefaults, surroundings: SettingsReader.Surroundings) {
        self.defaults = defaults
        asciiName = surroundings.asciiName
        isSuffix = surroundings.isSuffix
    }

    /// Where the defaults of the file say that records are declared.
    package var declaration: Declaration? { defaults.declaration }

    /// The watch of a domain.
    ///
    /// - Parameter options: a JSON object with the keys of an entry under `domains`, without `name` and `file`.
    /// - Throws: every mistake in the options.
    package func watch(_ domain: Name, options: String) throws(ConfigFaults) -> Watch {
        let faults = FaultList(file: "options")
        // Nothing of the process's surroundings is within reach of those who may only name domains.
        let surroundings = SettingsReader.Surroundings(
            environment: [:], contents: { _ in nil }, asciiName: asciiName, isSuffix: isSuffix)
        var watch: Watch?
        // Nothing is said of most, and there may be a hundred thousand of them.
        let isPlain = options == "{}"
        if let node = isPlain ? Node([(Node, Node)]()) : YAMLDocument.compose(options, faults: faults) {
            let value = ValueReader(node: node, path: "", faults: faults, variables: Variables(environment: [:]))
            watch = DomainReader(surroundings: surroundings).added(domain, value, defaults: defaults)
        }
        guard faults.faults.isEmpty, let watch else { throw ConfigFaults(faults: faults.inOrder) }
        return watch
    }
}
