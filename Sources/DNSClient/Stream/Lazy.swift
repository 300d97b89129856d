import Synchronization

/// A value that is created once, on first use.
final class Lazy<Value: Sendable>: Sendable {
    private let make: @Sendable () throws -> Value
    private let made = Mutex<Value?>(nil)

    init(_ make: @escaping @Sendable () throws -> Value) {
        self.make = make
    }

    /// Returns the value; if creating it fails, the next call tries again.
    func value() throws -> Value {
        try made.withLock { made in
            if let value = made { return value }
            let value = try make()
            made = value
            return value
        }
    }

    /// The value if it was created.
    var existing: Value? { made.withLock { $0 } }
}
