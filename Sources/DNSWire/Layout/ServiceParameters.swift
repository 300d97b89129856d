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
        let targetStart = target.count
        var lastKey = -1
        while reader.remaining > 0 {
            let place = reader.offset
            let key = try reader.uint16(bytes)
            guard Int(key) > lastKey else { throw WireError(.recordDataInvalid, at: place) }
            lastKey = Int(key)
            let count = try reader.uint16(bytes)
            let valuePlace = reader.offset
            RecordField.append(key, bytes: 2, to: &target)
            RecordField.append(count, bytes: 2, to: &target)
            try reader.copy(Int(count), from: bytes, to: &target)
            guard isSound(target.suffix(Int(count)), shape(key)) else {
                throw WireError(.recordDataInvalid, at: valuePlace)
            }
        }
        guard hasMandatory(target[targetStart...]) else { throw WireError(.recordDataInvalid, at: start) }
    }

    /// Whether every key that must be understood is there, and `alpn` where `no-default-alpn` is.
    ///
    /// Both lists rise, so that one walk is enough.
    private static func hasMandatory(_ data: ArraySlice<UInt8>) -> Bool {
        var required = data[data.startIndex..<data.startIndex]
        var position = data.startIndex
        var hasProtocols = false
        while position < data.endIndex {
            let key = word(data, position)
            let end = position + 4 + Int(word(data, position + 2))
            if key == 0 { required = data[(position + 4)..<end] }
            if key == 1 { hasProtocols = true }
            if key == 2, !hasProtocols { return false }
            if !required.isEmpty, word(required, required.startIndex) == key { required = required.dropFirst(2) }
            position = end
        }
        return required.isEmpty
    }

    static func isSound(_ value: ArraySlice<UInt8>, _ shape: Shape) -> Bool {
        switch shape {
        case .mandatory:
            guard !value.isEmpty, value.count.isMultiple(of: 2) else { return false }
            var last: UInt16 = 0
            for position in stride(from: value.startIndex, to: value.endIndex, by: 2) {
                let key = word(value, position)
                guard key > last else { return false }
                last = key
            }
            return true
        case .strings(let mayBeEmpty):
            var position = value.startIndex
            while position < value.endIndex {
                guard value[position] > 0 else { return false }
                position += 1 + Int(value[position])
            }
            return position == value.endIndex && (mayBeEmpty || !value.isEmpty)
        case .empty: return value.isEmpty
        case .port: return value.count == 2
        case .addresses(let length): return !value.isEmpty && value.count.isMultiple(of: length)
        case .encryptedHello: return value.count >= 6 && Int(word(value, value.startIndex)) == value.count - 2
        case .opaque: return true
        }
    }

    private static func word(_ data: ArraySlice<UInt8>, _ position: Int) -> UInt16 {
        UInt16(data[position]) << 8 | UInt16(data[position + 1])
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
