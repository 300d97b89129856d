import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingImport
import LapwingProbes
import LapwingStore

/// The destination of imported domains: a file of `conf.d`, the store, or none for a preview.
struct ImportTarget {
    enum Place {
        case file(String)
        case store(String)
    }

    let place: Place?
    /// The domains at the destination that can be changed there.
    var here: [Name: DomainOptions] = [:]
    /// All that is watched.
    var known: [Name: ImportPlan.Known] = [:]
    /// Whether the folder is one whose files the configuration includes.
    let isReadByDaemon: Bool
    /// The number of domains that can still be added.
    var room = Int.max
    let reader: AddedDomainReader
    let source: SettingsFile.Source

    /// - Parameters:
    ///   - into: `store` or a folder; nil to look where the same source was written before.
    ///   - label: the label of the source.
    /// - Throws: `ExitCode` if the configuration or the store cannot be read, after reporting the reason.
    init(into: String?, label: String, options: StoreOptions) throws {
        source = SettingsFile.Source(options.config)
        let settings: Settings
        (settings, reader) = try SettingsFile.readAll(source)
        let file = ImportedFile.name(of: label)
        let own = SettingsFile.folder(of: source.path)
        let folder = into.flatMap { ["store", "conf.d"].contains($0) ? nil : $0 } ?? own
        let path = (folder.hasSuffix("/") ? folder : folder + "/") + file
        let store = options.store ?? settings.store
        let isStore = StoreLocation(store).isThere
        place =
            switch into {
            case "store": .store(store)
            case nil: FileManager.default.fileExists(atPath: path) ? .file(path) : isStore ? .store(store) : nil
            default: .file(path)
            }
        isReadByDaemon = Self.place(folder) == Self.place(own)
        for watch in settings.watches {
            known[watch.domain.folded] = .init(isHere: false, watch: watch, holder: "the configuration")
        }
        if case .file(let path) = place { try takeFile(path) }
        if isStore { try takeStore(try options.open(.reader), label, settings) }
    }

    private static func place(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    private mutating func takeFile(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        let entries: [ImportedDomain]
        do throws(ImportFault) {
            let input = ImportInput(name: path, files: [.init(path, Array(data))])
            entries = try ImportReading(ImportSource.rules, format: .lapwing).read(input).domains
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.failure
        }
        for entry in entries {
            here[entry.name] = entry.said
            let watch = known[entry.name]?.watch ?? (try? reader.watch(entry.name, options: entry.said.json))
            known[entry.name] = .init(
                isHere: true, isOfSource: true, options: entry.said, watch: watch, holder: path)
        }
    }

    private mutating func takeStore(_ store: Store, _ label: String, _ settings: Settings) throws {
        let added = try store.addedEntries()
        guard case .store = place else {
            return
        }
        room = max(0, WatchRegister.mostAdded - added.count)
        for entry in added where known[entry.domain.folded] == nil {
            let options = DomainOptions(json: entry.options) ?? DomainOptions()
            known[entry.domain.folded] = .init(
                isHere: true, isOfSource: entry.source == label, options: options,
                watch: try? reader.watch(entry.domain, options: entry.options), holder: "the store")
        }
        for health in settings.health where known[health.subject.folded] == nil {
            known[health.subject.folded] = .init(isHere: false, watch: nil, holder: "a health of the configuration")
        }
    }

    /// Returns the watch that the options would give.
    func watch(_ domain: Name, _ options: DomainOptions) throws(ImportPlan.Unfit) -> Watch {
        try reader.watch(domain, options)
    }

    // MARK: Writing

    /// Applies a plan: all of it, or nothing.
    func apply(_ plan: ImportPlan, from input: String, label: String, prunes: Bool, options: StoreOptions) throws {
        switch place {
        case .file(let path): try write(plan, to: path, from: input, prunes)
        case .store(let path): try keep(plan, in: path, label, prunes)
        case nil: break
        }
    }

    private func keep(_ plan: ImportPlan, in path: String, _ label: String, _ prunes: Bool) throws {
        let store = try Store(path: path) { StandardError.print("\($0)") }
        let entries = plan.entries.filter { $0.standing == .new || $0.standing == .changed }
        try store.keep(
            added: entries.map { AddedDomain(domain: $0.name, options: $0.options.json, source: label) },
            dropping: prunes ? plan.entries(.gone).map(\.name) : [],
            by: .atTerminal, at: currentTime)
    }

    private func write(_ plan: ImportPlan, to path: String, from input: String, _ prunes: Bool) throws {
        let text = ImportedFile(source: input.visible, plan: plan, here: here, prunes: prunes).text
        // The whole configuration is validated with the new file before the file is written.
        do throws(ConfigFaults) {
            _ = try SettingsFile.loadAll(source, with: SettingsReader.File(path, text))
        } catch {
            for fault in error.faults.prefix(20) { StandardError.print("\(fault)") }
            StandardError.print("nothing was written")
            throw ExitCode.badConfiguration
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try WholeFile.write(text, to: path)
    }
}

/// Writes files atomically.
enum WholeFile {
    static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        let draft = url.deletingLastPathComponent().appendingPathComponent(
            ".\(url.lastPathComponent).\(getpid())"
        ).path
        func fail(_ what: String) -> any Error {
            let reason = String(cString: strerror(errno))
            unlink(draft)
            StandardError.print("\(path.visible): \(what): \(reason)")
            return ExitCode.failure
        }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw fail("cannot be written") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            throw fail("cannot be written")
        }
        guard rename(draft, path) == 0 else { throw fail("cannot be put in its place") }
        let folder = open(url.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
