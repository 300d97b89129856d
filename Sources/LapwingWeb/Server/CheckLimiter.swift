import Synchronization

/// Lets only so many check-ups run at the same time.
final class CheckLimiter: Sendable {
    private let most: Int
    private let running = Mutex(0)

    init(most: Int = 8) { self.most = most }

    /// A place among the running, or nil if there is none.
    func enter() -> Pass? {
        let isFree = running.withLock { running in
            guard running < most else { return false }
            running += 1
            return true
        }
        return isFree ? Pass(limiter: self) : nil
    }

    /// Given back once, at the latest when nobody holds it any more.
    final class Pass: Sendable {
        private let limiter: CheckLimiter
        private let isHeld = Mutex(true)

        fileprivate init(limiter: CheckLimiter) { self.limiter = limiter }

        func leave() {
            let wasHeld = isHeld.withLock { held in
                defer { held = false }
                return held
            }
            if wasHeld { limiter.running.withLock { $0 -= 1 } }
        }

        deinit { leave() }
    }
}
