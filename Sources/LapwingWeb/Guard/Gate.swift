import DNSWire
import Foundation
import HTTPTypes
import LapwingCore
import LapwingCrypto
import Synchronization

/// Decides who is admitted and as whom. Without any configuration everyone is admitted; otherwise a request needs a
/// password, a token, a session, or the headers of a trusted proxy.
final class Gate: Sendable {
    enum Verdict: Sendable {
        case admitted(Visitor)
        case refused, busy
        /// The person is identified but not admitted; the text is shown to them.
        case stranger(String)
    }

    /// The largest number of correct passwords that are remembered, so that the slow check is made only once for each.
    private static let mostRemembered = 256

    private let users: [String: String]
    private let tokens: [[UInt8]]
    private let digest: @Sendable ([UInt8]) -> [UInt8]
    private let remembered = Mutex<Set<String>>([])
    private let pool: LoginPool
    /// Nil if there is no store.
    let people: People?
    /// The provider for people who have no account here.
    let provider: ProviderLogin?
    /// Nil if no proxy is trusted to identify people.
    let forwarded: ForwardedIdentity?
    /// The address under which users reach the site.
    let externalURL: String?
    /// Whether everyone is admitted if no way to authenticate is configured.
    private let mayBeOpen: Bool

    init(
        users: [String: String], tokens: [String], pool: LoginPool, people: People? = nil,
        provider: ProviderLogin? = nil, forwarded: ForwardedIdentity? = nil, externalURL: String? = nil,
        mayBeOpen: Bool = true
    ) {
        self.people = people
        self.provider = provider
        self.forwarded = forwarded
        self.externalURL = externalURL
        self.mayBeOpen = mayBeOpen
        self.users = users
        self.tokens = tokens.map { Array($0.lowercased().utf8) }
        self.pool = pool
        digest = { Array(Hexadecimal.text(MessageDigest.sha256.of($0)).utf8) }
    }

    /// Whether everyone is admitted without authentication.
    var isOpen: Bool { isUnguarded && mayBeOpen }

    /// Whether no way to authenticate is configured.
    var isUnguarded: Bool { users.isEmpty && tokens.isEmpty && forwarded == nil && !hasLogIn }

    /// Whether there is a log-in page.
    var hasLogIn: Bool { provider != nil || people?.hasAccounts == true }

    /// Whether requests from this address come from a trusted proxy.
    func trustsProxy(_ address: String) -> Bool {
        guard let trusted = forwarded?.trusted, let address = IPAddress(address) else { return false }
        return trusted.block(of: address) != nil
    }

    /// Whether to send a challenge, so that browsers ask for a password of the configuration on their own.
    var asksForPasswords: Bool { !users.isEmpty || !hasLogIn && forwarded == nil }

    /// Checks the credentials of a request. If many requests wait, `address` decides about the order.
    ///
    /// - Parameters:
    ///   - way: how the request arrived, for the journal: `page` or `API`.
    ///   - session: the digest of the session that the browser presented.
    ///   - person: the user as named by a trusted proxy.
    func verdict(
        _ headers: HTTPFields, session: [UInt8]?, person: ForwardedPerson?, from address: String, by way: String
    ) async -> Verdict {
        if let forwarded, let person { return verdict(on: person, forwarded.groups, from: address, by: way) }
        let header = headers[.authorization].flatMap { $0.utf8.count < 4096 ? $0 : nil } ?? ""
        let parts = header.split(separator: " ", maxSplits: 1)
        let verdict: Verdict
        switch parts.count == 2 ? parts[0].lowercased() : "" {
        case "bearer": verdict = await tokenVerdict(String(parts[1]))
        case _ where isOpen: return .admitted(.anybody)
        case "basic": verdict = await passwordVerdict(String(parts[1]), from: address)
        // A request without credentials is not worth an entry among the refusals.
        default: return await sessionVerdict(session)
        }
        switch verdict {
        case .admitted(let visitor):
            if visitor.proof == .configured, let name = visitor.name {
                people?.noteVisit(of: name, from: address, by: way)
            }
        case .refused:
            people?.noteRefusal(as: Self.user(parts), from: address, by: way)
        case .busy, .stranger: break
        }
        return verdict
    }

    private func verdict(
        on person: ForwardedPerson, _ groups: GroupRights, from address: String, by way: String
    ) -> Verdict {
        let origin = "\(address), by the proxy \(person.proxy)"
        guard let rights = groups.rights(of: person.groups) else {
            people?.noteRefusal(as: person.name, from: origin, by: way)
            return .stranger("You are \(Shown.text(person.name, limit: 255)), and in no group with access.")
        }
        people?.noteVisit(of: person.name, from: origin, by: way)
        return .admitted(
            Visitor(name: person.name, rights: rights, proof: .forwarded, voucher: "by the proxy \(person.proxy)"))
    }

    /// Whether a listener that was admitted earlier may continue. Reads the disk; a read error counts as yes.
    func isGood(_ visitor: Visitor) -> Bool {
        switch visitor.proof {
        // As soon as there are accounts, everyone must authenticate.
        case .nothing: return isUnguarded
        // A change of the rules ends such connections anyway.
        case .configured, .forwarded: return true
        case .token(let digest):
            do {
                return try people?.holder(of: digest)?.rights == visitor.rights
            } catch {
                return true
            }
        case .session(let digest):
            do {
                return try people?.owner(ofSession: digest, at: provider?.provider)?.rights == visitor.rights
            } catch {
                return true
            }
        }
    }

    /// The user name of the credentials; empty for a token.
    private static func user(_ parts: [Substring]) -> String {
        guard parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])) else { return "" }
        return String(decoding: data.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }

    private func sessionVerdict(_ digest: [UInt8]?) async -> Verdict {
        guard let people, hasLogIn, let digest else { return .refused }
        let provider = provider?.provider
        let owner = try? await people.threads.run { try people.owner(ofSession: digest, at: provider) }
        return (owner ?? nil).map { .admitted($0) } ?? .refused
    }

    /// A presented token is checked even if authentication is not required.
    private func tokenVerdict(_ token: String) async -> Verdict {
        let bytes = Array(token.utf8)
        let text = digest(bytes)
        if tokens.reduce(false, { PasswordHash.isEqual($1, text) || $0 }) {
            return .admitted(Visitor(name: nil, rights: .all, proof: .configured))
        }
        guard let people, token.hasPrefix(People.mark) else { return isOpen ? .admitted(.anybody) : .refused }
        let digest = MessageDigest.sha256.of(bytes)
        let holder = try? await people.threads.run { try people.holder(of: digest) }
        return (holder ?? nil).map { .admitted($0) } ?? .refused
    }

    private func passwordVerdict(_ encoded: String, from address: String) async -> Verdict {
        guard !users.isEmpty, let data = Data(base64Encoded: encoded), let text = String(data: data, encoding: .utf8),
            let colon = text.firstIndex(of: ":")
        else { return .refused }
        let user = String(text[..<colon])
        let visitor = Visitor(name: user, rights: .all, proof: .configured)
        if remembered.withLock({ $0.contains(encoded) }) { return .admitted(visitor) }
        let password = String(text[text.index(after: colon)...])
        // An unknown user costs as much time as a known one, so that timing reveals nothing.
        guard let hash = users[user] ?? users.first?.value else { return .refused }
        guard let matches = await pool.check(from: address, { PasswordHash.matches(password, hash: hash) }) else {
            return .busy
        }
        guard matches, users[user] != nil else { return .refused }
        remembered.withLock { remembered in
            if remembered.count >= Self.mostRemembered { remembered.removeAll() }
            remembered.insert(encoded)
        }
        return .admitted(visitor)
    }
}

extension HTTPField.Name {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    static let fetchMode = HTTPField.Name("Sec-Fetch-Mode") ?? .origin
    static let fetchDestination = HTTPField.Name("Sec-Fetch-Dest") ?? .origin
    static let hostField = HTTPField.Name("Host") ?? .origin
    static let forwardedScheme = HTTPField.Name("X-Forwarded-Proto") ?? .origin
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .origin
    static let forwardedPrefix = HTTPField.Name("X-Forwarded-Prefix") ?? .origin
    static let scrapeTimeout = HTTPField.Name("X-Prometheus-Scrape-Timeout-Seconds") ?? .origin
    static let lastEvent = HTTPField.Name("Last-Event-ID") ?? .origin
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .origin
    static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .origin
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .origin
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .origin
}
