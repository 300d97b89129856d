package import DNSWire
package import LapwingCore

/// How the engine asks for whole zones; without any, none is had.
package struct ZoneMeans: Sendable {
    /// Fetches a zone, or what changed of it.
    package var fetch: @Sendable (ZoneRequest) async -> ZoneReceipt?
    /// Whether a server gives a zone to anybody; nil when it said nothing.
    package var gives: @Sendable (Name, IPAddress) async -> Bool?

    package init(
        fetch: @escaping @Sendable (ZoneRequest) async -> ZoneReceipt? = { _ in nil },
        gives: @escaping @Sendable (Name, IPAddress) async -> Bool? = { _, _ in nil }
    ) {
        self.fetch = fetch
        self.gives = gives
    }

    /// Asks servers, all at once, whether they give the zone to anybody; nil when none was to be asked.
    package func gives(_ errand: ZoneErrand) async -> [IPAddress: Bool]? {
        guard !errand.strangersAsk.isEmpty else { return nil }
        return await withTaskGroup(of: (IPAddress, Bool?).self) { group in
            for address in errand.strangersAsk {
                group.addTask { (address, await gives(errand.domain, address)) }
            }
            var seen: [IPAddress: Bool] = [:]
            for await case (let address, let gives?) in group { seen[address] = gives }
            return seen
        }
    }
}

/// Lets a few through at once; the others wait in the order in which they came.
actor Turnstile {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { free = places }

    /// Comes back when there is room; to be followed by ``leave()``.
    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
