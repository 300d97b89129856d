import DNSWire
import Foundation
import LapwingCore
import LapwingImport

/// The sources of declared records that a configuration names, as last read.
struct DeclaredSources: Sendable {
    /// A source in the configuration.
    struct Named: Hashable, Sendable {
        var path: String
        /// The origin of a zone file that does not state it: the one domain that names the file.
        var origin: Name?
    }

    /// The path of the configuration, to which relative paths refer.
    private let configuration: String
    private let named: [Named]
    private var sources: [String: DeclaredSource] = [:]
    /// Previously read zones, for domains whose source cannot be read now.
    private var remembered: [String: [Name: DeclaredZone]] = [:]

    /// The state of the files before they were read.
    private(set) var mark = FileMark([])

    /// No sources.
    init() { (configuration, named) = ("", []) }

    /// Reads all sources that watches, or the defaults of added domains, name.
    ///
    /// - Parameters:
    ///   - before: the previous sources, which are kept in place of those that cannot be read now.
    init(
        _ watches: [Watch], beside configuration: String, further: Declaration? = nil, before: DeclaredSources? = nil
    ) {
        self.configuration = configuration
        var origins: [String: Set<Name>] = [:]
        for watch in watches {
            guard let declaration = watch.declaration else { continue }
            for path in declaration.sources {
                origins[path, default: []].formUnion(declaration.isOwn ? [watch.domain] : [])
            }
        }
        for path in further?.sources ?? [] { origins[path, default: []].formUnion([]) }
        named = origins.map { Named(path: $0, origin: $1.count == 1 ? $1.first : nil) }.sorted { $0.path < $1.path }
        read(before: before)
    }

    /// The same sources, read again.
    var readAgain: DeclaredSources {
        var again = self
        again.read(before: self)
        return again
    }

    private mutating func read(before: DeclaredSources?) {
        mark = FileMark(within: paths)
        for one in named {
            let path = Self.place(one.path, beside: configuration)
            do throws(ImportFault) {
                let input = try ImportSource.read(path, named: one.path.visible)
                // The files of a folder are separate zones.
                sources[one.path] = try DeclaredSource(
                    input, source: one.path.visible, revision: GitRevision.of(path, contents: Self.contents),
                    rules: ImportSource.rules, origin: input.isFolder ? nil : one.origin)
            } catch {
                sources[one.path] = DeclaredSource(
                    zones: before?.sources[one.path]?.zones ?? [:], fault: "\(error)")
            }
            let known = before?.remembered[one.path] ?? [:]
            remembered[one.path] = known.merging(sources[one.path]?.zones ?? [:]) { $1 }
        }
    }

    var isEmpty: Bool { named.isEmpty }

    /// The faults of the sources, each with its position.
    var faults: [String] { named.compactMap { sources[$0.path]?.fault } }

    /// The domains that any source declares.
    var domains: [Name] { Set(sources.values.flatMap(\.zones.keys)).sorted() }

    /// The paths of the files and folders.
    var paths: [String] { named.map { Self.place($0.path, beside: configuration) } }

    /// Adds the declared records of a watch's domain to the watch.
    func fill(_ watch: inout Watch) {
        guard let declaration = watch.declaration else { return }
        let domain = watch.domain.folded
        for path in declaration.sources {
            guard let source = sources[path], let zone = source.zones[domain] else { continue }
            watch.declare(zone, fault: source.fault)
            return
        }
        let broken = declaration.sources.lazy.compactMap { sources[$0]?.fault }.first
        let isMissing = declaration.isOwn ? "\(declaration.sources[0].visible): it declares nothing of \(domain)" : nil
        let old = declaration.sources.lazy.compactMap { remembered[$0]?[domain] }.first
        watch.declare(declaration.isOwn ? old : nil, fault: broken ?? isMissing)
    }

    /// Adds the declared records to all watches.
    func fill(_ watches: inout [Watch]) {
        guard !isEmpty else { return }
        for index in watches.indices { fill(&watches[index]) }
    }

    /// - Parameter configuration: empty if the user names the source, whose path is relative to the working directory,
    ///   or `-` for standard input.
    private static func place(_ path: String, beside configuration: String) -> String {
        guard !configuration.isEmpty else {
            return path == "-" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
        }
        let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        return URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
    }

    /// The largest file of Git that is read: a hundred thousand packed references.
    private static let largest: UInt64 = 16 << 20

    private static func contents(_ path: String) -> String? {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = facts?[.size] as? UInt64, size <= largest,
            facts?[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
