/// Formats the OPT record, which is printed as a separate block rather than as a line.
enum OptionText {
    /// Reads the options; a malformed one makes the whole message unreadable.
    static func options(_ data: inout ReplyCursor) throws(ReplyFault) -> [String] {
        var options: [String] = []
        while !data.isAtEnd {
            let code = try data.short()
            let bytes = try data.bytes(Int(try data.short()))
            if let text = try text(code, bytes) { options.append(text) }
        }
        return options
    }

    static func text(ttl: UInt32, size: UInt16, options: [String]) -> String {
        var text = "\n;; OPT PSEUDOSECTION:\n; EDNS: version \(ttl >> 16 & 0xff); "
        text += ttl & 0x8000 != 0 ? "flags: do; " : "flags:; "
        if ttl & 0x7fff != 0 {
            let hex = String(ttl & 0x7fff, radix: 16)
            text += "MBZ: 0x" + String(repeating: "0", count: 4 - hex.count) + hex + ", "
        }
        return text + "udp: \(size)" + options.map { "\n; " + $0 }.joined()
    }

    /// Returns nil for the one option that is read but never printed.
    private static func text(_ code: UInt16, _ bytes: ArraySlice<UInt8>) throws(ReplyFault) -> String? {
        let hex = Presentation.hex(bytes)
        switch code {
        case 1: return "LONG LIVED QUERIES: " + (try longLivedQuery(bytes))
        case 2:
            guard bytes.count == 4 || bytes.count == 8 else { throw .badData }
            return "UPDATE LEASE: \(number(bytes.prefix(4))) \(number(bytes.dropFirst(4)))"
        case 3: return "NSID: \(hex)  " + bytes.map { "(" + String(UnicodeScalar($0)) + ")" }.joined()
        case 4: return "ESU: " + Presentation.raw(bytes)
        case 5: return "DNSSEC ALGORITHM UNDERSTOOD: " + bytes.map { " " + Mnemonics.algorithm($0) }.joined()
        case 6: return "DS HASH UNDERSTOOD: " + bytes.map { " " + Mnemonics.hash($0) }.joined()
        case 7: return "NSEC3 HASH UNDERSTOOD: " + bytes.map { " " + Mnemonics.hash($0) }.joined()
        case 8: return "SUBNET: " + (try subnet(bytes))
        case 9:
            guard bytes.isEmpty || bytes.count >= 4 else { throw .badData }
            return nil
        case 10: return "COOKIE: \(hex)"
        case 11:
            guard bytes.isEmpty || bytes.count == 2 else { throw .badData }
            // The product is truncated to 16 bits.
            let wait = UInt16(truncatingIfNeeded: number(bytes)) &* 100
            return "KEEPALIVE: use tcp keep-alive, timeout " + (number(bytes) == 0 ? "omitted" : "\(wait)ms")
        case 12: return "PADDING: " + hex.uppercased()
        case 15:
            guard bytes.count >= 2 else { throw .badData }
            let code = UInt16(truncatingIfNeeded: number(bytes.prefix(2)))
            let purpose = code < errors.count ? "\(code) (\(errors[Int(code)]))" : "\(code)"
            return "EDE: \(purpose): (" + Presentation.raw(bytes.dropFirst(2)) + ")"
        default: return "LOCAL OPT: \(code):0x\(hex)"
        }
    }

    private static func longLivedQuery(_ bytes: ArraySlice<UInt8>) throws(ReplyFault) -> String {
        guard bytes.count >= 18 else { throw .badData }
        var rest = bytes
        return [2, 2, 2, 8, 4].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(number(rest.prefix(length)))
        }.joined(separator: " ")
    }

    /// Formats a client subnet (RFC 7871): address, length and scope.
    private static func subnet(_ bytes: ArraySlice<UInt8>) throws(ReplyFault) -> String {
        guard bytes.count >= 4 else { throw .badData }
        let values = Array(bytes)
        let (length, scope) = (Int(values[2]), Int(values[3]))
        func address(_ size: Int) throws(ReplyFault) -> ArraySlice<UInt8> {
            guard length <= size * 8, scope <= size * 8 else { throw .badData }
            let given = values.dropFirst(4).prefix(size)
            return (given + [UInt8](repeating: 0, count: size - given.count))[...]
        }
        let shown: String
        switch number(bytes.prefix(2)) {
        case 0:
            guard length == 0 else { throw .badData }
            shown = "0.0.0.0"
        case 1: shown = Presentation.address4(try address(4))
        case 2:
            let six = try address(16)
            shown =
                Presentation.isMapped(six)
                ? Presentation.address4(six.suffix(4)) : "[" + Presentation.address6(six) + "]"
        default: throw .badData
        }
        return "\(shown)/\(length)/\(scope)"
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    /// Extended DNS Errors by code (RFC 8914).
    private static let errors = [
        "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
        "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data",
    ]
}
