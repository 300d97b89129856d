package import DNSWire

/// The number of questions a second to other parties' servers, so that none of them gets more than a fair load.
package struct AskingBudgets: Sendable, Hashable {
    /// The range of a budget, in questions a second.
    package static let bounds = 1...1_000_000

    /// The total.
    package var inAll = 50_000
    /// The budget of each resolver without one of its own. Google Public DNS grants one address 1,500 a second.
    package var ofResolver = 1000
    /// The budget of each name server address without one of its own.
    package var ofServer = 500
    /// The budgets of single addresses.
    package var ofAddress: [IPAddress: Int] = [:]

    package init() {}

    /// Returns the questions a second at an address; nil if there is no limit.
    ///
    /// Servers in private networks have no budget except one of their own address, since the operator knows what they
    /// can handle. A server that is known only by its name is a resolver.
    package func rate(of address: IPAddress?, resolvers: Set<IPAddress>) -> Int? {
        guard let address else { return ofResolver }
        if let own = ofAddress[address] { return own }
        if AddressBlock.notOfInternet.block(of: address) != nil { return nil }
        return resolvers.contains(address) ? ofResolver : ofServer
    }
}

extension Settings {
    /// Returns the questions a second at an address; nil if there is no limit.
    package var askingRate: @Sendable (IPAddress?) -> Int? {
        let resolvers = Set(resolvers.compactMap(\.server.address))
        return { [budgets] in budgets.rate(of: $0, resolvers: resolvers) }
    }
}
