import Glibc

/// libFuzzer's loop: calls the function with one input after the other until it is told to stop.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ each: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

private typealias Body = ([UInt8]) -> Void
nonisolated(unsafe) private var body: Body = { _ in }

/// Tries a reader with inputs without end; a precondition that does not hold is a fault found.
///
/// Options are libFuzzer's. With `seeds FOLDER` the first inputs are written there instead, a file each.
package func fuzz(seeds: [[UInt8]] = [], _ each: @escaping ([UInt8]) -> Void) -> Never {
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "seeds" {
        for (number, seed) in seeds.enumerated() {
            guard let file = fopen("\(CommandLine.arguments[2])/seed-\(number)", "w") else { exit(1) }
            fwrite(seed, 1, seed.count, file)
            fclose(file)
        }
        exit(0)
    }
    body = each
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, take))
}

/// The same for work that waits for tasks.
package func fuzz(seeds: [[UInt8]] = [], _ each: @escaping @Sendable ([UInt8]) async -> Void) -> Never {
    fuzz(seeds: seeds) { (bytes: [UInt8]) in
        let done = Latch()
        Task.detached {
            await each(bytes)
            done.open()
        }
        done.wait()
    }
}

/// libFuzzer's library has a `main` of its own, which wants this name though it is not used.
@_cdecl("LLVMFuzzerTestOneInput")
public func take(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    body(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Lets one thread wait for another.
private final class Latch: @unchecked Sendable {
    private var semaphore = sem_t()

    init() { sem_init(&semaphore, 0, 0) }
    deinit { sem_destroy(&semaphore) }
    func open() { sem_post(&semaphore) }
    func wait() { while sem_wait(&semaphore) != 0 {} }
}
