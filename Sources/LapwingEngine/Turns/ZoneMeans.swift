package import DNSWire
package import LapwingCore

/// The means to transfer whole zones; by default there are none.
package struct ZoneMeans: Sendable {
    /// Transfers a zone, or its differences; nil if this is not possible.
    package var fetch: @Sendable (ZoneRequest) async -> ZoneReceipt?
    /// Whether a server allows zone transfers to anyone; nil if it did not answer.
    package var gives: @Sendable (Name, IPAddress) async -> Bool?

    package init(
        fetch: @escaping @Sendable (ZoneRequest) async -> ZoneReceipt? = { _ in nil },
        gives: @escaping @Sendable (Name, IPAddress) async -> Bool? = { _, _ in nil }
    ) {
        self.fetch = fetch
        self.gives = gives
    }

    /// Asks servers concurrently whether they allow zone transfers to anyone; nil if there is no server to ask.
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

/// Admits a limited number of tasks; the others wait in the order of their arrival.
actor Turnstile {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { free = places }

    /// Waits for a free place; the caller must call ``leave()`` afterwards.
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
