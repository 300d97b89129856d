import DNSWire
import Foundation
import LapwingCore
import LapwingImport
import LapwingStore

/// The page with everything about one domain.
struct DomainPage {
    let frame: PageFrame
    let sources: WebSources
    let entry: BoardIndex.Entry

    private static let historyDays: Int64 = 30
    /// The largest number of journal entries that are shown; `lapwing export --journal` writes all.
    private static let mostActs = 50

    func render() async throws -> String {
        let store = sources.store
        let now = frame.now
        let state = try store.state(of: entry.domain)
        let records = Delegation.present(try sources.records(of: entry.domain), entry.domain, state)
        let incidents = try store.incidents(of: entry.domain, limit: 100, isBrief: true)
        // The chain cannot be followed if servers do not answer, and the attempt takes longer than a reader waits.
        var rail = fallbackRail(state)
        if entry.absence == nil, entry.live?.isSeen ?? true, let walked = await sources.trust?(entry.domain) {
            rail = judged(walked)
        }
        let matrix = RecordMatrix(records, silent: Set(entry.live?.sight?.silent ?? []))
        let shown = matrix.models(now: now, isValid: rail.verdict != "bogus")
        let (moments, older) = timeline(incidents, try store.changes(of: entry.domain, limit: 500))
        let acceptable = (entry.live?.open ?? []).filter(\.code.nature.canBeAccepted)
        // Weaknesses from before watching began have a list of their own.
        let open = (entry.live?.open ?? []).filter { $0.incidentClass != .posture || $0.severity > .info }
            .sorted { $0.presentSeverity > $1.presentSeverity }
        let posture = (entry.live?.findings ?? []).filter(\.isPosture)
        let delegation = Delegation(entry, state, records)
        let acts = try store.acts(about: entry.domain, limit: Self.mostActs).map {
            RemarkModel(at: Shown.time($0.at, now), text: Shown.act($0))
        }
        let name = Shown.name(entry.domain)
        let places = try sources.places(of: entry)
        let model = DomainModel(
            name: name, path: Escape.path(name), unicode: Shown.unicode(entry.domain), style: entry.condition.style,
            sign: entry.sign, word: entry.word, sentence: sentence, silences: try silences(), instead: instead,
            acceptable: !acceptable.isEmpty, normal: acceptable.prefix(10).map { Shown.text($0.normal, limit: 300) },
            isGrave: acceptable.contains { $0.severity == .critical && $0.backSince == nil },
            removable: !entry.isFromFile && sources.remove != nil, tiles: tiles(matrix, rail, state),
            lanes: entry.live?.learntAt == nil ? nil : lanes(incidents), hasOpen: !open.isEmpty,
            open: open.prefix(50).map(finding), hasPosture: !posture.isEmpty, posture: posture.prefix(50).map(known),
            columns: shown.columns, sets: shown.sets, hasSets: !shown.sets.isEmpty,
            quietSets: matrix.quietRows == 1
                ? "1 set without records is left out."
                : matrix.quietRows > 0 ? "\(matrix.quietRows) sets without records are left out." : nil,
            rail: self.rail(rail), delegationNote: delegation.note, parent: delegation.parent, child: delegation.child,
            places: places.isEmpty ? nil : .init(list: places.map(place)),
            zone: entry.live?.zone.map(zone), registration: state?.registry.known.map(registration),
            registrationNote: registrationNote,
            chart: try chart(), latency: latencyChart(), timeline: moments,
            older: older.isEmpty ? nil : DomainModel.Older(count: older.count, moments: older),
            acts: acts.isEmpty ? nil : .init(list: acts),
            options: !entry.isFromFile && sources.add != nil ? options : nil)
        return try frame.render(model, title: name, path: "/domains")
    }

    private var registrationNote: String {
        entry.live == nil
            ? "Asked with the first check."
            : "Not asked yet: a registry is asked for one domain after another, which can take hours for many."
    }

    /// The initial values of the form for a domain that was added at run time.
    private var options: DomainModel.Options {
        let said = entry.options.flatMap { DomainOptions(json: $0) }?["names"]
        let names = said?.members?.map(\.key) ?? said?.texts ?? []
        return DomainModel.Options(
            interval: entry.interval % 60 == 0 ? "\(entry.interval / 60)m" : "\(entry.interval)s",
            names: Shown.text(names.joined(separator: ", ")), tags: Shown.text(entry.tags.joined(separator: ", ")))
    }

    private var sentence: String {
        guard let live = entry.live else { return "It is watched and waits for its first check." }
        if let worst = entry.worst, worst.severity >= .notice { return worst.shown(frame.now, limit: 600) }
        if let sentence = entry.absenceSentence { return sentence }
        if entry.isUnseen { return entry.unseen }
        guard live.learntAt != nil else { return "Learning what is normal." }
        return "All well. Checked \(Shown.ago(live.checkedAt, frame.now)) in \(live.milliseconds) ms."
    }

    /// The enclosing zone that can be watched instead, with the names that are watched here.
    private var instead: DomainModel.Instead? {
        guard let absence = entry.absence, sources.add != nil, absence.kind == .noZone, !entry.isFromFile else {
            return nil
        }
        let own = Shown.name(entry.domain)
        let above = absence.zone.isRoot ? "" : "." + Shown.name(absence.zone)
        let inside = own.hasSuffix(above) ? String(own.dropLast(above.count)) : own
        return DomainModel.Instead(zone: Shown.name(absence.zone), names: "@, " + inside, old: own)
    }

    /// The silences that now mute alerts about this domain.
    private func silences() throws -> [SilenceModel] {
        let now = sources.now()
        return try sources.store.silences(at: now).filter {
            $0.from <= now && ($0.domain == nil || $0.domain == entry.domain)
        }.prefix(20).map { Shown.silence($0, frame.now) }
    }

    private func finding(_ incident: Incident) -> DomainModel.OpenIncident {
        DomainModel.OpenIncident(
            style: incident.shownStyle, sign: incident.shownSign, severity: incident.shownWord,
            id: Escape.path(incident.id), headline: Shown.text(incident.text.headline, limit: 600),
            facts: incident.text.facts.prefix(6).map { Shown.text($0, limit: 600) },
            class: incident.incidentClass.rawValue, code: incident.code.rawValue,
            since: Shown.time(incident.since, frame.now), back: incident.backSince.map { Shown.time($0, frame.now) })
    }

    /// A weakness that is known already.
    private func known(_ finding: FindingSummary) -> DomainModel.Known {
        DomainModel.Known(
            code: finding.code.rawValue, headline: Shown.text(finding.headline, limit: 600),
            since: finding.since.map { Shown.time($0, frame.now) })
    }

    // MARK: Tiles

    private func tiles(_ matrix: RecordMatrix, _ rail: TrustRail, _ state: WatchState?) -> [DomainModel.Tile] {
        func tile(
            _ kind: String, _ anchor: String, _ style: String, _ state: String, _ text: String
        ) -> DomainModel.Tile {
            let sign = ["good": "✓", "warn": "!", "bad": "✕", "note": "i", "plain": "○"][style] ?? "…"
            return DomainModel.Tile(kind: kind, anchor: anchor, style: style, sign: sign, state: state, text: text)
        }
        let odd = matrix.rows.filter { $0.groups.count > 1 }.count
        let sight = entry.live?.sight
        let authorities = sight?.answeringServers ?? matrix.columns.filter { $0.kind == "authority" }.count
        let allAuthorities = sight?.allServers ?? authorities
        let allResolvers = matrix.columns.filter { $0.kind == "resolver" }.count
        let resolvers = sight?.answeringResolvers ?? allResolvers
        let lowest = entry.live?.ttls.values.min()
        let expires = entry.live?.registrationEnds
        let left = expires.map { $0.seconds(since: frame.now) }
        // If no source answers now, the state is unknown, whatever it was before.
        let isUnknown = matrix.rows.isEmpty || sight?.seesServers == false || entry.absence != nil
        // Bogus answers are refused by resolvers, however many servers agree on them.
        let isBogus = rail.verdict == "bogus"
        let servers = authorities == allAuthorities ? "\(authorities)" : "\(authorities) of \(allAuthorities)"
        return [
            tile(
                "Records", "records",
                isUnknown
                    ? "idle"
                    : odd > 0 ? worst(["record", "policy", "alias"], else: "note") : isBogus ? "warn" : "good",
                isUnknown ? "Unknown" : odd > 0 ? "\(odd) differ" : isBogus ? "Agree, not valid" : "Agree",
                "\(matrix.rows.count) sets watched"),
            tile(
                "TTL", "ttl", lowest == nil ? "idle" : worst(["ttl"], else: "good"),
                lowest.map { "from \(Shown.count(Int($0))) s" } ?? "Unknown", "lowest at its servers"),
            tile(
                "DNSSEC", "dnssec", Self.style(rail.verdict),
                rail.verdict == "insecure"
                    ? "Not signed" : rail.verdict.prefix(1).uppercased() + rail.verdict.dropFirst(),
                entry.live?.signaturesEnd.map { "signatures end \(Shown.ago($0, frame.now))" }
                    ?? (rail.verdict == "insecure" ? "no DS at the parent" : "no signatures seen")),
            tile(
                "Delegation", "delegation",
                worst(
                    ["delegation", "server", "servers", "parent", "zone"],
                    else: authorities == 0 || sight?.seesParent == false ? "idle" : "good"),
                authorities == 0
                    ? allAuthorities == 0 ? "Unknown" : "None answers"
                    : "\(servers) server\(allAuthorities == 1 ? "" : "s")", "authoritative, asked"),
            tile(
                "Resolvers", "records",
                resolvers == 0 || entry.absence != nil
                    ? "idle"
                    : worst(
                        ["resolver", "path", "resolution"],
                        else: isBogus ? "bad" : resolvers < allResolvers ? "note" : "good"),
                resolvers == 0 ? "Unknown" : "\(resolvers) of \(max(resolvers, allResolvers)) answer",
                isBogus ? "validating ones refuse" : "public and own resolvers"),
            tile(
                "Registration", "registration",
                left.map { $0 < 7 * 86_400 ? "bad" : $0 < 30 * 86_400 ? "warn" : worst(["registration"], else: "good") }
                    ?? "idle",
                left.map { $0 < 0 ? "Expired" : Shown.span($0) + " left" } ?? "Unknown",
                expires.map { String($0.description.prefix(10)) } ?? "no end date known"),
        ]
    }

    /// The style of the worst open incident whose code is in one of these families.
    private func worst(_ families: [String], else standard: String) -> String {
        let severities = (entry.live?.open ?? []).filter { incident in
            families.contains { incident.code.rawValue.hasPrefix($0 + ".") }
        }.map(\.presentSeverity)
        guard let worst = severities.max(), worst > .info else { return standard }
        return worst.style
    }

    // MARK: Chain of trust

    /// Whether the delegation is probably hijacked. In that case a valid chain says nothing about the owner's zone.
    private var isTaken: Bool {
        entry.live?.open.contains {
            $0.incidentClass == .hijackSuspected && $0.concerns(.delegation) && $0.backSince == nil
        } ?? false
    }

    /// Adjusts a validated chain to the open incidents.
    private func judged(_ rail: TrustRail) -> TrustRail {
        var rail = rail
        let isBroken = entry.live?.open.contains { $0.incidentClass == .dnssecBroken } ?? false
        if rail.verdict == "secure", isTaken {
            rail.verdict = "unknown"
            rail.sentence =
                "The zone to which the delegation now leads validates. Signatures do not show whether it is the owner's."
        } else if rail.verdict == "secure", entry.live?.isSigned == true, entry.live?.signaturesEnd == nil, isBroken {
            rail.verdict = "unknown"
            rail.sentence = "The servers gave no signatures at the last check, although the zone above has a DS record."
        }
        return rail
    }

    private static func style(_ verdict: String) -> String {
        switch verdict {
        case "secure": "good"
        case "bogus": "bad"
        case "insecure": "plain"
        default: "idle"
        }
    }

    /// The chain of trust as far as it is known without validating again.
    private func fallbackRail(_ state: WatchState?) -> TrustRail {
        if entry.absence != nil {
            return TrustRail(verdict: "unknown", sentence: "There is no such zone, so nothing is signed.", links: [])
        }
        let broken = entry.live?.open.first { [.dnssecBroken, .dnssecExpiring].contains($0.incidentClass) }
        guard let live = entry.live, live.learntAt != nil, let isSigned = live.isSigned else {
            let isSilent = entry.live?.sight?.seesDS == false
            return TrustRail(
                verdict: "unknown",
                sentence: isSilent ? "Not known: the zone above did not answer." : "The chain was not checked yet.",
                links: [])
        }
        guard live.isSeen || !isSigned || broken != nil else {
            return TrustRail(
                verdict: "unknown", sentence: "Not known: no server of the zone answers, its keys were not seen.",
                links: [])
        }
        if isSigned, broken == nil, isTaken || live.signaturesEnd == nil {
            let sentence =
                isTaken
                ? "Not known: the delegation was changed, and signatures do not say whose zone it leads to."
                : "Not known: the zone above has a DS record, and no signatures were seen."
            return TrustRail(verdict: "unknown", sentence: sentence, links: [])
        }
        guard isSigned else {
            return TrustRail(
                verdict: "insecure", sentence: "The zone above has no DS record: answers are not signed.", links: [])
        }
        let isBroken = broken?.incidentClass == .dnssecBroken
        let keys = (state?.chain.dnskey.first?.keys ?? []).map {
            TrustRail.Key(label: "key \($0.tag), algorithm \($0.algorithm)", isGood: !isBroken)
        }
        let ds = (state?.chain.ds.first?.keys ?? []).map { "DS \($0.tag)/\($0.algorithm)" }.joined(separator: ", ")
        let name = Shown.name(entry.domain)
        return TrustRail(
            verdict: isBroken ? "bogus" : "secure",
            sentence: broken.map { Shown.text($0.text.headline, limit: 400) }
                ?? "Signed, and the chain from the zone above holds.",
            links: [
                TrustRail.Link(zone: "the zone above", verdict: "secure", text: ds.isEmpty ? "delegates" : ds),
                TrustRail.Link(
                    zone: name, verdict: isBroken ? "bogus" : "secure",
                    text: live.signaturesEnd.map { "earliest signature ends \($0.sentence)" } ?? "",
                    error: isBroken ? broken?.text.advice : nil, keys: keys),
            ])
    }

    private func rail(_ rail: TrustRail) -> DomainModel.Rail {
        let style = Self.style(rail.verdict)
        return DomainModel.Rail(
            style: style, sign: ["good": "✓", "bad": "✕", "plain": "○"][style] ?? "…",
            sentence: Shown.text(rail.sentence, limit: 600), links: rail.links.map(Self.link),
            windows: rail.windows.isEmpty ? nil : SignatureWindows.svg(rail.windows, now: frame.now))
    }

    private static func link(_ link: TrustRail.Link) -> DomainModel.Rail.Link {
        let style = style(link.verdict)
        return DomainModel.Rail.Link(
            zone: Shown.text(link.zone, limit: 300), verdict: link.verdict, text: Shown.text(link.text),
            style: style == "plain" ? "idle" : style, sign: style == "good" ? "✓" : style == "bad" ? "✕" : "○",
            error: link.error.map { Shown.text($0) },
            keys: link.keys.map { key in
                // A key without a fault is not shown as good if the link as a whole is bogus.
                let style = !key.isGood ? "bad" : link.verdict == "bogus" ? "idle" : "good"
                return DomainModel.Rail.Key(
                    label: Shown.text(key.label), style: style,
                    sign: ["good": "✓", "bad": "✕"][style] ?? "·")
            })
    }
}
