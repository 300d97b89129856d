import DNSWire
import LapwingCore
import RegistrationData

/// Looks the registration up in a world: RDAP first, WHOIS where that says nothing.
final class SimulatedRegistry {
    private let world: World

    init(world: World) {
        self.world = world
    }

    func look(at second: Int) -> RegistryView {
        let now = world.wallClock(at: second)
        return RegistryView(outcome: .unknown, at: now)
    }
}
