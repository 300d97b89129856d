internal import Synchronization

/// Remembers compiled patterns, good and bad, so that a pattern is compiled at its first use and never again.
package final class PatternCache: Sendable {
    /// How many patterns are kept; a file with more patterns works, only slower.
    package static let capacity = 4096

    private let known = Mutex<[String: Result<RegularExpression, RegularExpressionError>]>([:])

    package init() {}

    /// The compiled pattern, or the reason why there is none.
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
