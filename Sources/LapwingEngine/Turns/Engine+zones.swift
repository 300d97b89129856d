package import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// Whole zones: fetched, compared with what the store keeps of them, and given to the turn.
extension Engine {
    /// Zones that are fetched at once: each may be held in memory as a whole.
    static let zonesAtOnce = 4

    /// Finds out about a zone as a whole; what cannot be compared is not seen.
    nonisolated func inspect(_ errand: ZoneErrand) async -> ZoneSight {
        async let gives = parts.zones.gives(errand)
        var sight = ZoneSight()
        // While the file cannot be written, what is kept is not what was told.
        if let source = errand.source, store.trouble == nil {
            await turnstile.enter()
            sight.view = await view(errand, source)
            await turnstile.leave()
        }
        sight.gives = await gives
        return sight
    }

    private nonisolated func view(_ errand: ZoneErrand, _ source: ZoneSource) async -> ZoneView? {
        let domain = errand.domain
        do {
            let head = try store.zone(of: domain)
            let age = head.map { parts.clock.now().seconds(since: $0.wholeAt) } ?? 0
            var request = ZoneRequest(domain: domain, source: source, known: head?.serial)
            request.wantsWhole = head == nil || abs(age) >= ZoneComparison.wholeEvery
            if let view = try await view(request, head, errand.watched) { return view }
            // What changed does not fit what is kept.
            request.wantsWhole = true
            return try await view(request, head, errand.watched)
        } catch {
            log.error("cannot read what is kept of a zone", metadata: ["domain": "\(domain)", "error": "\(error)"])
            // What cannot be read is no zone to compare with: it is learnt again.
            try? store.forget(zone: domain)
            return nil
        }
    }

    /// Nil when changes came that do not fit what is kept.
    private nonisolated func view(
        _ request: ZoneRequest, _ head: ZoneHead?, _ watched: Set<RecordSetKey>
    ) async throws -> ZoneView? {
        let (store, now) = (store, parts.clock.now())
        switch await parts.zones.fetch(request) {
        case nil: return nil
        case .same: return ZoneView(.same)
        case .failed(let failures):
            status.change { $0.zones[request.domain, default: .init()].failures += 1 }
            return ZoneView(.failed(failures))
        case .whole(let content, let server):
            let secret = AnswerDigest.Key(low: .random(in: 0...(.max)), high: .random(in: 0...(.max)))
            let step = try await parts.bench.judge {
                Result {
                    ZoneComparison.whole(
                        content, from: server, beside: head, head == nil ? [:] : try store.zoneSets(of: request.domain),
                        secret: secret, watched: watched.contains, at: now)
                }
            }.get()
            return step.map { ZoneView(.taken($0)) }
        case .changes(let changes, let server):
            guard let head else { return nil }
            let step = try await parts.bench.judge {
                Result {
                    ZoneComparison.changes(
                        changes, from: server, beside: head,
                        try store.zoneSets(of: request.domain, at: ZoneComparison.names(changes)),
                        watched: watched.contains, at: now)
                }
            }.get()
            return step.map { ZoneView(.taken($0)) }
        }
    }

    /// Seconds between two looks at a domain of which servers say that it changed.
    static let noticeGap: Int64 = 5

    /// Has a domain looked at because a server says that it changed: at once, unless that was just done.
    package func notified(_ domain: Name) {
        guard let number = numbers[domain] else { return }
        let now = parts.clock.steady()
        let last = notices[number]?.last
        guard notices[number]?.due == nil else { return }
        notices[number] = (last, last.map { max(now, $0.adding(seconds: Self.noticeGap)) } ?? now)
    }

    /// Puts domains in front whose servers say that they changed; one that is being looked at comes after that look.
    func takeNotices(at now: Timestamp) {
        for (number, notice) in notices {
            guard let due = notice.due else {
                if let last = notice.last, now.seconds(since: last) > Self.noticeGap { notices[number] = nil }
                continue
            }
            guard due <= now, !running.contains(number) else { continue }
            notices[number] = (now, nil)
            if !ready.contains(where: { $0.id == number }) { ready.insert((number, now), at: 0) }
        }
    }
}
