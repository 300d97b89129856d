import DNSWire
import LapwingCore

/// Reads the identity providers and proxies, and the rights of their groups.
struct PeopleReader {
    /// The largest number of groups, and of tags of one group.
    private static let mostGroups = 1000
    private static let mostTags = 100
    private static let longestGroup = 256
    private static let longestText = 255
    private static let mostScopes = 20
    private static let mostBlocks = 100
    /// From five minutes to a week, as with accounts.
    private static let sessions: ClosedRange<Int64> = 300...7 * 86_400

    let surroundings: SettingsReader.Surroundings

    /// Nil if a required value is missing or invalid, which is reported as a fault.
    func provider(_ value: ValueReader) -> IdentityProvider? {
        guard let fields = value.fields(.provider) else { return nil }
        let keys = ChannelFields(reader: value, fields: fields, contents: surroundings.contents)
        let issuer = required("issuer", fields, value).flatMap(issuer)
        let client = required("client_id", fields, value).flatMap { plain($0) }
        let groups = required("groups", fields, value).flatMap { self.groups($0, .providerGroup) }
        let secret = keys.secret("client_secret")
        if let secret, secret.isEmpty { keys.fault("client_secret", "it is empty") }
        guard let issuer, let client, let groups else { return nil }
        var provider = IdentityProvider(issuer: issuer, clientID: client, groups: groups)
        provider.clientSecret = secret
        provider.groupsClaim = fields["groups_claim"].flatMap { plain($0) } ?? provider.groupsClaim
        provider.nameClaim = fields["name_claim"].flatMap { plain($0) }
        provider.scopes = fields["scopes"].flatMap(scopes) ?? provider.scopes
        provider.label = fields["label"].flatMap { plain($0, longest: 60) }
        provider.session = fields["session"]?.duration(Self.sessions) ?? provider.session
        provider.isPrivate = fields["private_network"]?.boolean() ?? false
        return provider
    }

    /// Reads the settings of a proxy.
    func forwarded(_ value: ValueReader) -> ForwardedIdentity? {
        guard let fields = value.fields(.forwarded) else { return nil }
        let trusted = required("trusted", fields, value).flatMap(blocks)
        let groups = required("groups", fields, value).flatMap { self.groups($0, .forwardedGroup) }
        guard let trusted, let groups else { return nil }
        for name in groups.groups.keys where name.contains(",") {
            fields["groups"]?.fault("\(value.path).groups: `\(name.visible)` has a comma, which separates groups there")
        }
        var forwarded = ForwardedIdentity(trusted: trusted, groups: groups)
        forwarded.userHeader = fields["user_header"].flatMap(header) ?? forwarded.userHeader
        forwarded.groupsHeader = fields["groups_header"].flatMap(header) ?? forwarded.groupsHeader
        if forwarded.userHeader.lowercased() == forwarded.groupsHeader.lowercased() {
            value.fault("\(value.path): one header cannot name both a person and their groups")
        }
        return forwarded
    }

    private func required(_ key: String, _ fields: [String: ValueReader], _ value: ValueReader) -> ValueReader? {
        if fields[key] == nil { value.fault("\(value.path): key `\(key)` is missing") }
        return fields[key]
    }

    /// Reads the issuer identifier, which unlike other URLs is compared character by character.
    private func issuer(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let isAddress =
            parts.count > 2 && parts[1].isEmpty && !parts[2].isEmpty && text.utf8.count <= Self.longestText
            && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
            && !text.contains { "?#@\"<>\\`{}|^".contains($0) }
        guard isAddress, parts[0] == "https:" || parts[0] == "http:" && Self.isThisMachine(parts[2]) else {
            value.fault(
                "\(value.path): expected https:// and what the provider calls itself, such as https://login.example.org/dns"
            )
            return nil
        }
        return text
    }

    private static func isThisMachine(_ authority: Substring) -> Bool {
        let host =
            authority.hasPrefix("[") ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        return host.lowercased() == "localhost" || IPAddress(String(host))?.isLoopback == true
    }

    /// Reads a text that is displayed or compared: not empty, and without invisible characters.
    private func plain(_ value: ValueReader, longest: Int = Self.longestText) -> String? {
        guard let text = value.string() else { return nil }
        guard (1...longest).contains(text.utf8.count), text == text.visible else {
            value.fault("\(value.path): expected 1 to \(longest) characters that can be seen")
            return nil
        }
        return text
    }

    private func scopes(_ value: ValueReader) -> [String]? {
        guard let words = value.strings(orSingle: true) else { return nil }
        let isWord = words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }
        }
        guard isWord, words.count <= Self.mostScopes, words.contains("openid") else {
            value.fault("\(value.path): expected up to \(Self.mostScopes) words, `openid` among them")
            return nil
        }
        return words
    }

    private func groups(_ value: ValueReader, _ mapping: KnownMapping) -> GroupRights? {
        guard let entries = value.entries() else { return nil }
        guard (1...Self.mostGroups).contains(entries.count) else {
            value.fault(
                "\(value.path): expected 1 to \(Self.mostGroups) groups; who is in none of them may not come in")
            return nil
        }
        var groups: [String: Rights] = [:]
        for (name, key, value) in entries {
            guard (1...Self.longestGroup).contains(name.utf8.count), name == name.visible else {
                key.fault("\(key.path): a group has 1 to \(Self.longestGroup) characters that can be seen")
                continue
            }
            guard let fields = value.fields(mapping) else { continue }
            guard let role = required("role", fields, value)?.choice(Rights.Role.self) else { continue }
            groups[name] = Rights(role, tags: fields["tags"].flatMap(tags))
        }
        return groups.count == entries.count ? GroupRights(groups) : nil
    }

    /// Never nil if tags are given: a fault in them must not grant access to all domains.
    private func tags(_ value: ValueReader) -> Set<String> {
        let words = value.strings(orSingle: true) ?? []
        guard (1...Self.mostTags).contains(words.count), words.allSatisfy({ (1...64).contains($0.utf8.count) }) else {
            value.fault(
                "\(value.path): expected 1 to \(Self.mostTags) tags of 1 to 64 bytes; leave it out for every domain")
            return []
        }
        return Set(words)
    }

    private func blocks(_ value: ValueReader) -> [AddressBlock]? {
        guard let list = value.list(orSingle: true) else { return nil }
        guard (1...Self.mostBlocks).contains(list.count) else {
            value.fault("\(value.path): expected 1 to \(Self.mostBlocks) addresses or blocks of them")
            return nil
        }
        let blocks = list.compactMap { member -> AddressBlock? in
            guard let text = member.string() else { return nil }
            guard let block = AddressBlock(text) else {
                member.fault(
                    "\(member.path): expected an address or a block of addresses such as 127.0.0.1 or 10.0.0.0/24, found `\(text)`"
                )
                return nil
            }
            guard block.length > 0 else {
                member.fault("\(member.path): `\(text)` is everyone; anyone could claim to be any person")
                return nil
            }
            return block
        }
        return blocks.count == list.count ? blocks : nil
    }

    /// Reads the name of a header (RFC 9110 section 5.1) that has no other use.
    private func header(_ value: ValueReader) -> String? {
        guard let text = value.string() else { return nil }
        let isToken = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        let taken = [
            "host", "cookie", "authorization", "origin", "referer", "connection", "content-length", "content-type",
            "transfer-encoding", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-prefix",
        ]
        guard isToken, (1...64).contains(text.utf8.count), !taken.contains(text.lowercased()) else {
            value.fault(
                "\(value.path): expected the name of a header of its own, such as X-Forwarded-User, found `\(text)`")
            return nil
        }
        return text
    }
}
