/// What a message asks for.
public struct Question: Hashable, Sendable, CustomStringConvertible {
    /// The name asked for.
    public var name: Name
    /// The type asked for.
    public var type: RecordType
    /// The class asked for.
    public var recordClass: RecordClass

    /// A question.
    public init(name: Name, type: RecordType, recordClass: RecordClass = .in) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
    }

    /// The question on one line.
    public var description: String { "\(name) \(recordClass) \(type)" }
}
