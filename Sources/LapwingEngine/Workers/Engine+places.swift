package import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// The exchange with other places about the domains that this engine judges.
extension Engine {
    /// Adds the views of all other places to a snapshot, including those of which nothing is known now.
    func seePlaces(_ snapshot: inout Snapshot) {
        let places = store.places
        guard !places.isEmpty else { return }
        snapshot.place = store.place
        do {
            let rows = try store.sights(of: snapshot.domain).filter { $0.place != store.place }
            let now = parts.clock.now()
            var views = rows.map { row in
                PlaceView(
                    row.place, at: Timestamp(milliseconds: now.milliseconds - row.age),
                    sight: row.isFresh ? row.sight : nil)
            }
            let known = Set(views.map(\.place) + [store.place])
            views += places.filter { !known.contains($0) }.map { PlaceView($0) }
            snapshot.places = views.sorted { $0.place < $1.place }
        } catch {
            // Nothing is known of any other place.
            snapshot.places = places.filter { $0 != store.place }.map { PlaceView($0) }
            log.error(
                "cannot read what other places see",
                metadata: ["domain": "\(snapshot.domain)", "error": "\(error)"])
        }
    }

    /// Asks other places to look now if a round saw something that is not settled.
    func wishForLooks(_ round: JudgedRound) {
        guard !round.snapshot.places.isEmpty else { return }
        let isOpen =
            round.outcome.secondLook != nil
            || round.snapshot.look == .regular
                && (round.snapshot.places.contains(where: \.isUnserved)
                    || round.outcome.findings.contains(where: \.isOfPlace))
        guard isOpen else { return }
        do {
            try store.wishForLooks(at: round.watch.domain)
        } catch {
            log.error("cannot ask other places to look", metadata: ["error": "\(error)"])
        }
    }

    /// Ends the rest of domains whose sights from other places have changed.
    ///
    /// - Parameter urgent: domains that are checked before all others.
    package func heed(_ domains: [Name], urgent: [Name]) {
        for name in domains {
            if let number = numbers[name] { courses[number]?.value.turn.endRest() }
        }
        for name in urgent { checkNow(name) }
    }
}
