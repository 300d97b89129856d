import LapwingCore
import Synchronization

/// The boards of visitors who are limited to some tags, computed once for each set of tags.
final class Views: Sendable {
    /// The largest number of sets of tags that are remembered.
    private static let most = 100

    private let known = Mutex<[Set<String>: (sources: WebSources, board: BoardIndex)]>([:])

    func view(of tags: Set<String>, _ whole: WebSources) -> (WebSources, BoardIndex) {
        known.withLock { known in
            if let view = known[tags] { return view }
            if known.count >= Self.most { known = [:] }
            let sources = whole.narrowed(to: Rights(.look, tags: tags))
            let view = (sources, BoardIndex(sources: sources))
            known[tags] = view
            return view
        }
    }
}
