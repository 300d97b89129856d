internal import Foundation

/// Reads small text files.
enum FileText {
    /// Returns nil if the file cannot be read, is not UTF-8 or is larger than `most` bytes.
    static func read(_ path: String, most: Int) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: most + 1), data.count <= most else { return nil }
        return String(data: data, encoding: .utf8)
    }
}
