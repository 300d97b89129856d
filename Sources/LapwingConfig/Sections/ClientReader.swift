import Foundation
import LapwingCore

/// Reads the clients: freely chosen names, each with the tags of its domains.
struct ClientReader {
    /// The largest number of clients.
    private static let most = 10_000
    private static let mostTags = 100
    private static let longestName = 100
    /// The largest number of times that links can be invalidated.
    private static let mostLinks = 1_000_000

    let surroundings: SettingsReader.Surroundings

    func clients(_ value: ValueReader) -> [Client] {
        guard let entries = value.entries() else { return [] }
        guard entries.count <= Self.most else {
            value.fault("\(value.path): \(entries.count) clients; at most \(Self.most) are taken")
            return []
        }
        return entries.compactMap { client($0, $1, $2) }
    }

    private func client(_ key: String, _ keyReader: ValueReader, _ value: ValueReader) -> Client? {
        guard Client(key, tags: []) != nil else {
            keyReader.fault(
                "\(value.path): `\(key.visible)` is no name for a client: 1 to 63 letters, digits, hyphens and underscores"
            )
            return nil
        }
        guard let fields = value.fields(.client) else { return nil }
        guard let tags = fields["tags"] else {
            value.fault("\(value.path): key `tags` is missing")
            return nil
        }
        guard let words = tags.strings(orSingle: true), var client = Client(key, tags: words) else { return nil }
        if words.isEmpty || words.count > Self.mostTags {
            tags.fault("\(tags.path): expected 1 to \(Self.mostTags) tags")
        }
        client.name = fields["name"].flatMap(name) ?? key
        client.logo = fields["logo"].flatMap(logo)
        client.colour = fields["colour"].flatMap(colour)
        client.showsNames = fields["domains_public"]?.boolean() ?? client.showsNames
        client.showsDetails = fields["details"]?.boolean() ?? client.showsDetails
        client.link = fields["link"]?.integer(1...Self.mostLinks) ?? client.link
        client.language = fields["language"]?.language()
        client.clock = fields["zone"].flatMap { HoursReader().clock($0) }
        client.passwordHash = fields["password"].flatMap(passwordHash)
        return client
    }

    private func name(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        guard (1...Self.longestName).contains(text.count), text == text.visible else {
            value.fault("\(value.path): expected 1 to \(Self.longestName) characters that can be seen")
            return nil
        }
        return text
    }

    /// Reads a file next to the configuration, or a base64 data URL (RFC 2397).
    private func logo(_ value: ValueReader) -> Client.Logo? {
        guard let text = value.string() else { return nil }
        let bytes: [UInt8]?
        if text.hasPrefix("data:") {
            let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            let isEncoded = parts.count == 2 && parts[0].hasSuffix(";base64")
            bytes = isEncoded ? Data(base64Encoded: String(parts[1])).map(Array.init) : nil
            if bytes == nil {
                value.fault("\(value.path): expected data:image/png;base64, or the like, and the picture in base64")
                return nil
            }
        } else {
            bytes = surroundings.bytes(text)
            if bytes == nil {
                value.fault("\(value.path): cannot read the file \(text)")
                return nil
            }
        }
        guard let logo = Client.Logo(bytes ?? []) else {
            value.fault(
                "\(value.path): expected a PNG, JPEG, GIF, WebP or SVG of at most \(Client.Logo.longest >> 10) KiB")
            return nil
        }
        return logo
    }

    private func colour(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        guard text.utf8.count == 7, text.first == "#", text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else {
            value.fault("\(value.path): expected a colour such as \"#0a5f6b\", found `\(text)`")
            return nil
        }
        return text.lowercased()
    }

    /// The message does not repeat the text, which may be the password itself.
    private func passwordHash(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard text.hasPrefix("$"), parts.count >= 4, text.utf8.count < 300, text == text.visible else {
            value.fault("\(value.path): expected the hash of a password, such as htpasswd -nB or mkpasswd print it")
            return nil
        }
        return text
    }
}
