import Foundation
import LapwingStore

extension StoreLocation {
    /// Whether the store may exist; for a database server only the server knows.
    var isThere: Bool { path.map { FileManager.default.fileExists(atPath: $0) } ?? true }
}
