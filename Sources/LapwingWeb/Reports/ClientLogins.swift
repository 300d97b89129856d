import Foundation
import HTTPTypes
import LapwingCore
import Synchronization

/// Caches verified passwords of clients and recently rendered pages, so that the slow work is not repeated for each
/// request.
final class ClientLogins: Sendable {
    enum Verdict: Sendable { case admitted, refused, busy }

    /// The largest number of verified passwords and of rendered pages in the cache.
    private static let most = 256
    /// Seconds for which a page is reused.
    private static let fresh: Int64 = 10

    private let remembered = Mutex<Set<String>>([])
    private let pages = Mutex<[String: (made: Timestamp, text: String)]>([:])

    /// Checks the client's name and password in the request; `other` is a hash that costs as much time if there is no
    /// such client.
    func verdict(
        _ client: Client?, _ headers: HTTPFields, from address: String, other: String?
    ) async -> Verdict {
        guard let header = headers[.authorization], header.utf8.count < 4096 else { return .refused }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let text = String(data: data, encoding: .utf8), let colon = text.firstIndex(of: ":")
        else { return .refused }
        guard let hash = client?.passwordHash ?? other else { return .refused }
        let known = "\(client?.key ?? "") \(hash) \(parts[1])"
        if remembered.withLock({ $0.contains(known) }) { return .admitted }
        let password = String(text[text.index(after: colon)...])
        guard let matches = await LoginPool.shared.check(from: address, { PasswordHash.matches(password, hash: hash) })
        else { return .busy }
        guard matches, let client, client.passwordHash == hash, text[..<colon] == client.key else { return .refused }
        remembered.withLock { remembered in
            if remembered.count >= Self.most { remembered.removeAll() }
            remembered.insert(known)
        }
        return .admitted
    }

    /// Returns a recently rendered page, or renders it.
    func page(_ key: String, at steady: Timestamp, _ make: () throws -> String) rethrows -> String {
        if let known = pages.withLock({ $0[key] }), steady.seconds(since: known.made) < Self.fresh,
            steady >= known.made
        {
            return known.text
        }
        let text = try make()
        pages.withLock { pages in
            if pages.count >= Self.most { pages.removeAll() }
            pages[key] = (steady, text)
        }
        return text
    }
}
