/// Carries out what waits for the disk and belongs to no actor that has a thread for it.
actor DiskWork {
    static let shared = DiskWork()

    private nonisolated let queue = DiskQueue("disk")
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    func run<Value: Sendable>(_ work: @Sendable () throws -> Value) rethrows -> Value { try work() }
}
