/// A `tls_config` section: keys and names for TLS connections to the server.
package struct ProbeTLSSettings: Hashable, Sendable {
    /// A version in the file's notation.
    package enum Version: String, Hashable, Sendable {
        case tls10 = "TLS10"
        case tls11 = "TLS11"
        case tls12 = "TLS12"
        case tls13 = "TLS13"
    }

    /// The trusted certificates; nil for the system's.
    package var authority: Material?
    /// The client's own certificate; nil for none.
    package var certificate: Material?
    /// The key of that certificate; nil for none.
    package var key: Material?
    /// The name to send and to verify; empty for the target's host.
    package var serverName = ""
    /// `insecure_skip_verify`: the server's certificate is not verified.
    package var skipsVerification = false
    /// The lowest version; nil for the library's default.
    package var lowest: Version?
    /// The highest version; nil for the library's default.
    package var highest: Version?

    /// A PEM text, or a file with one, relative to the working directory.
    package enum Material: Hashable, Sendable {
        case text(String)
        case file(String)
        case reference(String)
    }

    package init() {}

    init(_ tree: ConfigurationValue) throws(ConfigurationFault) {
        authority = try Self.material(tree, "ca")
        certificate = try Self.material(tree, "cert")
        key = try Self.material(tree, "key")
        if (certificate == nil) != (key == nil) {
            let (given, missing) = key == nil ? ("cert", "key") : ("key", "cert")
            throw ConfigurationFault(
                line: 0, text: "exactly one of \(missing) or \(missing)_file must be configured when a \(given) is")
        }
        serverName = tree["server_name"]?.text ?? ""
        skipsVerification = tree["insecure_skip_verify"]?.flag ?? false
        lowest = try Self.version(tree["min_version"]?.text)
        highest = try Self.version(tree["max_version"]?.text)
    }

    private static func material(
        _ tree: ConfigurationValue, _ key: String
    ) throws(ConfigurationFault) -> Material? {
        let kinds: [(String, @Sendable (String) -> Material)] = [
            (key, Material.text), (key + "_file", Material.file), (key + "_ref", Material.reference),
        ]
        var given: [Material] = []
        for (key, make) in kinds {
            if let text = tree[key]?.text, !text.isEmpty { given.append(make(text)) }
        }
        guard given.count < 2 else {
            throw ConfigurationFault(line: 0, text: "at most one of \(key) and \(key)_file must be configured")
        }
        return given.first
    }

    private static func version(_ text: String?) throws(ConfigurationFault) -> Version? {
        guard let text, !text.isEmpty else { return nil }
        guard let version = Version(rawValue: text) else {
            throw ConfigurationFault(line: 0, text: "unknown TLS version: \(text)")
        }
        return version
    }
}
