import LapwingCore

/// The zone that is transferred as a whole.
extension DomainPage {
    func zone(_ zone: LiveFigures.Zone) -> DomainModel.Zone {
        let fault = entry.live?.open.first { $0.concerns(.transfer) }
        let note = fault.map { Shown.text($0.text.headline, limit: 600) }
        guard let head = zone.head else {
            return DomainModel.Zone(facts: [], news: [], newsAt: nil, note: note ?? "Not fetched yet.")
        }
        let way = head.way == .whole ? "all of it (AXFR)" : "what had changed (IXFR)"
        let facts = [
            ("Serial", "\(head.serial)"), ("Records", "\(Shown.count(head.records)) in \(Shown.count(head.sets)) sets"),
            ("From", head.server), ("Fetched", "\(Shown.ago(head.at, frame.now)), \(way)"),
            ("All of it", Shown.ago(head.wholeAt, frame.now)),
        ].map { DomainModel.Registration.Fact(name: $0, value: Shown.text($1)) }
        return DomainModel.Zone(
            facts: facts, news: (head.news?.lines ?? []).map { Shown.text(Narrative.plain($0), limit: 600) },
            newsAt: head.news.map { Shown.time($0.at, frame.now) }, note: note)
    }
}
