import ArgumentParser
import Foundation
import LapwingCore
import LapwingEngine
import LapwingStore

/// Where the daemon keeps what it knows.
struct StoreOptions: ParsableArguments {
    @Option(name: [.customLong("config"), .customLong("config.file")], help: "The daemon's configuration.")
    var config = SettingsFile.defaultPath

    @Option(help: "The store, instead of the one that the configuration names.")
    var store: String?

    func open() throws -> Store {
        let path = try store ?? SettingsFile.read(config).store
        guard FileManager.default.fileExists(atPath: path) else {
            StandardError.print("there is no store \(path) yet; lapwing run makes it")
            throw ExitCode.failure
        }
        return try Store(path: path)
    }
}

/// What the machine's clock says.
var currentTime: Timestamp { EngineClock.system.now() }
