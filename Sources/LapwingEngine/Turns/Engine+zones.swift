package import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// Whole zones: transferred, compared with the version in the store, and passed to the turn.
extension Engine {
    /// Concurrent zone transfers; each zone may be held in memory as a whole.
    static let zonesAtOnce = 4

    /// Inspects a zone as a whole; a part that cannot be compared is absent from the result.
    nonisolated func inspect(_ errand: ZoneErrand) async -> ZoneSight {
        async let gives = parts.zones.gives(errand)
        var sight = ZoneSight()
        // While the file is not writable, the stored version is not the one that was last reported.
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
            // The received differences do not apply to the stored version.
            request.wantsWhole = true
            return try await view(request, head, errand.watched)
        } catch {
            log.error("cannot read a stored zone", metadata: ["domain": "\(domain)", "error": "\(error)"])
            // A stored zone that is unreadable cannot be compared; it is learnt again.
            try? store.forget(zone: domain)
            return nil
        }
    }

    /// Returns nil if differences were received that do not apply to the stored version.
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

    /// Seconds between two checks of a domain because of NOTIFY messages.
    static let noticeGap: Int64 = 5

    /// Has a domain checked because of a NOTIFY message: at once, unless that was done just before.
    package func notified(_ domain: Name) {
        guard let number = numbers[domain] else { return }
        let now = parts.clock.steady()
        let last = notices[number]?.last
        guard notices[number]?.due == nil else { return }
        notices[number] = (last, last.map { max(now, $0.adding(seconds: Self.noticeGap)) } ?? now)
    }

    /// Gives priority to domains with a NOTIFY message; a domain with a round in progress is checked again after it.
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
