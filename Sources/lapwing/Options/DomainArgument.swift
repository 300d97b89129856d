import ArgumentParser
import DNSWire
import LapwingProbes

/// A domain name as people type it, internationalised names included.
struct DomainArgument: ExpressibleByArgument {
    let name: Name

    init?(argument: String) {
        guard let name = InternationalName.parse(argument) else { return nil }
        self.name = name
    }
}
