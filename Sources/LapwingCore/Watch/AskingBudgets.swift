package import DNSWire

/// How many questions a second others are asked, so that none of them bears more than is fair.
package struct AskingBudgets: Sendable, Hashable {
    /// What a budget may be, in questions a second.
    package static let bounds = 1...1_000_000

    /// In all.
    package var inAll = 50_000
    /// At each resolver that has no budget of its own. Google Public DNS grants one address 1,500 a second.
    package var ofResolver = 1000
    /// At each address of a name server that has no budget of its own.
    package var ofServer = 500
    /// At single addresses.
    package var ofAddress: [IPAddress: Int] = [:]

    package init() {}

    /// Questions a second at an address; nil for no bound.
    ///
    /// Servers in networks of the operator's own have no budget but one by their address: what they bear the operator
    /// knows. A server that is known by its name only is a resolver.
    package func rate(of address: IPAddress?, resolvers: Set<IPAddress>) -> Int? {
        guard let address else { return ofResolver }
        if let own = ofAddress[address] { return own }
        if AddressBlock.notOfInternet.block(of: address) != nil { return nil }
        return resolvers.contains(address) ? ofResolver : ofServer
    }
}

extension Settings {
    /// Questions a second at an address; nil for no bound.
    package var askingRate: @Sendable (IPAddress?) -> Int? {
        let resolvers = Set(resolvers.compactMap(\.server.address))
        return { [budgets] in budgets.rate(of: $0, resolvers: resolvers) }
    }
}
