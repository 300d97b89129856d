import ServiceLifecycle

/// Reads the sources of declared records again when they have changed.
struct SourceFollower: Service {
    /// Between two looks, as with ``ConfigurationFollower``.
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
                // A change counts when it has not gone on since the look before.
                if now != sources.mark, now == last { await reload.readSources() }
                last = now
            }
        }
    }
}
