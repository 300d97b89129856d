import Foundation
import LapwingCore

/// The values of a statement's question marks, in order.
package struct Arguments: ExpressibleByArrayLiteral {
    /// One for each question mark.
    package private(set) var values: [StoredValue]

    package init(_ values: [StoredValue]) { self.values = values }
    package init(_ values: [some Storable]) { self.values = values.map(\.stored) }
    package init(arrayLiteral elements: (any Storable)?...) {
        values = elements.map { $0?.stored ?? .null }
    }

    static func + (first: Arguments, second: Arguments) -> Arguments { Arguments(first.values + second.values) }
    static func += (first: inout Arguments, second: Arguments) { first.values += second.values }
}
