import Foundation

/// The metadata of files by which changes are detected.
struct FileMark: Equatable {
    private static let keys: [FileAttributeKey] = [.modificationDate, .size, .systemFileNumber]

    private var files: [String: [String]] = [:]

    init(_ paths: [String]) {
        for path in paths { add(path) }
    }

    /// The same for folders with all their content.
    init(within paths: [String]) {
        for path in paths {
            add(path)
            guard let walk = FileManager.default.enumerator(atPath: path) else { continue }
            for case let name as String in walk where files.count < 20_000 {
                if name.hasPrefix(".") || name.contains("/.") {
                    walk.skipDescendants()
                } else {
                    add(path + "/" + name)
                }
            }
        }
    }

    private mutating func add(_ path: String) {
        let facts = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
        files[path] = Self.keys.map { key in facts[key].map { "\($0)" } ?? "" }
    }
}
