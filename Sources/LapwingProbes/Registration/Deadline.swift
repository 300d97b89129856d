/// Runs work with a time limit; late work is cancelled and counts as not done.
enum Deadline {
    static func run<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws(LookupFailure) -> Value
    ) async -> Result<Value, LookupFailure> {
        await withTaskGroup(of: Result<Value, LookupFailure>.self) { group in
            group.addTask {
                do throws(LookupFailure) {
                    return .success(try await work())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return .failure(.timeout)
            }
            let first = await group.next() ?? .failure(.timeout)
            group.cancelAll()
            return first
        }
    }
}
