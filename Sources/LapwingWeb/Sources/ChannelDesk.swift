package import LapwingCore

/// The configured channels, and a way to test them.
package struct ChannelDesk: Sendable {
    /// A summary of a channel.
    package struct Line: Sendable {
        /// The name in the configuration.
        package var name: String
        /// The type in the configuration: `webhook`, `mail`.
        package var kind: String

        package init(name: String, kind: String) {
            self.name = name
            self.kind = kind
        }
    }

    /// In the order of the configuration.
    package var channels: @Sendable () -> [Line]
    /// The routes in force.
    package var routes: @Sendable () -> [Route] = { [] }
    /// Sends a test over a channel; nil if there is no such channel.
    package var test: @Sendable (_ name: String) async -> Receipt?

    package init(
        channels: @escaping @Sendable () -> [Line], test: @escaping @Sendable (_ name: String) async -> Receipt?
    ) {
        self.channels = channels
        self.test = test
    }
}
