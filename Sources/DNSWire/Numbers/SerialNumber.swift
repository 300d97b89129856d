/// A serial number that wraps around, compared as RFC 1982 says.
///
/// Two numbers exactly half the circle apart are in no order: neither is before the other.
public struct SerialNumber: RawRepresentable, Hashable, Sendable, Codable {
    /// The number.
    public let rawValue: UInt32

    /// A serial number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether this number comes after the other.
    public func isAfter(_ other: SerialNumber) -> Bool {
        Int32(bitPattern: rawValue &- other.rawValue) > 0
    }

    /// Whether this number comes before the other.
    public func isBefore(_ other: SerialNumber) -> Bool { other.isAfter(self) }

    /// The number that many steps on.
    public func advanced(by steps: UInt32) -> SerialNumber { SerialNumber(rawValue: rawValue &+ steps) }
}

extension SerialNumber: CustomStringConvertible {
    /// The number in decimal.
    public var description: String { String(rawValue) }
}
