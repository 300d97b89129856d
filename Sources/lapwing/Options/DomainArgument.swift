import ArgumentParser
import DNSWire

extension Name: @retroactive ExpressibleByArgument {
    /// A domain name as people type it, internationalised names included.
    public init?(argument: String) {
        guard let name = InternationalName.parse(argument) else { return nil }
        self = name
    }
}
