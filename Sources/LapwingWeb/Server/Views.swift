import LapwingCore
import Synchronization

/// The board as it is for those who see only domains with certain tags, worked out once for each set of them.
final class Views: Sendable {
    /// Sets of tags that are remembered.
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
