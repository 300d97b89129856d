import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingProbes

/// Finds and reads the configuration of a command.
enum SettingsFile {
    /// The file that `init` writes in the working directory.
    static let name = "lapwing.yml"

    /// The default path of the configuration: the working directory, or the location of the package.
    static var defaultPath: String {
        let package = "/etc/lapwing/\(name)"
        let files = FileManager.default
        return !files.fileExists(atPath: name) && files.fileExists(atPath: package) ? package : name
    }

    /// The origin of a command's settings.
    struct Source: Sendable {
        var path: String
        /// Whether the defaults apply if the file does not exist, since none was named.
        var isOptional: Bool

        init(_ named: String?) {
            path = named ?? defaultPath
            isOptional = named == nil
        }

        var isMissing: Bool { isOptional && !FileManager.default.fileExists(atPath: path) }
    }

    /// Reads the configuration, or prints all its faults to stderr and exits with code 78.
    ///
    /// - Parameter hasAccounts: whether the store has accounts; nil to look it up.
    static func readAll(
        _ source: Source, hasAccounts: Bool? = nil
    ) throws -> (settings: Settings, added: AddedDomainReader) {
        do {
            return try loadAll(source, hasAccounts: hasAccounts)
        } catch {
            for fault in error.faults { StandardError.print("\(fault)") }
            throw ExitCode.badConfiguration
        }
    }

    /// - Throws: `ConfigFaults`, also if a named file cannot be read.
    static func loadAll(
        _ source: Source, hasAccounts: Bool? = nil
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        guard source.isMissing else { return try loadAll(source.path, hasAccounts: hasAccounts) }
        return try reader(beside: source.path, hasAccounts: hasAccounts)
            .readAll([SettingsReader.File(source.path, "domains: []")] + further(beside: source.path))
    }

    /// Reads the configuration with a further file, which replaces an existing one with the same name.
    static func loadAll(
        _ source: Source, with file: SettingsReader.File
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        let path = source.path
        let first = source.isMissing ? SettingsReader.File(path, "domains: []") : try self.file(path)
        func place(_ name: String) -> String { URL(fileURLWithPath: name).standardizedFileURL.path }
        let others = try further(beside: path).filter { place($0.name) != place(file.name) }
        return try reader(beside: path).readAll([first] + others + [file])
    }

    /// Returns the folder whose files are read after the configuration.
    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("conf.d").relativePath
    }

    /// Reads the configuration, or prints all its faults to stderr and exits with code 78.
    static func read(_ path: String) throws -> Settings { try readAll(path).settings }

    /// The same, with the reader of domains that are added while these settings apply.
    static func readAll(_ path: String) throws -> (settings: Settings, added: AddedDomainReader) {
        do {
            return try loadAll(path)
        } catch {
            for fault in error.faults { StandardError.print("\(fault)") }
            throw ExitCode.badConfiguration
        }
    }

    /// - Throws: `ConfigFaults`, also if the file cannot be read.
    static func loadAll(
        _ path: String, hasAccounts: Bool? = nil
    ) throws(ConfigFaults) -> (settings: Settings, added: AddedDomainReader) {
        try reader(beside: path, hasAccounts: hasAccounts).readAll([file(path)] + further(beside: path))
    }

    /// Returns the files of a configuration: the named one, then those of the folder `conf.d` beside it, in the order
    /// of names.
    static func paths(_ path: String) -> [String] {
        let folder = folder(of: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let wanted = names.filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yml") || $0.hasSuffix(".yaml")) }.sorted()
        return [path] + wanted.map { folder + "/" + $0 }
    }

    /// Returns the SHA-256 of all files of a configuration, each preceded by its name and length, in hexadecimal.
    static func digest(beside path: String) -> String {
        let bytes = paths(path).flatMap { name in
            let content = FileManager.default.contents(atPath: name).map { Array($0) } ?? []
            return Array("\(name)\n\(content.count)\n".utf8) + content
        }
        return Hexadecimal.text(MessageDigest.sha256.of(bytes))
    }

    private static func further(beside path: String) throws(ConfigFaults) -> [SettingsReader.File] {
        var files: [SettingsReader.File] = []
        for path in paths(path).dropFirst() { files.append(try file(path)) }
        return files
    }

    private static func file(_ path: String) throws(ConfigFaults) -> SettingsReader.File {
        guard let data = FileManager.default.contents(atPath: path) else {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            let reason = descriptor < 0 ? String(cString: strerror(errno)) : "it ends too early"
            if descriptor >= 0 { close(descriptor) }
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let text =
                !isThere
                ? "there is no such file; `lapwing init example.com` writes one"
                : isFolder.boolValue ? "this is a folder, not a file" : "cannot read the file: \(reason)"
            throw ConfigFaults(faults: [ConfigFault(file: path, line: 1, column: 1, text: text)])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigFaults(faults: [ConfigFault(file: path, line: 1, column: 1, text: "the file is not UTF-8")])
        }
        return SettingsReader.File(path, text)
    }

    private static func reader(beside path: String, hasAccounts: Bool? = nil) -> SettingsReader {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        var surroundings = SettingsReader.Surroundings(
            environment: ProcessInfo.processInfo.environment,
            contents: { name in
                try? String(contentsOf: URL(fileURLWithPath: name, relativeTo: folder), encoding: .utf8)
            }, asciiName: InternationalName.ascii,
            isSuffix: RegistrableDomain.isSuffix)
        surroundings.hasAccounts = { hasAccounts ?? ConfigurationCheck.hasAccounts(in: $0) }
        surroundings.bytes = { name in
            // A file that is larger than the limit need not be read.
            guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: name, relativeTo: folder)) else {
                return nil
            }
            defer { try? file.close() }
            return (try? file.read(upToCount: Client.Logo.longest + 1)).map { $0.map(Array.init) ?? [] }
        }
        return SettingsReader(surroundings)
    }
}
