/// The storage of the tables: a file, memory, or a server.
///
/// All functions block the thread until the storage has answered, and throw ``DatabaseFault`` if it cannot do what is
/// asked.
package protocol DatabaseEngine: AnyObject, Sendable {
    /// Reads a consistent snapshot while others continue to write.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value

    /// Runs one transaction, of which all is kept or nothing; transactions are serialised.
    ///
    /// The body may run again from its beginning if the engine requires that.
    ///
    /// - Parameter durably: whether the transaction survives a power cut once this returns; otherwise it may be lost
    ///   then.
    @discardableResult
    func write<Value>(durably: Bool, _ body: (Database) throws -> Value) throws -> Value

    /// Runs one transaction of a worker, which must hold the shards that it writes to; with a single daemon there is no
    /// such condition.
    @discardableResult
    func write<Value>(durably: Bool, under fence: Fence, _ body: (Database) throws -> Value) throws -> Value

    /// Flushes non-durable writes to the disk; does nothing if there are none.
    func settle() throws

    /// Returns descriptions of damage that the engine itself finds in its storage.
    func faults() throws -> [String]

    /// The bytes on the disk, the free bytes among them, and the bytes of the write-ahead log.
    func sizes() throws -> (all: Int64, free: Int64, log: Int64)

    /// Shrinks the storage to the size of its content.
    func compact() throws

    /// Differs from an earlier value if anyone has written in between; nil if that cannot be determined.
    var mark: [Int64]? { get }

    /// Whether reading fails whenever writing does, as with an unreachable server.
    var isAwayAsAWhole: Bool { get }

    /// Whether the history is divided into parts by age, which are dropped as a whole.
    var keepsHistoryInParts: Bool { get }
}

extension DatabaseEngine {
    /// For an engine that is not shared.
    @discardableResult
    package func write<Value>(
        durably: Bool, under fence: Fence, _ body: (Database) throws -> Value
    ) throws -> Value { try write(durably: durably, body) }

    /// Runs one transaction that survives a power cut.
    @discardableResult
    package func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try write(durably: true, body) }
}
