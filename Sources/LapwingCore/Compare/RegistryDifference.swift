package import DNSWire

/// The differences between the delegation at the registry and the one that the parent zone serves.
package struct RegistryDifference: Sendable, Hashable, Codable {
    /// The data that exists in two copies.
    package enum Part: String, Sendable, Hashable, Codable {
        case nameServers, glue, ds
    }

    /// One part that differs.
    package struct Entry: Sendable, Hashable, Codable {
        /// The data of which the two copies differ.
        package var part: Part
        /// The registry's copy, sorted.
        package var registry: [String]
        /// The copy that the parent zone serves, sorted.
        package var parent: [String]
    }

    /// The differing parts in their order; never empty.
    package var entries: [Entry]

    /// Returns nil if the copies agree, or if one of them is unknown.
    package init?(_ registry: RegistryView, _ parent: ParentView, of domain: Name) {
        guard registry.outcome == .registered, parent.state == .delegated else { return nil }
        entries = [
            Self.nameServers(registry, parent), Self.glue(registry, parent, domain), Self.digests(registry, parent),
        ].compactMap(\.self)
        if entries.isEmpty { return nil }
    }

    /// Whether the parent zone still serves the same as then.
    package func isStill(_ parent: ParentView) -> Bool {
        guard parent.state == .delegated else { return false }
        return entries.allSatisfy { entry in
            switch entry.part {
            case .nameServers: entry.parent == Self.names(parent.hosts.map(\.name))
            case .glue: entry.parent == Self.lines(Self.glue(of: parent))
            case .ds: parent.dsKnown && entry.parent == Self.texts(parent)
            }
        }
    }

    // MARK: Parts

    private static func nameServers(_ registry: RegistryView, _ parent: ParentView) -> Entry? {
        let (listed, served) = (names(registry.nameServers), names(parent.hosts.map(\.name)))
        guard !listed.isEmpty, listed != served else { return nil }
        return Entry(part: .nameServers, registry: listed, parent: served)
    }

    /// Only hosts and address families in both copies can differ: messages omit some for lack of space.
    private static func glue(_ registry: RegistryView, _ parent: ParentView, _ domain: Name) -> Entry? {
        let served = glue(of: parent)
        let listed = (registry.glue ?? [:]).filter { $0.key.isSubdomain(of: domain) }
        let differs = served.contains { host, addresses in
            guard host.isSubdomain(of: domain), addresses.count < RoundWalk.Limit.addressesOfHost,
                let others = listed[host]
            else { return false }
            return [true, false].contains { isIPv4 in
                let (one, two) = (addresses.filter { $0.isIPv4 == isIPv4 }, others.filter { $0.isIPv4 == isIPv4 })
                return !one.isEmpty && !two.isEmpty && Set(one) != Set(two)
            }
        }
        return differs ? Entry(part: .glue, registry: lines(listed), parent: lines(served)) : nil
    }

    private static func digests(_ registry: RegistryView, _ parent: ParentView) -> Entry? {
        guard parent.dsKnown else { return nil }
        let served = texts(parent)
        guard let signers = registry.signers else {
            // Without the records, only their presence can be compared.
            guard let secure = registry.secure, secure == served.isEmpty else { return nil }
            return Entry(part: .ds, registry: secure ? ["signed"] : [], parent: served)
        }
        let digests = parent.ds.compactMap { DS($0.data) }
        let isSame =
            signers.allSatisfy { signer in digests.contains { signer.isOf($0) } }
            && digests.allSatisfy { digest in signers.contains { $0.isOf(digest) } }
        guard !isSame else { return nil }
        let listed = signers.map { $0.text ?? "key \($0.tag) of algorithm \($0.algorithm)" }.sorted()
        return Entry(part: .ds, registry: listed, parent: served)
    }

    private static func texts(_ parent: ParentView) -> [String] { parent.ds.map(\.data.text).sorted() }

    private static func names(_ names: [Name]) -> [String] { Set(names.map(\.folded)).sorted().map(\.description) }

    private static func glue(of parent: ParentView) -> [Name: [IPAddress]] {
        Dictionary(parent.hosts.filter { !$0.glue.isEmpty }.map { ($0.name.folded, $0.glue) }) { first, _ in first }
    }

    private static func lines(_ glue: [Name: [IPAddress]]) -> [String] {
        glue.sorted { $0.key < $1.key }.flatMap { host, addresses in addresses.sorted().map { "\(host) \($0)" } }
    }
}

extension RegistryView.Signer {
    fileprivate func isOf(_ digest: DS) -> Bool {
        text.map { $0 == digest.data.text } ?? (tag == digest.keyTag && algorithm == digest.algorithm)
    }
}
