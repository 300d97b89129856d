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
        let start = reader.offset
        var keys: Set<UInt16> = []
        var mandatory: [UInt16] = []
        var lastKey = -1
        while reader.remaining > 0 {
            let place = reader.offset
            let key = try reader.uint16(bytes)
            guard Int(key) > lastKey else { throw WireError(.recordDataInvalid, at: place) }
            lastKey = Int(key)
            keys.insert(key)
            let count = try reader.uint16(bytes)
            let valuePlace = reader.offset
            let value = try reader.bytes(Int(count), from: bytes)
            guard isSound(value[...], shape(key)) else { throw WireError(.recordDataInvalid, at: valuePlace) }
            if key == 0 { mandatory = words(value[...]) }
            target.append(contentsOf: [UInt8(key >> 8), UInt8(key & 0xFF), UInt8(count >> 8), UInt8(count & 0xFF)])
            target.append(contentsOf: value)
        }
        guard keys.isSuperset(of: mandatory), !keys.contains(2) || keys.contains(1) else {
            throw WireError(.recordDataInvalid, at: start)
        }
    }

    static func isSound(_ value: ArraySlice<UInt8>, _ shape: Shape) -> Bool {
        switch shape {
        case .mandatory:
            let keys = words(value)
            return !keys.isEmpty && value.count.isMultiple(of: 2) && keys[0] != 0
                && zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }
        case .strings(let mayBeEmpty):
            guard let list = strings(value) else { return false }
            return (mayBeEmpty || !list.isEmpty) && list.allSatisfy { !$0.isEmpty }
        case .empty: return value.isEmpty
        case .port: return value.count == 2
        case .addresses(let length): return !value.isEmpty && value.count.isMultiple(of: length)
        case .encryptedHello: return value.count >= 6 && words(value)[0] == value.count - 2
        case .opaque: return true
        }
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
