/// An address of the Internet, IPv4 or IPv6.
public enum IPAddress: Hashable, Sendable {
    /// Four bytes as one number.
    case v4(UInt32)
    /// Sixteen bytes as two numbers: 24 bytes for a value, where one number of 128 bits would take 32.
    case v6(high: UInt64, low: UInt64)

    /// An IPv6 address from its sixteen bytes as one number.
    public static func v6(_ value: UInt128) -> IPAddress {
        .v6(high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
    }

    /// An address from its 4 or 16 bytes in network order; nil for another count.
    public init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
        case 16:
            let high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            self = .v6(high: high, low: bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
        default: return nil
        }
    }

    /// The bytes in network order: 4 or 16.
    public var bytes: [UInt8] {
        switch self {
        case .v4(let value): stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
        case .v6(let high, let low):
            [high, low].flatMap { half in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> $0) }
            }
        }
    }

    /// Whether the address is of IPv4.
    public var isIPv4: Bool {
        if case .v4 = self { true } else { false }
    }

    /// Whether only this machine can be reached by it (RFC 6890): 127.0.0.0/8 in either form, or ::1.
    public var isLoopback: Bool {
        switch unmapped {
        case .v4(let value): value >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// The IPv4 address inside an IPv4-mapped one (`::ffff:0:0/96`); any other address as it is.
    public var unmapped: IPAddress {
        guard case .v6(high: 0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: low))
    }
}

extension IPAddress: Comparable {
    /// IPv4 before IPv6, then by number.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        switch (left, right) {
        case (.v4(let one), .v4(let other)): one < other
        case (.v6(let high, let low), .v6(let otherHigh, let otherLow)): (high, low) < (otherHigh, otherLow)
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}
