/// The parameters of SVCB and HTTPS records (RFC 9460 section 2.2): their keys and the shape of each value.
enum ServiceParameters {
    /// The shape of a parameter's value.
    enum Shape: Sendable {
        /// Two-byte keys, rising, at least one.
        case mandatory
        /// Strings after length bytes, each of at least one byte; the list must have one unless it may be empty.
        case strings(mayBeEmpty: Bool)
        /// Nothing: the key alone says it.
        case empty
        /// Two bytes.
        case port
        /// Addresses of this many bytes, at least one.
        case addresses(length: Int)
        /// A list of configurations of Encrypted Client Hello: a two-byte length, then at least four bytes.
        case encryptedHello
        /// Any bytes.
        case opaque
    }

    static let names: [UInt16: String] = [
        0: "mandatory", 1: "alpn", 2: "no-default-alpn", 3: "port", 4: "ipv4hint", 5: "ech", 6: "ipv6hint",
        7: "dohpath", 8: "ohttp", 10: "docpath",
    ]
    static let numbers = Dictionary(uniqueKeysWithValues: names.map { ($0.value, $0.key) })

    static func name(_ key: UInt16) -> String { names[key] ?? "key\(key)" }

    static func shape(_ key: UInt16) -> Shape {
        switch key {
        case 0: .mandatory
        case 1: .strings(mayBeEmpty: false)
        case 2, 8: .empty
        case 3: .port
        case 4: .addresses(length: 4)
        case 5: .encryptedHello
        case 6: .addresses(length: 16)
        case 10: .strings(mayBeEmpty: true)
        default: .opaque
        }
    }

    /// Reads parameters to the end: keys must rise, every value must have its shape, mandatory keys must be there.
    static func read(_ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]) throws(WireError) {
        var ahead = reader
        try check(bytes, &ahead)
        try reader.copy(reader.remaining, from: bytes, to: &target)
    }

    /// Goes over parameters to the end, with the checks of reading.
    static func check(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) {
        let start = reader.offset
        var lastKey = -1
        /// Where the next key that must be understood stands, and where their list ends.
        var required = 0..<0
        var hasProtocols = false
        var lacksSome = false
        while reader.remaining > 0 {
            let place = reader.offset
            let key = try reader.uint16(bytes)
            guard Int(key) > lastKey else { throw WireError(.recordDataInvalid, at: place) }
            lastKey = Int(key)
            let count = Int(try reader.uint16(bytes))
            let value = reader.offset..<(reader.offset + count)
            try reader.skip(count)
            guard isSound(bytes, value, shape(key)) else { throw WireError(.recordDataInvalid, at: value.lowerBound) }
            if key == 0 { required = value }
            if key == 1 { hasProtocols = true }
            if key == 2, !hasProtocols { lacksSome = true }
            // Both lists rise, so that one walk is enough.
            if !required.isEmpty, word(bytes, required.lowerBound) == key {
                required = required.lowerBound + 2..<required.upperBound
            }
        }
        guard !lacksSome, required.isEmpty else { throw WireError(.recordDataInvalid, at: start) }
    }

    static func isSound(_ bytes: Span<UInt8>, _ value: Range<Int>, _ shape: Shape) -> Bool {
        switch shape {
        case .mandatory:
            guard !value.isEmpty, value.count.isMultiple(of: 2) else { return false }
            var last: UInt16 = 0
            for position in stride(from: value.lowerBound, to: value.upperBound, by: 2) {
                let key = word(bytes, position)
                guard key > last else { return false }
                last = key
            }
            return true
        case .strings(let mayBeEmpty):
            var position = value.lowerBound
            while position < value.upperBound {
                guard bytes[position] > 0 else { return false }
                position += 1 + Int(bytes[position])
            }
            return position == value.upperBound && (mayBeEmpty || !value.isEmpty)
        case .empty: return value.isEmpty
        case .port: return value.count == 2
        case .addresses(let length): return !value.isEmpty && value.count.isMultiple(of: length)
        case .encryptedHello: return value.count >= 6 && Int(word(bytes, value.lowerBound)) == value.count - 2
        case .opaque: return true
        }
    }

    private static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt16 {
        UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    static func words(_ value: ArraySlice<UInt8>) -> [UInt16] {
        stride(from: value.startIndex, to: value.endIndex - 1, by: 2).map {
            UInt16(value[$0]) << 8 | UInt16(value[$0 + 1])
        }
    }

    /// The strings of a list, or nothing where a length leads past the end.
    static func strings(_ value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var list: [ArraySlice<UInt8>] = []
        var position = value.startIndex
        while position < value.endIndex {
            let end = position + 1 + Int(value[position])
            guard end <= value.endIndex else { return nil }
            list.append(value[(position + 1)..<end])
            position = end
        }
        return list
    }
}
