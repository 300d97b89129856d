import Foundation
import LapwingStore

extension StoreLocation {
    /// Whether there may be a store: for a server only it knows.
    var isThere: Bool { path.map { FileManager.default.fileExists(atPath: $0) } ?? true }
}
