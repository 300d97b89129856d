import DNSWire
import LapwingCore
import LapwingImport
import LapwingStore
import Synchronization

extension WebSources {
    /// Returns the same sources, restricted to the domains that a user may see.
    func narrowed(to rights: Rights) -> WebSources {
        guard rights.tags != nil else { return self }
        let whole = self
        var narrow = self
        let memo = NarrowedWatches(rights)
        let watched: @Sendable (Name) -> WatchedDomain? = { name in
            whole.watched(name).flatMap { rights.sees($0.watch.tags) ? $0 : nil }
        }
        narrow.watches = { memo.of(whole.watches()) }
        narrow.watched = watched
        narrow.domain = { watched($0) == nil ? nil : whole.domain($0) }
        narrow.latencies = { watched($0) == nil ? [] : whole.latencies($0) }
        let seesHealth: @Sendable (HealthReport) -> Bool = { report in
            // The health names its members, so all of them must be visible.
            rights.sees(report.health.tags) && report.tally.members.allSatisfy { watched($0.domain.folded) != nil }
        }
        narrow.figures = {
            var figures = whole.figures()
            figures.health.removeAll { !seesHealth($0) }
            figures.changes = figures.changes.filter { watched($0.key.folded) != nil }
            return figures
        }
        narrow.store = store.narrowed(
            to: SeenStore.Scope(
                sees: { domain in
                    watched(domain) != nil
                        || whole.figures().health.contains { $0.health.subject == domain && seesHealth($0) }
                },
                names: {
                    memo.of(whole.watches()).map(\.watch.domain.description)
                        + whole.figures().health.filter(seesHealth).map(\.health.subject.description)
                }))
        // A domain that is watched for others is checked as if it were not watched.
        if let check = whole.check {
            let stranger = whole.checkStranger ?? check
            narrow.check = { name in watched(name.folded) == nil ? stranger(name) : check(name) }
        }
        narrow.narrowWishes(rights, whole)
        return narrow
    }

    /// Restricts the domains that a user may add: they must be visible to the user afterwards, and carry no tags of
    /// others.
    private mutating func narrowWishes(_ rights: Rights, _ whole: WebSources) {
        let own = (rights.tags ?? []).sorted().joined(separator: ", ")
        @Sendable func fault(_ domain: Name, _ options: DomainOptions) -> String? {
            let known = whole.watched(domain.folded)?.watch.tags
            if let known, !rights.sees(known) { return "It cannot be watched here" }
            guard rights.mayTag(options["tags"]?.texts ?? [], known: known) else {
                return "Give it a tag of yours, and none of others: \(own)"
            }
            return nil
        }
        if let add = whole.add {
            self.add = { name, options, person in
                if let fault = fault(name, DomainOptions(json: options) ?? DomainOptions()) {
                    throw WatchFault.unfit(fault + ".")
                }
                try await add(name, options, person)
            }
        }
        if let addMany = whole.addMany {
            self.addMany = { entries, person in
                for entry in entries {
                    if let fault = fault(entry.domain, DomainOptions(json: entry.options) ?? DomainOptions()) {
                        throw WatchFault.unfit("\(entry.domain): \(fault).")
                    }
                }
                try await addMany(entries, person)
            }
        }
        plan = { domains, tags in
            func isOfOthers(_ domain: ImportedDomain) -> Bool {
                whole.watched(domain.name.folded).map { !rights.sees($0.watch.tags) } ?? false
            }
            var plan = whole.plan(domains.filter { !isOfOthers($0) }, tags)
            func refuse(_ name: Name, _ place: ImportPlace?, _ reason: String) {
                plan.faults.append(
                    ImportFault(place ?? ImportPlace(file: "list"), "\(name): \(reason)", entry: name.description))
            }
            for domain in domains where isOfOthers(domain) {
                refuse(domain.name, domain.place, "it cannot be watched here")
            }
            for entry in plan.entries where entry.standing == .new || entry.standing == .changed {
                if let reason = fault(entry.name, entry.options) { refuse(entry.name, entry.place, reason) }
            }
            plan.entries.removeAll { entry in
                (entry.standing == .new || entry.standing == .changed) && fault(entry.name, entry.options) != nil
            }
            return plan
        }
    }
}

/// The watched domains that a user sees, computed once for each list of them.
private final class NarrowedWatches: Sendable {
    private let rights: Rights
    private let state = Mutex<(whole: [WatchedDomain], seen: [WatchedDomain])>(([], []))

    init(_ rights: Rights) { self.rights = rights }

    func of(_ whole: [WatchedDomain]) -> [WatchedDomain] {
        state.withLock { state in
            // As long as the list is retained, its address in memory identifies it.
            let isSame =
                state.whole.count == whole.count
                && state.whole.withUnsafeBufferPointer { one in
                    whole.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
                }
            if !isSame || whole.isEmpty {
                state = (whole, whole.filter { rights.sees($0.watch.tags) })
            }
            return state.seen
        }
    }
}
