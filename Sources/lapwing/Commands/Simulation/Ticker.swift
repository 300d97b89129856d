import Foundation

/// Reports the progress of a long run on standard error, at most twice a minute.
struct Ticker {
    private var last = Date()
    private static let pause: TimeInterval = 30

    mutating func tell(_ text: String) {
        guard Date().timeIntervalSince(last) >= Self.pause else { return }
        last = Date()
        StandardError.print(text)
    }
}
