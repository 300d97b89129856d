import Foundation

/// The properties of a model and of its nested models by name, for lookup by the template engine.
///
/// The engine can look into structs itself, but by reflection, and again for each name in a template; that takes far
/// longer than the encoding that the compiler generates.
package enum ModelFields {
    /// Returns the properties of a model.
    ///
    /// - Throws: the errors of its own `encode(to:)`; the generated one throws nothing for the types of which models
    ///   consist.
    package static func of(_ model: any TemplateModel) throws -> [String: Any] {
        let node = Node()
        try model.encode(to: node)
        return node.fields
    }

    /// Converts a value for the engine: a text, a flag, a number, a list, or a dictionary.
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

    /// Collects the properties of one model, or the elements of one list.
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

        /// No model uses a single-value container; its values are dropped.
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
        // Encoded as null: if it were omitted, the engine would use the same name of an enclosing scope.
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
