import DNSWire
import Foundation
import LapwingCore
import LapwingSimulation
import Testing

/// What must hold in every story is seen when it does not.
@Suite struct StateCheckerTests {
    /// A fault that is planted into what a sound round left behind.
    struct Plant: Sendable, CustomStringConvertible {
        var description: String
        var fault: String
        var damage: @Sendable (inout RoundOutcome) -> Void
    }

    static let plants = [
        Plant(description: "nothing", fault: "") { _ in },
        Plant(description: "a second incident of one cause", fault: "two open incidents of one cause") { outcome in
            guard var twin = outcome.state.book.open.first else { return }
            twin.id += "0"
            outcome.state.book.open.append(twin)
        },
        Plant(description: "an incident that is open and closed", fault: "one incident twice") { outcome in
            guard var twin = outcome.state.book.open.first else { return }
            twin.closedAt = twin.openedAt
            outcome.state.book.closed.append(twin)
        },
        Plant(description: "an incident that ended and stays open", fault: "is open and closed") { outcome in
            guard !outcome.state.book.open.isEmpty else { return }
            outcome.state.book.open[0].closedAt = outcome.state.book.open[0].openedAt
        },
        Plant(description: "an event of nothing", fault: "is of no incident in the book") { outcome in
            outcome.state.book.open = []
        },
        Plant(description: "an event that happens twice", fault: "happened twice") { outcome in
            outcome.events += outcome.events
        },
        Plant(description: "a book without an end", fault: "closed incidents, at most") { outcome in
            guard let one = outcome.state.book.open.first else { return }
            for number in 0...IncidentBook.closedLimit {
                var other = one
                other.id += "-\(number)"
                other.closedAt = other.openedAt
                outcome.state.book.closed.append(other)
            }
        },
        Plant(description: "a pool without an end", fault: "members of a pool, at most") { outcome in
            for key in outcome.state.sets.keys {
                for number in 0...UInt32(SetMemory.poolLimit) {
                    let member = Member(Address(address: .v4(number)).data)
                    outcome.state.sets[key]?.pool[member] = Timestamp(seconds: 0)
                }
            }
        },
        Plant(description: "sets that nobody watches", fault: "RRsets, at most") { outcome in
            for number in 0..<9 as Range<UInt16> {
                outcome.state.sets[RecordSetKey(.root, RecordType(rawValue: number))] = SetMemory()
            }
        },
    ]

    @Test("a planted fault is named", arguments: plants)
    func planted(_ plant: Plant) throws {
        let scenario = try Fixture.scenario(
            timeline: "[{at: 20, rr: [[crake.test, A, 600, 203.0.113.99]]}]", end: 40)
        var checker = StateChecker()
        var count = 0
        _ = Simulation(scenario, phase: 2).run { round in
            var outcome = round.outcome
            if !outcome.events.isEmpty {
                count += 1
                plant.damage(&outcome)
            }
            checker.note(outcome, of: round.watch)
        }
        #expect(count > 0, "there is an incident to damage")
        #expect(checker.faults.isEmpty == plant.fault.isEmpty, "\(checker.faults)")
        #expect(plant.fault.isEmpty || checker.faults.contains { $0.contains(plant.fault) }, "\(checker.faults)")
    }
}
