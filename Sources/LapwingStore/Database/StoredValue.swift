package import Foundation
package import LapwingCore

/// The value of a column, in the types that all engines support.
package enum StoredValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)

    /// Whether the value is null.
    package var isNull: Bool { self == .null }
}

/// A type that can be stored in a column.
package protocol Storable {
    /// The value to write.
    var stored: StoredValue { get }
    /// Converts a value that was read; nil if it has another type.
    init?(stored: StoredValue)
}

extension StoredValue: Storable {
    package var stored: StoredValue { self }
    package init?(stored: StoredValue) { self = stored }
}

extension Int64: Storable {
    package var stored: StoredValue { .integer(self) }

    package init?(stored: StoredValue) {
        switch stored {
        case .integer(let number): self = number
        case .real(let number):
            guard let number = Int64(exactly: number) else { return nil }
            self = number
        case .null, .text, .blob: return nil
        }
    }
}

extension Storable where Self: FixedWidthInteger {
    package var stored: StoredValue { .integer(Int64(clamping: self)) }

    package init?(stored: StoredValue) {
        guard let number = Int64(stored: stored), let number = Self(exactly: number) else { return nil }
        self = number
    }
}

extension Int: Storable {}
extension UInt16: Storable {}
extension UInt32: Storable {}

extension Bool: Storable {
    package var stored: StoredValue { .integer(self ? 1 : 0) }

    package init?(stored: StoredValue) {
        guard let number = Int64(stored: stored) else { return nil }
        self = number != 0
    }
}

extension String: Storable {
    package var stored: StoredValue { .text(self) }

    /// Bytes are accepted if they are a valid text.
    package init?(stored: StoredValue) {
        switch stored {
        case .text(let text): self = text
        case .blob(let data):
            guard let text = String(data: data, encoding: .utf8) else { return nil }
            self = text
        case .null, .integer, .real: return nil
        }
    }
}

extension Data: Storable {
    package var stored: StoredValue { .blob(self) }

    /// A text is converted to its bytes.
    package init?(stored: StoredValue) {
        switch stored {
        case .blob(let data): self = data
        case .text(let text): self = Data(text.utf8)
        case .null, .integer, .real: return nil
        }
    }
}

extension Timestamp: Storable {
    /// The milliseconds.
    package var stored: StoredValue { .integer(milliseconds) }

    /// Nil for anything but milliseconds in the years 1 to 9999.
    package init?(stored: StoredValue) {
        guard let number = Int64(stored: stored), let moment = Timestamp(exactly: number) else { return nil }
        self = moment
    }
}
