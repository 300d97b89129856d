import DNSSEC
import DNSWire
import LapwingCore

/// The comparison of one domain's declared records with those served, in the format of `drift --json`.
struct DriftReport: Encodable {
    struct Source: Encodable {
        var path: String
        var form: String
        /// The commit that is checked out at the source.
        var revision: String?
        /// The reason why the compared records are not the source's complete present content.
        var fault: String?
    }

    struct Declared: Encodable {
        var data: String
        var ttl: UInt32?
        var place: String
    }

    struct Served: Encodable {
        var data: [String]
        var ttl: UInt32?
        /// Hosts of servers or labels of resolvers.
        var by: [String]
    }

    struct Difference: Encodable {
        var name: String
        var type: String
        /// `missing`, `changed`, `undeclared`, `ttl`, `behind` or `unexpected`.
        var kind: String
        var text: String
        var declared: [Declared]
        var served: [Served]
        /// Servers with the declared value.
        var agreeing: [String]
        var resolvers: [Served]
        /// Lines of the source: removed ones begin with `- `, added ones with `+ `.
        var change: [String]
    }

    var name: String
    var at: String?
    /// `same`, `drift` or `unknown`.
    var status: String
    var source: Source?
    /// RRsets that are declared or expected, and were seen.
    var compared: Int
    /// Declared RRsets that are not compared, since there are too many.
    var left: Int
    /// RRsets about which no server answered.
    var unknown: [String]
    /// The reason why nothing was seen, if it lies in this machine or its network.
    var trouble: String?
    var differences: [Difference]

    /// - Parameter round: nil if no round was completed; then nothing is known.
    init(_ watch: Watch, _ round: JudgedRound?, _ verifier: any SignatureVerifier) {
        name = "\(watch.domain)"
        at = round.map { "\($0.snapshot.at)" }
        if let declaration = watch.declaration, let zone = declaration.zone {
            source = Source(
                path: zone.source, form: zone.form.rawValue, revision: zone.revision, fault: declaration.fault)
        }
        left = watch.declaration?.left ?? 0
        let snapshot =
            round?.snapshot
            ?? Snapshot(domain: watch.domain, at: .earliest, monotonic: 0, parent: ParentView(zone: nil))
        var plain = watch
        // Validation is a separate matter, and costs time.
        plain.dnssec = .off
        var verdicts = VerdictCache()
        let picture = Picture(
            watch: plain, state: WatchState(), snapshot: snapshot, verifier: verifier, verdicts: &verdicts)
        trouble = picture.interception.map {
            "a device on this machine's network answers in place of the servers: \($0.joined(separator: "; "))"
        }
        let drifts = picture.drifts
        let blind = picture.isBlind
        differences = blind ? [] : drifts.compactMap { Difference($0, watch) }
        var unseen = drifts.filter { blind || $0.standing == .unknown }.map(\.key)
        for (key, expected) in watch.expected {
            let sights = picture.sets.first { $0.key == key }?.own ?? []
            guard !blind, !sights.isEmpty else {
                if !unseen.contains(key) { unseen.append(key) }
                continue
            }
            if let difference = Difference(key, expected, sights, watch) { differences.append(difference) }
        }
        differences.sort { ($0.name, $0.type, $0.kind) < ($1.name, $1.type, $1.kind) }
        unknown = unseen.map(\.description).sorted()
        compared = Set(drifts.map(\.key)).union(watch.expected.keys).count - unknown.count
        status = "same"
        if isDifferent { status = "drift" } else if !unknown.isEmpty { status = "unknown" }
    }

    /// Whether declared and served records differ.
    var isDifferent: Bool { differences.contains { $0.kind != Drift.Standing.behind.rawValue } }
}

extension DriftReport.Difference {
    /// Nil if there is no difference.
    init?(_ drift: Drift, _ watch: Watch) {
        guard drift.isDifferent || drift.standing == .behind, let zone = watch.declaration?.zone else { return nil }
        let type = drift.key.type
        name = "\(drift.key.name)"
        self.type = "\(type)"
        kind = drift.standing.rawValue
        text = drift.sentence(source: zone.source)
        declared = drift.declared.map {
            DriftReport.Declared(data: $0.data?.text ?? "", ttl: $0.ttl, place: $0.place)
        }
        served = drift.servers.map { DriftReport.Served($0, type) }
        agreeing = drift.faithful
        resolvers = drift.resolvers.map { DriftReport.Served($0, type) }
        change = DeclaredChange(drift, in: zone)?.lines ?? []
    }

    /// Nil if everything meets the expectation.
    init?(_ key: RecordSetKey, _ expected: RecordExpectation, _ sights: [SetFact.Sight], _ watch: Watch) {
        let checked = sights.map { ($0, ExpectationCheck(expected, key, $0.value, ttl: $0.ttl)) }
        let wrong = checked.filter { !$0.1.faults.isEmpty }
        guard let (sight, check) = wrong.first else { return nil }
        name = "\(key.name)"
        type = "\(key.type)"
        kind = "unexpected"
        let place = expected.place.isEmpty ? "the configuration" : expected.place
        text =
            "\(key.name) \(key.type) is not what \(place) expects: \(sight.value.text(of: key.type)) instead of "
            + "\(check.faults.joined(separator: "; "))."
        declared = (expected.exactly ?? []).map { DriftReport.Declared(data: $0.text, ttl: nil, place: expected.place) }
        served = wrong.map { sight, _ in
            DriftReport.Served(
                data: sight.value.texts(of: key.type), ttl: sight.ttl, by: ["\(sight.server.host)"])
        }
        agreeing = checked.filter { $0.1.faults.isEmpty }.map { "\($0.0.server.host)" }
        resolvers = []
        change =
            check.isTTLOnly
            ? [] : DeclaredChange(key, of: watch.domain, from: expected, to: sight.value)?.lines ?? []
    }
}

extension DriftReport.Served {
    init(_ voice: Drift.Voice, _ type: RecordType) {
        (data, ttl, by) = (voice.value.texts(of: type), voice.ttl, voice.names)
    }
}
