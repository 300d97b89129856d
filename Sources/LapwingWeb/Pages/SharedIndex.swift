import LapwingCore
import Synchronization

/// What domains share, worked out when somebody asks, and at most once in a while: it takes a look at all of them.
final class SharedIndex: Sendable {
    /// Seconds for which an answer is given again.
    private static let lifetime: Int64 = 20

    private struct Kept {
        var parts: SharedParts
        var content: BoardIndex.Content
    }

    private let sources: WebSources
    private let kept = Mutex<Kept?>(nil)

    init(sources: WebSources) { self.sources = sources }

    /// What the domains of the board share; its rows are those of `content`'s roster.
    func parts(_ content: BoardIndex.Content) -> SharedParts {
        let known = kept.withLock { $0 }
        if let known, known.content.roster.isSame(as: content.roster),
            (0..<Self.lifetime).contains(content.at.seconds(since: known.content.at))
        {
            return known.parts
        }
        let naming = SharedParts.Naming(isSuffix: sources.isSuffix, registered: sources.registered)
        let parts = SharedParts(content.roster, facts: sources.facts(content.roster.names), naming: naming)
        kept.withLock { $0 = Kept(parts: parts, content: content) }
        return parts
    }
}
