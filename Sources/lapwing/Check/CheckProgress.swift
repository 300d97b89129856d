import Foundation
import LapwingCore
import Synchronization

/// Reports on stderr which check-ups are in progress once they take longer than a second: on a terminal as one line
/// that is overwritten, elsewhere as an occasional line.
final class CheckProgress: Sendable {
    private struct State {
        var done: Set<Int> = []
        var hasLine = false
        var saidAt: Duration = .zero
    }

    private static let quiet = Duration.seconds(1)
    private static let pause = Duration.seconds(10)

    private let names: [String]
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let begin = ContinuousClock.now
    private let state = Mutex(State())

    init(_ names: [String]) { self.names = names }

    /// Runs until it is cancelled.
    func run() async {
        while (try? await Task.sleep(for: .milliseconds(300))) != nil {
            let elapsed = ContinuousClock.now - begin
            guard elapsed >= Self.quiet else { continue }
            state.withLock { state in
                guard state.done.count < names.count else { return }
                let waits = names.indices.first { !state.done.contains($0) }.map { names[$0] } ?? ""
                let seconds = elapsed.components.seconds
                let count = names.count > 1 ? "\(state.done.count) of \(names.count) checked, " : ""
                let text = "\(count)\(waits.visible) for \(seconds) s"
                if isTerminal {
                    write("\r\u{1B}[K" + text)
                    state.hasLine = true
                } else if elapsed - state.saidAt >= Self.pause {
                    state.saidAt = elapsed
                    write(text + "\n")
                }
            }
        }
    }

    func done(_ place: Int) { state.withLock { _ = $0.done.insert(place) } }

    /// Clears the line, before other output.
    func clear() {
        state.withLock { state in
            if state.hasLine { write("\r\u{1B}[K") }
            state.hasLine = false
        }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
