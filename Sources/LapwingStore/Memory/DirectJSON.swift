package import Foundation

/// Encodes values as JSON directly into bytes; `JSONDecoder` decodes them.
///
/// `JSONEncoder` builds a tree of dictionaries first, which takes several times as long, and there are six texts for
/// each learnt domain. This encoder supports the types of the core's memory: texts, numbers, lists and types composed
/// of them. Types to which `JSONEncoder` gives a special form (`Data`, `Date`, `URL`, `Decimal`) are refused.
package enum DirectJSON {
    /// Encodes a value, with its members in the order in which it encodes them.
    ///
    /// - Throws: `EncodingError` for a number that JSON cannot represent, and for an unsupported type.
    package static func encode(_ value: some Encodable) throws -> Data {
        let writer = JSONWriter()
        try writer.write(value)
        return Data(writer.bytes)
    }
}

/// The output so far, with the open containers.
///
/// Values are written in order, so that writing to a container closes all containers that were opened inside it.
private final class JSONWriter {
    /// The kind of an open level.
    enum Level: UInt8 {
        /// A value whose kind is not known yet.
        case value
        case object
        case list
    }

    private(set) var bytes: [UInt8] = []
    private var levels: [Level] = []

    init() { bytes.reserveCapacity(2048) }

    // MARK: Values

    func write<Value: Encodable>(_ value: Value) throws {
        if Value.self == Data.self || Value.self == Date.self || Value.self == URL.self || Value.self == Decimal.self {
            throw fault("\(Value.self) has a form of its own", value)
        }
        let (depth, start) = (levels.count, bytes.count)
        levels.append(.value)
        try value.encode(to: JSONValue(writer: self, depth: depth))
        close(to: depth)
        if bytes.count == start { bytes += [UInt8(ascii: "{"), UInt8(ascii: "}")] }
    }

    func write(text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    func write(number: some BinaryInteger) { bytes.append(contentsOf: String(number).utf8) }

    func write(number: some BinaryFloatingPoint & LosslessStringConvertible) throws {
        guard number.isFinite else { throw fault("\(number) is no number of JSON", number) }
        bytes.append(contentsOf: number.description.utf8)
    }

    func write(_ truth: Bool) { bytes.append(contentsOf: (truth ? "true" : "false").utf8) }
    func writeNull() { bytes.append(contentsOf: "null".utf8) }

    private func fault(_ reason: String, _ value: Any) -> EncodingError {
        .invalidValue(value, EncodingError.Context(codingPath: [], debugDescription: reason))
    }

    // MARK: Containers

    /// Opens a container for the value at a depth, unless it is open already.
    func open(_ level: Level, at depth: Int) {
        close(to: depth + 1)
        guard levels[depth] == .value else { return }
        levels[depth] = level
        bytes.append(UInt8(ascii: level == .object ? "{" : "["))
    }

    /// Opens a container as the next element of another one, and returns its depth.
    func open(_ level: Level, within depth: Int) -> Int {
        begin(at: depth)
        return openNext(level)
    }

    func open(_ level: Level, for key: any CodingKey, within depth: Int) -> Int {
        begin(key, at: depth)
        return openNext(level)
    }

    private func openNext(_ level: Level) -> Int {
        levels.append(.value)
        open(level, at: levels.count - 1)
        return levels.count - 1
    }

    /// Prepares for the next element of a container.
    func begin(at depth: Int) {
        close(to: depth + 1)
        // The output ends with an opening bracket only if the container is still empty.
        if let last = bytes.last, last != UInt8(ascii: "["), last != UInt8(ascii: "{") {
            bytes.append(UInt8(ascii: ","))
        }
    }

    func begin(_ key: any CodingKey, at depth: Int) {
        begin(at: depth)
        write(text: key.stringValue)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Begins an element whose kind is not known yet.
    func beginValue() -> any Encoder {
        levels.append(.value)
        return JSONValue(writer: self, depth: levels.count - 1)
    }

    private func close(to depth: Int) {
        while levels.count > depth {
            switch levels.removeLast() {
            case .value: break
            case .object: bytes.append(UInt8(ascii: "}"))
            case .list: bytes.append(UInt8(ascii: "]"))
            }
        }
    }
}

/// A single value, which determines its kind when it is encoded.
private struct JSONValue: Encoder, SingleValueEncodingContainer {
    let writer: JSONWriter
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        writer.open(.object, at: depth)
        return KeyedEncodingContainer(JSONObject(writer: writer, depth: depth))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        writer.open(.list, at: depth)
        return JSONList(writer: writer, depth: depth)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { writer.writeNull() }
    func encode(_ value: Bool) { writer.write(value) }
    func encode(_ value: String) { writer.write(text: value) }
    func encode(_ value: Double) throws { try writer.write(number: value) }
    func encode(_ value: Float) throws { try writer.write(number: value) }
    func encode(_ value: Int) { writer.write(number: value) }
    func encode(_ value: Int8) { writer.write(number: value) }
    func encode(_ value: Int16) { writer.write(number: value) }
    func encode(_ value: Int32) { writer.write(number: value) }
    func encode(_ value: Int64) { writer.write(number: value) }
    func encode(_ value: UInt) { writer.write(number: value) }
    func encode(_ value: UInt8) { writer.write(number: value) }
    func encode(_ value: UInt16) { writer.write(number: value) }
    func encode(_ value: UInt32) { writer.write(number: value) }
    func encode(_ value: UInt64) { writer.write(number: value) }
    func encode(_ value: some Encodable) throws { try writer.write(value) }
}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    private func key(_ key: Key) -> JSONWriter {
        writer.begin(key, at: depth)
        return writer
    }

    func encodeNil(forKey key: Key) { self.key(key).writeNull() }
    func encode(_ value: Bool, forKey key: Key) { self.key(key).write(value) }
    func encode(_ value: String, forKey key: Key) { self.key(key).write(text: value) }
    func encode(_ value: Double, forKey key: Key) throws { try self.key(key).write(number: value) }
    func encode(_ value: Float, forKey key: Key) throws { try self.key(key).write(number: value) }
    func encode(_ value: Int, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: Int8, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: Int16, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: Int32, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: Int64, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: UInt, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: UInt8, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: UInt16, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: UInt32, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: UInt64, forKey key: Key) { self.key(key).write(number: value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try self.key(key).write(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(
            JSONObject<Nested>(writer: writer, depth: writer.open(.object, for: key, within: depth)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONList(writer: writer, depth: writer.open(.list, for: key, within: depth))
    }

    func superEncoder() -> any Encoder {
        writer.begin(SuperKey(), at: depth)
        return writer.beginValue()
    }

    func superEncoder(forKey key: Key) -> any Encoder { self.key(key).beginValue() }

    private struct SuperKey: CodingKey {
        var stringValue: String { "super" }
        var intValue: Int? { nil }
        init() {}
        init?(stringValue: String) { nil }
        init?(intValue: Int) { nil }
    }
}

private struct JSONList: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let depth: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(writer: JSONWriter, depth: Int) {
        self.writer = writer
        self.depth = depth
    }

    private mutating func next() -> JSONWriter {
        count += 1
        writer.begin(at: depth)
        return writer
    }

    mutating func encodeNil() { next().writeNull() }
    mutating func encode(_ value: Bool) { next().write(value) }
    mutating func encode(_ value: String) { next().write(text: value) }
    mutating func encode(_ value: Double) throws { try next().write(number: value) }
    mutating func encode(_ value: Float) throws { try next().write(number: value) }
    mutating func encode(_ value: Int) { next().write(number: value) }
    mutating func encode(_ value: Int8) { next().write(number: value) }
    mutating func encode(_ value: Int16) { next().write(number: value) }
    mutating func encode(_ value: Int32) { next().write(number: value) }
    mutating func encode(_ value: Int64) { next().write(number: value) }
    mutating func encode(_ value: UInt) { next().write(number: value) }
    mutating func encode(_ value: UInt8) { next().write(number: value) }
    mutating func encode(_ value: UInt16) { next().write(number: value) }
    mutating func encode(_ value: UInt32) { next().write(number: value) }
    mutating func encode(_ value: UInt64) { next().write(number: value) }
    mutating func encode(_ value: some Encodable) throws { try next().write(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        count += 1
        return KeyedEncodingContainer(JSONObject<Nested>(writer: writer, depth: writer.open(.object, within: depth)))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        count += 1
        return JSONList(writer: writer, depth: writer.open(.list, within: depth))
    }

    mutating func superEncoder() -> any Encoder { next().beginValue() }
}
