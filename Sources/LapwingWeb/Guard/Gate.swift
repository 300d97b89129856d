import Foundation
import HTTPTypes
import LapwingCore
import LapwingCrypto
import Synchronization

/// Decides who may come in: everybody when nothing is configured, otherwise a password or a token is wanted.
final class Gate: Sendable {
    enum Verdict: Sendable { case admitted, refused, busy }

    /// Good passwords that are remembered, so that the slow check is made once.
    private static let mostRemembered = 256

    private let users: [String: String]
    private let tokens: [[UInt8]]
    private let digest: @Sendable ([UInt8]) -> [UInt8]
    private let remembered = Mutex<Set<String>>([])
    private let pool: LoginPool

    init(users: [String: String], tokens: [String], pool: LoginPool) {
        self.users = users
        self.tokens = tokens.map { Array($0.lowercased().utf8) }
        self.pool = pool
        digest = { Array(Hexadecimal.text(MessageDigest.sha256.of($0)).utf8) }
    }

    var isOpen: Bool { users.isEmpty && tokens.isEmpty }

    /// Whether the request carries what is wanted; `address` is whoever waits if many ask at once.
    func verdict(_ headers: HTTPFields, from address: String) async -> Verdict {
        if isOpen { return .admitted }
        guard let header = headers[.authorization], header.utf8.count < 4096 else { return .refused }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return .refused }
        switch parts[0].lowercased() {
        case "bearer":
            let digest = digest(Array(parts[1].utf8))
            let isKnown = tokens.reduce(false) { PasswordHash.isEqual($1, digest) || $0 }
            return isKnown ? .admitted : .refused
        case "basic": return await passwordVerdict(String(parts[1]), from: address)
        default: return .refused
        }
    }

    private func passwordVerdict(_ encoded: String, from address: String) async -> Verdict {
        if remembered.withLock({ $0.contains(encoded) }) { return .admitted }
        guard !users.isEmpty, let data = Data(base64Encoded: encoded), let text = String(data: data, encoding: .utf8),
            let colon = text.firstIndex(of: ":")
        else { return .refused }
        let user = String(text[..<colon])
        let password = String(text[text.index(after: colon)...])
        // An unknown user costs as much time as a known one.
        guard let hash = users[user] ?? users.first?.value else { return .refused }
        guard let matches = await pool.check(from: address, { PasswordHash.matches(password, hash: hash) }) else {
            return .busy
        }
        guard matches, users[user] != nil else { return .refused }
        remembered.withLock { remembered in
            if remembered.count >= Self.mostRemembered { remembered.removeAll() }
            remembered.insert(encoded)
        }
        return .admitted
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
