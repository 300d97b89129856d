internal import Synchronization

/// Caches compiled patterns and compilation errors, so that each pattern is compiled once, on first use.
package final class PatternCache: Sendable {
    /// The largest number of cached patterns; a file with more works, but slower.
    package static let capacity = 4096

    private let known = Mutex<[String: Result<RegularExpression, RegularExpressionError>]>([:])

    package init() {}

    /// Returns the compiled pattern, or throws the reason why it is invalid.
    package func compiled(_ pattern: String) throws(RegularExpressionError) -> RegularExpression {
        if let result = known.withLock({ $0[pattern] }) { return try result.get() }
        let result: Result<RegularExpression, RegularExpressionError>
        do throws(RegularExpressionError) {
            result = .success(try RegularExpression(pattern))
        } catch {
            result = .failure(error)
        }
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[pattern] = result
        }
        return try result.get()
    }
}
