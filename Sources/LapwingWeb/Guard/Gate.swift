import Foundation
import HTTPTypes
import LapwingCore
import NIOPosix
import Synchronization

/// Decides who may come in: everybody when nothing is configured, otherwise a password or a token is wanted.
final class Gate: Sendable {
    /// Good passwords that are remembered, so that the slow check is made once.
    private static let mostRemembered = 256
    /// Password checks that may run or wait at the same time; more are refused.
    private static let mostChecks = 8

    private let users: [String: String]
    private let tokens: [[UInt8]]
    private let digest: @Sendable ([UInt8]) -> [UInt8]
    private let remembered = Mutex<Set<String>>([])
    private let checks = Mutex(0)

    init(users: [String: String], tokens: [String]) {
        self.users = users
        self.tokens = tokens.map { Array($0.lowercased().utf8) }
        digest = { SHA256.hex($0) }
    }

    var isOpen: Bool { users.isEmpty && tokens.isEmpty }

    /// Whether the request carries what is wanted.
    func admits(_ headers: HTTPFields) async -> Bool {
        if isOpen { return true }
        guard let header = headers[.authorization], header.utf8.count < 4096 else { return false }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return false }
        switch parts[0].lowercased() {
        case "bearer":
            let digest = digest(Array(parts[1].utf8))
            return tokens.reduce(false) { PasswordHash.isEqual($1, digest) || $0 }
        case "basic": return await admitsPassword(String(parts[1]))
        default: return false
        }
    }

    private func admitsPassword(_ encoded: String) async -> Bool {
        if remembered.withLock({ $0.contains(encoded) }) { return true }
        guard let data = Data(base64Encoded: encoded), let text = String(data: data, encoding: .utf8),
            let colon = text.firstIndex(of: ":")
        else { return false }
        let user = String(text[..<colon])
        let password = String(text[text.index(after: colon)...])
        let mayCheck = checks.withLock { running in
            guard running < Self.mostChecks else { return false }
            running += 1
            return true
        }
        guard mayCheck else { return false }
        defer { checks.withLock { $0 -= 1 } }
        // An unknown user costs as much time as a known one.
        let hash = users[user] ?? "$2b$10$abcdefghijklmnopqrstuuJ7rH4bkQvE7m5nXWtZ1o8pYy9yXo5Se"
        let matches =
            (try? await NIOThreadPool.singleton.runIfActive { PasswordHash.matches(password, hash: hash) }) ?? false
        guard matches, users[user] != nil else { return false }
        remembered.withLock { remembered in
            if remembered.count >= Self.mostRemembered { remembered.removeAll() }
            remembered.insert(encoded)
        }
        return true
    }

    /// Whether a request that changes something comes from our own pages, or from a program rather than a browser.
    static func isOwn(_ request: WebRequest, authority: String?) -> Bool {
        if let site = request.headers[HTTPField.Name.fetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        guard let host = authority, let place = origin.firstRange(of: "://") else { return false }
        return origin[place.upperBound...] == host
    }
}

extension HTTPField.Name {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    static let forwardedPrefix = HTTPField.Name("X-Forwarded-Prefix") ?? .origin
    static let scrapeTimeout = HTTPField.Name("X-Prometheus-Scrape-Timeout-Seconds") ?? .origin
    static let lastEvent = HTTPField.Name("Last-Event-ID") ?? .origin
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .origin
    static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .origin
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .origin
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .origin
}
