import Foundation
import ServiceLifecycle

/// Reads the configuration again when its files have changed, where the configuration wants that.
struct ConfigurationFollower: Service {
    /// Between two looks. A change counts when it has not gone on since the look before: editors write in several steps.
    private static let pause = Duration.seconds(2)

    let source: SettingsFile.Source
    let reload: Reload
    let isWanted: @Sendable () -> Bool

    init(source: SettingsFile.Source, reload: Reload, isWanted: @escaping @Sendable () -> Bool) {
        self.source = source
        self.reload = reload
        self.isWanted = isWanted
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var taken = Mark(source)
            var last = taken
            while true {
                try await Task.sleep(for: Self.pause)
                let now = Mark(source)
                if now != taken, now == last {
                    taken = now
                    if isWanted() { _ = await reload() }
                }
                last = now
            }
        }
    }

    /// What the files look like from outside.
    private struct Mark: Equatable {
        private static let keys: [FileAttributeKey] = [.modificationDate, .size, .systemFileNumber]

        private var files: [String: [String]] = [:]

        init(_ source: SettingsFile.Source) {
            for path in SettingsFile.paths(source.path) {
                let facts = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
                files[path] = Self.keys.map { key in facts[key].map { "\($0)" } ?? "" }
            }
        }
    }
}
