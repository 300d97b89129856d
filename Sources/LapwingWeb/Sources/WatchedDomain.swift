package import DNSWire
package import LapwingCore
package import LapwingImport
package import LapwingStore

/// A watched domain, and whether the configuration file names it (in which case only the file can remove it).
package struct WatchedDomain: Sendable {
    /// The domain with its options.
    package var watch: Watch
    /// Whether the configuration file names it.
    package var isFromFile: Bool
    /// The options that were given when it was added at run time, a JSON object; nil for a domain of the configuration
    /// file.
    package var options: String?

    package init(watch: Watch, isFromFile: Bool, options: String? = nil) {
        self.watch = watch
        self.isFromFile = isFromFile
        self.options = options
    }
}
