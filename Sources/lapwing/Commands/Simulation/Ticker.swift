import Foundation

/// Tells on standard error how far a long run has come, twice a minute at most.
struct Ticker {
    private var last = Date()
    private static let pause: TimeInterval = 30

    mutating func tell(_ text: String) {
        guard Date().timeIntervalSince(last) >= Self.pause else { return }
        last = Date()
        StandardError.print(text)
    }
}
