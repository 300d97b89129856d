/// Runs work that blocks on the disk and belongs to no actor with its own thread.
actor DiskWork {
    static let shared = DiskWork()

    private nonisolated let queue = DiskQueue("disk")
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    func run<Value: Sendable>(_ work: @Sendable () throws -> Value) rethrows -> Value { try work() }
}
