import ServiceLifecycle

/// Reads the sources of declared records again when they have changed.
struct SourceFollower: Service {
    /// Time between two checks, as in ``ConfigurationFollower``.
    private static let pause = Duration.seconds(2)

    let reload: Reload
    let sources: @Sendable () -> DeclaredSources

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var last = FileMark([])
            while true {
                try await Task.sleep(for: Self.pause)
                let sources = sources()
                let now = FileMark(within: sources.paths)
                // A change is applied once two checks find the same state.
                if now != sources.mark, now == last { await reload.readSources() }
                last = now
            }
        }
    }
}
