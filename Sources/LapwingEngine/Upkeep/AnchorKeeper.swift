package import DNSSEC
internal import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle
internal import Synchronization

/// Follows the root's keys through their rollovers (RFC 5011) and stores their states.
///
/// Only for the built-in trust anchor; a configured one stays fixed.
package final class AnchorKeeper: Service {
    /// Fetches the root's DNSKEY RRset from a root server without validation; nil if no server answers.
    package typealias Fetch = @Sendable () async -> SignedSet?

    private let store: Store
    private let clock: EngineClock
    private let verifier: any SignatureVerifier
    private let log: Logger
    private let fetch: Fetch
    private let tell: @Sendable (TrustAnchors) -> Void
    private let state: Mutex<ManagedAnchors>

    /// - Parameter tell: called with the trusted keys, at the start and after each check of the root's keys.
    package init(
        store: Store, clock: EngineClock, verifier: any SignatureVerifier, log: Logger, fetch: @escaping Fetch,
        tell: @escaping @Sendable (TrustAnchors) -> Void
    ) throws {
        self.store = store
        self.clock = clock
        self.verifier = verifier
        self.log = log
        self.fetch = fetch
        let known = try store.anchors() ?? ManagedAnchors.root(now: clock.now().seconds)
        self.tell = tell
        state = Mutex(known)
        tell(known.anchors)
    }

    /// Checks the root's keys now, and then at the interval of RFC 5011 section 2.3, until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.look() } while (try? await self.clock.sleep(self.pause)) != nil
        }
    }

    private var pause: Double { state.withLock { Double($0.interval) } }

    /// Checks the root's keys once.
    package func look() async {
        guard let set = await fetch() else {
            log.warning("the root's keys could not be fetched")
            return
        }
        let now = clock.now().seconds
        var next = state.withLock { $0 }
        let (isTrusted, changes) = next.observe(set, now: now, verifier: verifier)
        if !isTrusted { log.error("the root's keys are not signed by any key that is trusted") }
        for change in changes {
            log.notice(
                "a key of the root has changed",
                metadata: [
                    "key": "\(change.tag)", "from": "\(change.from?.rawValue ?? "new")",
                    "to": "\(change.to?.rawValue ?? "forgotten")",
                ])
        }
        let kept = next
        state.withLock { $0 = kept }
        tell(kept.anchors)
        // Each worker follows the keys itself; one of them writes their states.
        guard store.hasDesk else { return }
        do {
            try await DiskWork.shared.run { [store] in try store.keep(anchors: kept) }
        } catch {
            log.error("the root's keys could not be stored", metadata: ["error": "\(error)"])
        }
    }
}
