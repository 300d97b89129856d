import LapwingCore
import Synchronization

/// The properties that domains share, computed on request and at most once in a while, since this reads all domains.
final class SharedIndex: Sendable {
    /// Seconds for which a result is reused.
    private static let lifetime: Int64 = 20

    private struct Kept {
        var parts: SharedParts
        var content: BoardIndex.Content
    }

    private let sources: WebSources
    private let kept = Mutex<Kept?>(nil)

    init(sources: WebSources) { self.sources = sources }

    /// Returns the properties that domains of the board share; their rows are those of `content`'s roster.
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
