import Foundation

/// The properties of a model by their names, and of the models in it, as the template engine looks them up.
///
/// The engine looks into structs too, but by reflection, and anew for each name that a template says; that takes far longer
/// than the encoding that the compiler writes.
package enum ModelFields {
    /// The properties of a model.
    ///
    /// - Throws: what its own `encode(to:)` throws; the compiler's throws nothing for the types that models are made of.
    package static func of(_ model: any TemplateModel) throws -> [String: Any] {
        let node = Node()
        try model.encode(to: node)
        return node.fields
    }

    /// What a value is to the engine: a text, a flag, a number, a list, or names and what they stand for.
    fileprivate static func field(_ value: some Encodable) throws -> Any {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        case let texts as [String]: return texts
        default:
            let node = Node()
            try value.encode(to: node)
            return node.isList ? node.items : node.fields
        }
    }

    /// Takes in the properties of one model, or the elements of one list.
    fileprivate final class Node: Encoder {
        var fields: [String: Any] = [:]
        var items: [Any] = []
        var isList = false

        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            fields.reserveCapacity(16)
            return KeyedEncodingContainer(Fields<Key>(node: self))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            isList = true
            return Items(node: self)
        }

        /// No model has one; what is put into it is left out.
        func singleValueContainer() -> any SingleValueEncodingContainer { One() }
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let node: Node
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { node.fields[key.stringValue] = NSNull() }
        func encode(_ value: String, forKey key: Key) { node.fields[key.stringValue] = value }
        func encode(_ value: Bool, forKey key: Key) { node.fields[key.stringValue] = value }
        func encode(_ value: Int, forKey key: Key) { node.fields[key.stringValue] = value }
        func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
            node.fields[key.stringValue] = try field(value)
        }
        // Said to be nothing; left out, the same name further out would be taken in its place.
        func encodeIfPresent(_ value: String?, forKey key: Key) {
            if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }
        func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }
        func nestedContainer<Inner: CodingKey>(
            keyedBy type: Inner.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Inner> { Node().container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Node().unkeyedContainer() }
        func superEncoder() -> any Encoder { Node() }
        func superEncoder(forKey key: Key) -> any Encoder { Node() }
    }

    private struct Items: UnkeyedEncodingContainer {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        var count: Int { node.items.count }

        func encodeNil() { node.items.append(NSNull()) }
        func encode<Value: Encodable>(_ value: Value) throws { node.items.append(try field(value)) }
        func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
            Node().container(keyedBy: type)
        }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Node().unkeyedContainer() }
        func superEncoder() -> any Encoder { Node() }
    }

    private struct One: SingleValueEncodingContainer {
        var codingPath: [any CodingKey] { [] }

        func encodeNil() {}
        func encode<Value: Encodable>(_ value: Value) {}
    }
}
