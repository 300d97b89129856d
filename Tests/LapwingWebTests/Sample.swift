/// Makes a value of any decodable type with everything filled in: texts, flags that are set, lists of one.
struct Sample: Decoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func of<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let standard: Any? =
            switch type {
            case is String.Type: "text"
            case is Int.Type: 1
            case is Bool.Type: true
            default: nil
            }
        return try standard as? Value ?? Value(from: Sample())
    }

    struct Unfit: Error { var type: String }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Fields<Key>())
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { One() }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unfit(type: "a single value") }

    private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { false }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Sample.of(type) }
        func nestedContainer<Inner: CodingKey>(
            keyedBy type: Inner.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Inner> { throw Unfit(type: "a container") }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw Unfit(type: "a container")
        }
        func superDecoder() throws -> any Decoder { throw Unfit(type: "a class") }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw Unfit(type: "a class") }
    }

    private struct One: UnkeyedDecodingContainer {
        var codingPath: [any CodingKey] { [] }
        var count: Int? { 1 }
        var isAtEnd: Bool { currentIndex > 0 }
        var currentIndex = 0

        mutating func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            return try Sample.of(type)
        }
        mutating func nestedContainer<Inner: CodingKey>(
            keyedBy type: Inner.Type
        ) throws -> KeyedDecodingContainer<Inner> { throw Unfit(type: "a container") }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            throw Unfit(type: "a container")
        }
        mutating func superDecoder() throws -> any Decoder { throw Unfit(type: "a class") }
    }
}
