import DNSWire
import Foundation
import LapwingCore
import LapwingImport

/// The sources of declared records that a configuration names, as they were last read.
struct DeclaredSources: Sendable {
    /// A source as the configuration names it.
    struct Named: Hashable, Sendable {
        var path: String
        /// The zone of a zone file that does not say it: the one domain that names the file.
        var origin: Name?
    }

    /// The configuration, beside which relative paths begin.
    private let configuration: String
    private let named: [Named]
    private var sources: [String: DeclaredSource] = [:]
    /// What was declared once, for domains that have to be declared still.
    private var remembered: [String: [Name: DeclaredZone]] = [:]

    /// What the files looked like before they were read.
    private(set) var mark = FileMark([])

    /// Nothing is declared anywhere.
    init() { (configuration, named) = ("", []) }

    /// Reads all that watches, or the defaults of added ones, name.
    ///
    /// - Parameters:
    ///   - before: what was read before, which stays in the place of what cannot be read now.
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

    /// The same sources as they are now.
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
                // The files of a folder are zones of their own.
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

    /// What is wrong with them, each with its place.
    var faults: [String] { named.compactMap { sources[$0.path]?.fault } }

    /// The domains that one of them declares.
    var domains: [Name] { Set(sources.values.flatMap(\.zones.keys)).sorted() }

    /// Files and folders.
    var paths: [String] { named.map { Self.place($0.path, beside: configuration) } }

    /// Tells a watch what is declared of its domain.
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

    /// The same for all.
    func fill(_ watches: inout [Watch]) {
        guard !isEmpty else { return }
        for index in watches.indices { fill(&watches[index]) }
    }

    /// - Parameter configuration: empty where the user names the source: then it is beside the process, or standard input.
    private static func place(_ path: String, beside configuration: String) -> String {
        guard !configuration.isEmpty else {
            return path == "-" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
        }
        let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        return URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
    }

    /// The largest file of git's that is read: a hundred thousand packed references.
    private static let largest: UInt64 = 16 << 20

    private static func contents(_ path: String) -> String? {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = facts?[.size] as? UInt64, size <= largest,
            facts?[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
