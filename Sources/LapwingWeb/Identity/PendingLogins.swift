import DNSWire
package import LapwingCore
import LapwingCrypto
import Synchronization

/// Log-ins at a provider that have begun but not finished. Each can be resumed once, by the browser in which it began.
package final class PendingLogins: Sendable {
    /// Seconds that a user may spend at the provider.
    package static let longest: Int64 = 600
    /// The largest number of pending log-ins; beyond it the oldest is dropped.
    package static let most = 2000
    /// The largest number of log-ins that one address may begin within a minute.
    package static let mostAMinute = 20

    /// A pending log-in: the values that must come back, and how to continue then.
    package struct Login: Sendable {
        /// The nonce, which the provider puts into its token.
        package var nonce: String
        /// The code verifier, a secret of this side (RFC 7636).
        package var verifier: String
        /// The redirect address for the provider.
        package var redirect: String
        /// The page to show after the log-in, below the base path.
        package var next: String
        /// The digest of the browser's previous session; nil if it had none.
        package var formerSession: [UInt8]?
        /// When it began.
        package var began: Timestamp
        fileprivate var browser: [UInt8]
    }

    /// The values for the browser.
    package struct Beginning: Sendable {
        /// Passed to the provider and returned by it.
        package var state: String
        /// Kept in the browser, as a cookie.
        package var browser: String
        /// The log-in itself.
        package var login: Login
    }

    /// The result of resuming a log-in.
    package enum Outcome: Sendable {
        case taken(Login)
        /// The log-in was resumed already, has expired, or never began.
        case unknown
        /// The log-in began in another browser and can still continue there.
        case ofAnotherBrowser
    }

    private struct State {
        /// By the digest of the state parameter.
        var logins: [[UInt8]: Login] = [:]
        /// The number of log-ins that each address began within the last minute, with the start of that minute.
        var counts: [String: (since: Timestamp, number: Int)] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// - Returns: nil if this address has begun too many log-ins.
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

    /// Resumes a log-in that the provider sends back; it cannot be resumed again.
    ///
    /// - Parameter browser: the value of the browser's cookie; nil if there is none.
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

    /// 32 unpredictable bytes as 43 characters (RFC 7636 section 4.1).
    private static func fresh() -> String { Base64URL.text((0..<32).map { _ in UInt8.random(in: 0...255) }) }

    private static func digest(_ text: String) -> [UInt8] { MessageDigest.sha256.of(Array(text.utf8)) }

    /// An IPv6 network that may belong to a single client counts as one address.
    private static func source(_ address: String) -> String {
        guard case .v6(let network, _) = IPAddress(address)?.unmapped else { return address }
        return "\(network)"
    }
}
