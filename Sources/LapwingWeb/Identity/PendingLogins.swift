import DNSWire
package import LapwingCore
import LapwingCrypto
import Synchronization

/// Log-ins at a provider that have begun and are not over: each is taken up once, by the browser in which it began.
package final class PendingLogins: Sendable {
    /// Seconds that somebody may take at the provider.
    package static let longest: Int64 = 600
    /// Log-ins that may be under way; beyond, the oldest is forgotten.
    package static let most = 2000
    /// Log-ins of one address that may begin within a minute.
    package static let mostAMinute = 20

    /// What has to come back, and what is wanted then.
    package struct Login: Sendable {
        /// What the provider puts into its token.
        package var nonce: String
        /// What only whoever began it knows (RFC 7636).
        package var verifier: String
        /// Where the provider sends the browser back to.
        package var redirect: String
        /// The page to which somebody goes once he is in, below the base.
        package var next: String
        /// The digest of the session that the browser had.
        package var formerSession: [UInt8]?
        /// When it began.
        package var began: Timestamp
        fileprivate var browser: [UInt8]
    }

    /// What the browser is given.
    package struct Beginning: Sendable {
        /// Goes to the provider and comes back from there.
        package var state: String
        /// Stays in the browser, as a cookie.
        package var browser: String
        /// The log-in itself.
        package var login: Login
    }

    /// What comes of taking one up.
    package enum Outcome: Sendable {
        case taken(Login)
        /// It was taken up already, has expired, or never began.
        case unknown
        /// It began in another browser, where it can still go on.
        case ofAnotherBrowser
    }

    private struct State {
        /// By the digests of their states.
        var logins: [[UInt8]: Login] = [:]
        /// Those that each address began within the last minute, and since when that is counted.
        var counts: [String: (since: Timestamp, number: Int)] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// - Returns: nil where this address has begun too many.
    package func begin(
        from address: String, next: String, redirect: String, formerSession: [UInt8]?, at now: Timestamp
    ) -> Beginning? {
        let browser = Self.fresh()
        let login = Login(
            nonce: Self.fresh(), verifier: Self.fresh(), redirect: redirect, next: next, formerSession: formerSession,
            began: now, browser: Self.digest(browser))
        let beginning = Beginning(state: Self.fresh(), browser: browser, login: login)
        let source = Self.source(address)
        let mayBegin = state.withLock { state in
            state.logins = state.logins.filter { Self.lasts($0.value, at: now) }
            state.counts = state.counts.filter { (0..<60).contains(now.seconds(since: $0.value.since)) }
            let known = state.counts[source] ?? (now, 0)
            guard known.number < Self.mostAMinute else { return false }
            if state.counts.count < Self.most || known.number > 0 {
                state.counts[source] = (known.since, known.number + 1)
            }
            if state.logins.count >= Self.most, let oldest = state.logins.min(by: { $0.value.began < $1.value.began }) {
                state.logins[oldest.key] = nil
            }
            state.logins[Self.digest(beginning.state)] = login
            return true
        }
        return mayBegin ? beginning : nil
    }

    /// Takes a log-in up that the provider sends back; it cannot be taken up again.
    ///
    /// - Parameter browser: what the browser's cookie says; nil where it has none.
    package func take(state text: String, browser: String?, at now: Timestamp) -> Outcome {
        state.withLock { state in
            let key = Self.digest(text)
            guard let login = state.logins[key], Self.lasts(login, at: now) else { return .unknown }
            guard let browser, PasswordHash.isEqual(Self.digest(browser), login.browser) else {
                return .ofAnotherBrowser
            }
            state.logins[key] = nil
            return .taken(login)
        }
    }

    private static func lasts(_ login: Login, at now: Timestamp) -> Bool {
        (0..<longest).contains(now.seconds(since: login.began))
    }

    /// 32 bytes that nobody can guess, in 43 letters (RFC 7636 section 4.1).
    private static func fresh() -> String { Base64URL.text((0..<32).map { _ in UInt8.random(in: 0...255) }) }

    private static func digest(_ text: String) -> [UInt8] { MessageDigest.sha256.of(Array(text.utf8)) }

    /// A network of IPv6 that one client may have to itself counts as one address.
    private static func source(_ address: String) -> String {
        guard case .v6(let network, _) = IPAddress(address)?.unmapped else { return address }
        return "\(network)"
    }
}
