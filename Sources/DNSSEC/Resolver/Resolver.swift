public import DNSWire

/// Resolves one question from the root down and validates the answer, without any network access of its own.
///
/// Call `start()`; carry out the queries that it returns; pass the replies to `receive(_:)`; repeat until it is done.
/// Internally, the walk is straight-line code that runs again from its start whenever replies arrive: known replies are
/// looked up, and at a missing one it stops and asks. That costs a little time and avoids a state machine.
public struct Resolver: Sendable {
    /// The next step.
    public enum Step: Sendable {
        /// These queries must be sent, concurrently.
        case ask([ServerQuery])
        /// The resolution has ended.
        case done(Resolution)
    }

    private var walk: Walk

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - question: the name and type, in class IN.
    ///   - settings: root hints, trust anchors and options.
    ///   - memory: the knowledge from earlier resolutions.
    ///   - verifier: the crypto library.
    ///   - now: the seconds since 1970 at which signatures are validated.
    public init(
        question: Question, settings: ResolverSettings, memory: consuming ResolutionCache = ResolutionCache(),
        verifier: any SignatureVerifier, now: Int64
    ) {
        walk = Walk(question: question, settings: settings, memory: memory, verifier: verifier, now: now)
    }

    /// Begins the resolution.
    public mutating func start() -> Step { proceed() }

    /// Processes the outcomes of queries and continues.
    public mutating func receive(_ replies: [(query: ServerQuery, reply: ServerReply)]) -> Step {
        for (query, reply) in replies { walk.learn(query, reply) }
        return proceed()
    }

    /// Ends the resolution early: there is no verdict.
    public mutating func giveUp(_ text: String) -> Resolution {
        giveUp(Reason(.timedOut, zone: .root, text))
    }

    /// Ends the resolution for an external reason: there is no verdict.
    public mutating func giveUp(_ reason: Reason) -> Resolution { walk.failed(Proof(.indeterminate, reason)) }

    /// The knowledge from this resolution and earlier ones.
    public var memory: ResolutionCache { walk.handedOn }

    /// Moves this knowledge out without a copy; the resolver has none of it afterwards.
    public mutating func takeMemory() -> ResolutionCache { walk.takeMemory() }

    private mutating func proceed() -> Step {
        do throws(Pause) {
            return .done(try walk.resolve())
        } catch {
            switch error {
            case .missing(let queries): return .ask(queries)
            case .exhausted(let reason): return .done(walk.failed(Proof(.indeterminate, reason)))
            }
        }
    }
}

/// The reason why a run stopped before its end.
enum Pause: Error {
    /// The answers to these queries are not known yet.
    case missing([ServerQuery])
    /// A limit is reached.
    case exhausted(Reason)
}
