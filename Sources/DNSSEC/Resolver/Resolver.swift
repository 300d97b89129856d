public import DNSWire

/// Resolves one question from the root down and validates the answer, without ever touching a network itself.
///
/// Ask `start()`; carry out the queries it wants; hand the replies to `receive(_:)`; repeat until it is done. Inside, the
/// walk is straight-line code that is run again from its start whenever a reply comes in: what is known already is looked
/// up, and where something is missing it stops and asks. That costs a little time and saves a state machine.
public struct Resolver: Sendable {
    /// What has to happen next.
    public enum Step: Sendable {
        /// These questions must be put to these servers, all at once.
        case ask([ServerQuery])
        /// The walk is over.
        case done(Resolution)
    }

    private var walk: Walk

    /// A walk that has not begun.
    /// - Parameters:
    ///   - question: The name and type asked for, class IN.
    ///   - settings: Where to begin and whom to trust.
    ///   - memory: What earlier walks learnt.
    ///   - verifier: The crypto library.
    ///   - now: Seconds since 1970 at which signatures are judged.
    public init(
        question: Question, settings: ResolverSettings, memory: consuming ResolutionCache = ResolutionCache(),
        verifier: any SignatureVerifier, now: Int64
    ) {
        walk = Walk(question: question, settings: settings, memory: memory, verifier: verifier, now: now)
    }

    /// Begins.
    public mutating func start() -> Step { proceed() }

    /// Takes in what became of queries and goes on.
    public mutating func receive(_ replies: [(query: ServerQuery, reply: ServerReply)]) -> Step {
        for (query, reply) in replies { walk.learn(query, reply) }
        return proceed()
    }

    /// Ends the walk before its time: there is no verdict.
    public mutating func giveUp(_ text: String) -> Resolution {
        giveUp(Reason(.timedOut, zone: .root, text))
    }

    /// Ends the walk for a reason that lies outside of it: there is no verdict.
    public mutating func giveUp(_ reason: Reason) -> Resolution { walk.failed(Proof(.indeterminate, reason)) }

    /// What this walk and those before it have learnt.
    public var memory: ResolutionCache { walk.handedOn }

    /// The same, taken out without a copy: the walk has nothing of it afterwards.
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

/// Why a run through the walk stopped before its end.
enum Pause: Error {
    /// The answers to these questions are not known yet.
    case missing([ServerQuery])
    /// A limit is reached.
    case exhausted(Reason)
}
