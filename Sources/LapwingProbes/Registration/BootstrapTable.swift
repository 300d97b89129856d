import Synchronization

/// The bootstrap table in use, which grows older.
final class BootstrapTable: Sendable {
    /// Registries change servers a few times a year.
    static let lifetime = Duration.seconds(7 * 86_400)
    static let pauseAfterFailure = Duration.seconds(86_400)

    private struct State {
        /// Nil for the one that came with the program, which is read when it is first needed.
        var table: RDAPBootstrap?
        /// When a newer table is wanted; nil for a table of the operator's own.
        var nextRefresh: ContinuousClock.Instant?
    }

    private let state: Mutex<State>

    /// A table that came with the program counts as old from the start.
    init(_ table: RDAPBootstrap?, isRefreshed: Bool) {
        state = Mutex(State(table: table, nextRefresh: isRefreshed ? .now : nil))
    }

    var current: RDAPBootstrap { state.withLock(\.table) ?? .builtIn }

    /// Whether the caller is to fetch a newer table; true for one caller only.
    func takesRefresh() -> Bool {
        state.withLock { state in
            guard let next = state.nextRefresh, next <= .now else { return false }
            state.nextRefresh = .now + Self.pauseAfterFailure
            return true
        }
    }

    /// Takes a file that was fetched; one that is broken or much smaller than the table changes nothing.
    func replace(by file: [UInt8]) {
        guard let newer = RDAPBootstrap(file: file) else { return }
        state.withLock { state in
            guard let table = (state.table ?? .builtIn).refreshed(by: newer) else { return }
            state = State(table: table, nextRefresh: .now + Self.lifetime)
        }
    }
}
