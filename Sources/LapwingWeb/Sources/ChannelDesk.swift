package import LapwingCore

/// The channels as they are configured, and a way to try one out.
package struct ChannelDesk: Sendable {
    /// A channel in short.
    package struct Line: Sendable {
        /// Its name in the configuration.
        package var name: String
        /// What it is, as the configuration calls it: `webhook`, `mail`.
        package var kind: String

        package init(name: String, kind: String) {
            self.name = name
            self.kind = kind
        }
    }

    /// In the order of the configuration.
    package var channels: @Sendable () -> [Line]
    /// Who is told what, as it is in force.
    package var routes: @Sendable () -> [Route] = { [] }
    /// Sends a test over a channel; nil when there is no such channel.
    package var test: @Sendable (_ name: String) async -> Receipt?

    package init(
        channels: @escaping @Sendable () -> [Line], test: @escaping @Sendable (_ name: String) async -> Receipt?
    ) {
        self.channels = channels
        self.test = test
    }
}
