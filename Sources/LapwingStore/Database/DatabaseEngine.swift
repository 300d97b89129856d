/// What keeps the tables: a file, memory, or a server.
///
/// All functions block the thread until it has answered, and throw ``DatabaseFault`` where it cannot do what is asked.
package protocol DatabaseEngine: AnyObject, Sendable {
    /// Reads at one moment, while others go on writing.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value

    /// One transaction, of which all is kept or nothing; one after the other.
    ///
    /// The body may be carried out again from its beginning where the engine asks for that.
    ///
    /// - Parameter durably: whether it outlives a power cut when this returns; where less will do it may be lost then.
    @discardableResult
    func write<Value>(durably: Bool, _ body: (Database) throws -> Value) throws -> Value

    /// The same for a worker, which must hold what it writes to; where there is one daemon only it is the same.
    @discardableResult
    func write<Value>(durably: Bool, under fence: Fence, _ body: (Database) throws -> Value) throws -> Value

    /// Brings to the disk what was written without waiting for it; does nothing where all of it is there.
    func settle() throws

    /// Damage that the engine itself finds in what it keeps, in words.
    func faults() throws -> [String]

    /// Bytes on the disk, those among them that are free to be used again, and those of the log beside it.
    func sizes() throws -> (all: Int64, free: Int64, log: Int64)

    /// Makes it as small as what it holds.
    func compact() throws

    /// Differs from an earlier one when anybody wrote in between; nil where that cannot be told.
    var mark: [Int64]? { get }

    /// Whether reading fails together with writing: a server that is away.
    var isAwayAsAWhole: Bool { get }
}

extension DatabaseEngine {
    /// Nobody shares it.
    @discardableResult
    package func write<Value>(
        durably: Bool, under fence: Fence, _ body: (Database) throws -> Value
    ) throws -> Value { try write(durably: durably, body) }

    /// A transaction that outlives a power cut.
    @discardableResult
    package func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try write(durably: true, body) }
}

/// Why an engine did not do what it was asked for.
package struct DatabaseFault: Error, CustomStringConvertible, Sendable {
    /// Whose fault it is.
    package enum Kind: Sendable {
        /// Of the file, the disk or the server: the same may be done later.
        case engine
        /// Of what was asked for.
        case statement
        /// Another daemon has taken the store over: this one may write nothing any more.
        case superseded
    }

    /// What failed, which determines whether the same may succeed later.
    package var kind: Kind
    /// What the engine says, in short.
    package var reason: String
    /// The same with what it was doing, for the log.
    package var description: String

    /// Whether there is no way to the server now.
    var isAway: Bool {
        kind == .engine && (code == nil || code?.hasPrefix("08") == true || code?.hasPrefix("57P") == true)
    }

    /// The engine's own word for it, such as an SQLSTATE; nil where it has none.
    var code: String?

    package init(_ kind: Kind, reason: String, description: String? = nil) {
        self.kind = kind
        self.reason = reason
        self.description = description ?? reason
    }
}
