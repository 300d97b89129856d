import DNSSEC
import DNSWire

/// The chain from the DS on, computed for every server. Cached data counts for as long as caches may hold it.
enum ChainRule {
    typealias KeyLabel = ChainMemory.KeyLabel

    static let rule = Rule(
        "chain", references: ["RFC 4035 §5", "RFC 6781 §4", "RFC 6840 §5.11", "RFC 7583"],
        table: [
            Rule.Row(
                .dnssecBroken, .dnssecBroken, [.critical], "a DS that is or may be cached leads to no working key"),
            Rule.Row(.dnssecExpired, .dnssecBroken, [.critical], "signatures are past their end"),
            Rule.Row(
                .dnssecDowngraded, .dnssecDowngraded, [.notice, .warning], "the DS is gone; notice when declared"),
            Rule.Row(
                .dnssecCostly, .dnssecBroken, [.warning],
                "too many signatures, keys or hashes to check, or keys too large: part of it is unknown"),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.watch.dnssec != .off else { return [] }
        let costly = costly(picture)
        guard picture.snapshot.parent.state == .delegated else { return costly }
        // New servers are judged by the delegation rule.
        let servers = picture.listedOwn.filter(\.answers)
        return broken(servers, picture) + downgraded(picture) + costly
    }

    /// A promise of the parent to which validators may hold the zone, and its end.
    struct Demand {
        var keys: [KeyLabel]
        /// Nil for the DS records that the parent serves now.
        var until: Timestamp?
    }

    static func demands(_ picture: Picture) -> [Demand] {
        let parent = picture.snapshot.parent
        let now = usable(parent.ds)
        var demands: [Demand] = []
        if parent.dsKnown {
            if !now.isEmpty { demands.append(Demand(keys: now, until: nil)) }
        }
        for remembered in picture.state.chain.ds where !remembered.keys.isEmpty && remembered.keys != now {
            if remembered.end() > picture.now { demands.append(Demand(keys: remembered.keys, until: remembered.end())) }
        }
        return demands
    }

    /// Returns the DS records that validators use; if there are only others, they treat the zone as unsigned (RFC 4035
    /// §5.2).
    static func usable(_ records: [Record]) -> [KeyLabel] {
        KeyPointers(digests: records.compactMap { DS($0.data) }).usableDigests.map(\.label).sorted()
    }

    private static func broken(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        let demands = demands(picture)
        guard !demands.isEmpty else { return [] }
        var bad: [(server: ServerFact, why: [String], fault: ChainFact.Fault?, until: Timestamp?)] = []
        for server in servers {
            let chain = picture.chain(server)
            guard let (why, fault, until) = trouble(chain, demands, picture) else { continue }
            bad.append((server, why, fault, until))
        }
        guard let first = bad.first else { return [] }
        let isTimeOnly = bad.allSatisfy { $0.fault?.isAboutTime == true }
        if isTimeOnly, !picture.trustsClock || isOurClock(picture) { return [] }
        let isEverywhere = bad.count == servers.count
        let tags = demands[0].keys.map { "\($0.tag)" }.joined(separator: ", ")
        // One line for each fault, however many servers and addresses have it.
        var faults: [[String]] = []
        for item in bad where !faults.contains(item.why) { faults.append(item.why) }
        var facts = faults.map { why in
            let alike = bad.filter { $0.why == why }.map(\.server)
            let isWhole = servers.allSatisfy { server in
                !alike.contains { $0.host == server.host } || alike.contains { $0.source == server.source }
            }
            return "\(Change.list(isWhole ? alike.hostNames : alike.map(\.label))): \(why.joined(separator: "; "))."
        }
        if let until = bad.compactMap(\.until).max() {
            facts.append("Caches may rely on what was there until \(until.sentence); it heals by itself then.")
        }
        let failing = picture.resolvers.filter { !$0.failed.isEmpty && $0.controlsWork }.map(\.label)
        if !failing.isEmpty { facts.append("SERVFAIL already at: \(failing.joined(separator: ", ")).") }
        let expired = isTimeOnly && bad.contains { if case .expired = $0.fault { true } else { false } }
        let hosts = Change.list(bad.map(\.server).hostNames)
        let headline =
            expired
            ? "\(picture.domain): the DNSSEC signatures (RRSIG) have expired on \(hosts)."
            : "\(picture.domain): DNSSEC is broken on \(hosts): \(first.why[0])."
        var finding = Finding(
            expired ? .dnssecExpired : .dnssecBroken,
            isEverywhere ? .signatures : .server(first.server.host), .dnssecBroken, .critical,
            subject: RecordSetKey(picture.domain, .dnskey),
            text: Narrative(
                headline, facts: facts,
                grounds: [
                    "computed from the DS (tag \(tags)) and each server's DNSKEY and RRSIG, not from what resolvers say",
                    "a validating resolver answers SERVFAIL for such data",
                ],
                isNot: "a fault of the resolvers.",
                advice: expired
                    ? "Have the zone signed again now; see why the signer or the transfer stopped."
                    : "Put back the keys and signatures that the DS names, or have the DS removed at the registrar.",
                check: picture.dig(RecordSetKey(picture.domain, .dnskey), at: "\(first.server.address)")))
        finding.evidence = bad.prefix(4).map {
            EvidencePointer($0.server.source, RecordSetKey(picture.domain, .dnskey))
        }
        return [finding]
    }

    /// Returns the faults of one server's chain; nil if it has none.
    static func trouble(
        _ chain: ChainFact, _ demands: [Demand], _ picture: Picture
    ) -> (why: [String], fault: ChainFact.Fault?, until: Timestamp?)? {
        switch chain.state {
        case .unknown: return nil
        case .unsigned:
            let until = demands.contains { $0.until == nil } ? nil : demands.compactMap(\.until).max()
            let tags = demands[0].keys.map { "\($0.tag)" }.joined(separator: ", ")
            return (
                ["it serves no DNSKEY although a DS (tag \(tags)) \(until == nil ? "is there" : "is still in caches")"],
                nil, until
            )
        case .signed: break
        }
        let current = demands.first { $0.until == nil }
        if let current, !chain.fitsDelegation {
            let (reason, fault) = mismatch(chain, current.keys)
            return ([reason], fault, nil)
        }
        if let old = demands.first(where: { $0.until != nil && !chain.satisfies($0.keys) }) {
            let tags = old.keys.map { "\($0.tag)" }.joined(separator: ", ")
            return (["caches still hold the DS with tag \(tags), and its DNSKEY is gone"], nil, old.until)
        }
        if let (key, fault) = chain.faults.sorted(by: { "\($0.key)" < "\($1.key)" }).first {
            let more = chain.faults.count > 1 ? " (and \(chain.faults.count - 1) more)" : ""
            return (["\(key): \(fault.words)\(more)"], fault, nil)
        }
        return stranded(chain, picture)
    }

    /// Returns why no DS of the parent refers to a key that signs the key set.
    private static func mismatch(_ chain: ChainFact, _ demand: [KeyLabel]) -> (String, ChainFact.Fault?) {
        func list(_ labels: [KeyLabel]) -> String {
            Set(labels.map(\.tag)).sorted().map(String.init).joined(separator: ", ")
        }
        let named = chain.fits.filter { $0.kind == .fits }.map(\.digest.label)
        if !named.isEmpty {
            // It is signed only by other keys, or its signature by the right key is bad.
            if let fault = chain.keyFault {
                return (
                    "the DNSKEY set is not well signed by the key of the DS (tag \(list(named))): \(fault.words)", fault
                )
            }
            return (
                "the DNSKEY set is signed by key \(list(Array(chain.anchors))) only, and not by key \(list(named)), which the "
                    + "DS names", nil
            )
        }
        if let wrong = chain.fits.first(where: { $0.kind == .otherDigest })?.digest {
            let name = Algorithms.digestName(wrong.digestType)
            return ("the \(name) digest of DS \(wrong.keyTag) is not that of DNSKEY \(wrong.keyTag)", nil)
        }
        return ("the DS (tag \(list(demand))) matches no DNSKEY; the zone publishes \(list(chain.labels))", nil)
    }

    /// Returns data that is signed by a key which a cached DNSKEY set does not contain yet.
    private static func stranded(
        _ chain: ChainFact, _ picture: Picture
    ) -> (why: [String], fault: ChainFact.Fault?, until: Timestamp?)? {
        for old in picture.state.chain.dnskey where old.end() > picture.now && old.keys != chain.labels {
            guard
                let (key, signers) = chain.signers.sorted(by: { "\($0.key)" < "\($1.key)" })
                    .first(where: { !$0.value.contains(where: old.keys.contains) })
            else { continue }
            let tags = signers.sorted().map { "\($0.tag)" }.joined(separator: ", ")
            return (
                ["\(key) is signed by key \(tags) only, which DNSKEY sets in caches do not have yet"], nil, old.end()
            )
        }
        return nil
    }

    /// Whether all validating resolvers accept fresh data, which means that the local clock is wrong.
    private static func isOurClock(_ picture: Picture) -> Bool {
        let validating = picture.resolvers.filter { picture.state.resolvers[$0.label]?.validatedAt != nil }
        guard validating.count >= 2 else { return false }
        return validating.allSatisfy { resolver in
            // The DS belongs to the parent and stays secure whatever the state of the zone's own signatures.
            let answers = resolver.view.answers.filter { $0.key.type != .ds && $0.value.outcome == .data }.values
            return resolver.failed.isEmpty && !answers.isEmpty && answers.allSatisfy(\.authenticData)
        }
    }

    private static func downgraded(_ picture: Picture) -> [Finding] {
        let parent = picture.snapshot.parent
        guard parent.dsKnown, parent.ds.isEmpty, let accepted = picture.state.chain.acceptedDS, !accepted.isEmpty,
            !picture.isLearning
        else { return [] }
        let isSigned = picture.listedOwn.contains {
            let chain = picture.chain($0)
            return chain.state == .signed || !chain.unchecked.isEmpty
        }
        let isDeclared = picture.isDeclared(.ds)
        let tags = accepted.map { "\($0.tag)" }.joined(separator: ", ")
        var finding = Finding(
            .dnssecDowngraded, .secureDelegation, .dnssecDowngraded, isDeclared ? .notice : .warning,
            subject: RecordSetKey(picture.domain, .ds),
            text: Narrative(
                "\(picture.domain): its DS (tag \(tags)) is gone from the parent, the domain is no longer protected by DNSSEC.",
                facts: [isSigned ? "The zone is still signed." : "The zone is not signed any more."],
                grounds: ["the parent was asked directly"] + (isDeclared ? ["the owner declared it"] : []),
                isNot: "an outage: without a DS every resolver accepts the zone, and any forgery of it.",
                advice:
                    "If none of your people did this, treat the registrar account as taken: a hijack often begins so.",
                check:
                    "dig +norecurse \(picture.domain) DS @\(parent.answers.first.map { "\($0.address)" } ?? "parent")"))
        finding.changes = [
            Change(
                name: picture.domain, kind: .records(.ds), old: accepted.map { "\($0.tag)" }, new: [],
                seenBy: ["parent"])
        ]
        finding.clearing = .absent(polls: 2)
        finding.look.asksRegistry = true
        finding.evidence = parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ds))
        }
        return [finding]
    }
}
