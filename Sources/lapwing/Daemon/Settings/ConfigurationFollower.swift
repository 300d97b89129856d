import Foundation
import LapwingCore
import ServiceLifecycle

/// Reloads the configuration when its files have changed, if the configuration enables that.
struct ConfigurationFollower: Service {
    /// Time between two checks. A change is applied once the files are the same in two checks, since editors write in
    /// several steps.
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
            var taken = FileMark(SettingsFile.paths(source.path))
            var last = taken
            while true {
                try await Task.sleep(for: Self.pause)
                let now = FileMark(SettingsFile.paths(source.path))
                if now != taken, now == last {
                    taken = now
                    if isWanted() { _ = await reload(by: Person("", from: "change of the files")) }
                }
                last = now
            }
        }
    }
}
