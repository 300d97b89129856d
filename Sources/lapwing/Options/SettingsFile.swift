import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingProbes

/// Finds and reads the configuration of a command.
enum SettingsFile {
    static let defaultPath = "lapwing.yml"

    /// Reads the file, or prints all its mistakes to stderr and ends with exit code 78.
    static func read(_ path: String) throws -> Settings { try readAll(path).settings }

    /// The same, and with it the reader of domains that are added while these settings are in force.
    static func readAll(_ path: String) throws -> (settings: Settings, added: AddedDomainReader) {
        do {
            return try loadAll(path)
        } catch {
            for fault in error.faults { StandardError.print("\(fault)") }
            throw ExitCode.badConfiguration
        }
    }

    /// - Throws: `ConfigFaults`, also when the file cannot be read.
    static func loadAll(
        _ path: String
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigFaults(faults: [ConfigFault(file: path, line: 1, column: 1, text: "cannot read the file")])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigFaults(faults: [ConfigFault(file: path, line: 1, column: 1, text: "the file is not UTF-8")])
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let surroundings = SettingsReader.Surroundings(
            environment: ProcessInfo.processInfo.environment,
            contents: { name in
                try? String(contentsOf: URL(fileURLWithPath: name, relativeTo: folder), encoding: .utf8)
            }, asciiName: InternationalName.ascii)
        return try SettingsReader(surroundings).readAll(text, file: path)
    }
}
