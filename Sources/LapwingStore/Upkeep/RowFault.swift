import Foundation
import LapwingCore
import Synchronization

/// The reason why a row cannot be read.
struct RowFault: Error, CustomStringConvertible {
    var description: String

    init(_ text: String) { description = text }
}
