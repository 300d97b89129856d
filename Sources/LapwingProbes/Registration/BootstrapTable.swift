import Synchronization

/// The bootstrap table in use, with its age.
final class BootstrapTable: Sendable {
    /// Registries change servers a few times a year.
    static let lifetime = Duration.seconds(7 * 86_400)
    static let pauseAfterFailure = Duration.seconds(86_400)

    private struct State {
        /// Nil for the built-in table, which is parsed when it is first needed.
        var table: RDAPBootstrap?
        /// When a newer table is due; nil for the operator's own table.
        var nextRefresh: ContinuousClock.Instant?
    }

    private let state: Mutex<State>

    /// A built-in table counts as outdated from the start.
    init(_ table: RDAPBootstrap?, isRefreshed: Bool) {
        state = Mutex(State(table: table, nextRefresh: isRefreshed ? .now : nil))
    }

    var current: RDAPBootstrap { state.withLock(\.table) ?? .builtIn }

    /// Whether the caller must fetch a newer table; true for one caller only.
    func takesRefresh() -> Bool {
        state.withLock { state in
            guard let next = state.nextRefresh, next <= .now else { return false }
            state.nextRefresh = .now + Self.pauseAfterFailure
            return true
        }
    }

    /// Replaces the table by a fetched file; one that is broken or much smaller changes nothing.
    func replace(by file: [UInt8]) {
        guard let newer = RDAPBootstrap(file: file) else { return }
        state.withLock { state in
            guard let table = (state.table ?? .builtIn).refreshed(by: newer) else { return }
            state = State(table: table, nextRefresh: .now + Self.lifetime)
        }
    }
}
