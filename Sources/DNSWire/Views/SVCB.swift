/// How to reach a service (RFC 9460); also HTTPS.
public struct SVCB: Hashable, Sendable {
    /// One parameter, as its bytes.
    public struct Parameter: Hashable, Sendable {
        /// The number of the key (RFC 9460 section 14.3.2).
        public var key: UInt16
        /// The value.
        public var value: [UInt8]

        /// A parameter.
        public init(key: UInt16, value: [UInt8]) {
            self.key = key
            self.value = value
        }

        /// The name of the key, such as `alpn` or `key667`.
        public var name: String { ServiceParameters.name(key) }
    }

    /// The type of the record: SVCB or HTTPS.
    public var type: RecordType
    /// 0 makes the record an alias; otherwise lower is tried first.
    public var priority: UInt16
    /// The name of the alias or of the server; the root means the owner itself.
    public var target: Name
    /// The parameters, in the order of their keys.
    public var parameters: [Parameter]

    /// The data of its parts.
    public init(type: RecordType, priority: UInt16, target: Name, parameters: [Parameter]) {
        self.type = type
        self.priority = priority
        self.target = target
        self.parameters = parameters
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.svcb, .https) { bytes, reader throws(WireError) in
            var view = SVCB(
                type: data.type, priority: try reader.uint16(bytes), target: try reader.name(from: bytes),
                parameters: [])
            while reader.remaining > 0 {
                let key = try reader.uint16(bytes)
                let count = Int(try reader.uint16(bytes))
                view.parameters.append(Parameter(key: key, value: try reader.bytes(count, from: bytes)))
            }
            return view
        }
        guard let view else { return nil }
        self = view
    }

    /// The protocols that the server speaks, by their names for TLS.
    public var protocols: [[UInt8]] {
        value(1).flatMap { ServiceParameters.strings($0[...]) }?.map(Array.init) ?? []
    }

    /// Another port than the usual one; nil for that one.
    public var port: UInt16? { value(3).flatMap { ServiceParameters.words($0[...]).first } }

    /// The addresses that spare a question.
    public var hints: [IPAddress] { addresses(4, length: 4) + addresses(6, length: 16) }

    private func addresses(_ key: UInt16, length: Int) -> [IPAddress] {
        let bytes = value(key) ?? []
        return stride(from: 0, to: bytes.count - length + 1, by: length)
            .compactMap { IPAddress(bytes: bytes[$0..<($0 + length)]) }
    }

    private func value(_ key: UInt16) -> [UInt8]? { parameters.first { $0.key == key }?.value }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: type) { writer in
            writer.uint16(priority)
            writer.name(target)
            for parameter in parameters.sorted(by: { $0.key < $1.key }) {
                writer.uint16(parameter.key)
                writer.uint16(UInt16(truncatingIfNeeded: min(parameter.value.count, 0xFFFF)))
                writer.append(parameter.value.prefix(0xFFFF))
            }
        }
    }
}
