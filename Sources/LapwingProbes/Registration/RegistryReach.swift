import DNSWire
import LapwingOutgoing

/// Restricts the addresses to which registration look-ups connect.
///
/// Names are resolved once and the addresses checked, and the connection then uses the checked address: a registry, a
/// redirect or a referral must not lead to the private network, whatever the spelling and whatever the name resolves to
/// a moment later.
struct RegistryReach: Sendable {
    /// Resolves the hosts of registries, separately from all others.
    private static let lookups = HostLookups(threads: 8, waiting: 64)
    /// The largest number of addresses of a host that are tried.
    private static let mostAddresses = 4

    /// Servers in the operator's own tables: only these may be in a private network.
    let named: Set<RegistryEndpoint>

    /// Returns the addresses to try in sequence, IPv4 and IPv6 in turn, so that an unreachable family costs only one
    /// attempt.
    func addresses(of endpoint: RegistryEndpoint) async throws(LookupFailure) -> [IPAddress] {
        let found = try await lookUp(endpoint.host)
        guard named.contains(endpoint) || found.allSatisfy(\.isOnInternet) else { throw .privateAddress }
        let four = found.filter(\.isIPv4)
        let six = found.filter { !$0.isIPv4 }
        let (first, second) = found[0].isIPv4 ? (four, six) : (six, four)
        let inTurn = (0..<max(first.count, second.count)).flatMap { index in
            [first, second].compactMap { index < $0.count ? $0[index] : nil }
        }
        return Array(inTurn.prefix(Self.mostAddresses))
    }

    /// Never returns an empty list: a name without addresses is a failure.
    private func lookUp(_ host: String) async throws(LookupFailure) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        let texts: [String]
        do throws(HostLookups.Failure) {
            texts = try await Self.lookups.addresses(of: host, limit: .seconds(10))
        } catch {
            switch error {
            case .notFound: throw .unreachable("the host name is not found")
            case .timeout, .cancelled: throw .timeout
            case .busy: throw .unreachable("too many host names are being looked up")
            }
        }
        // An unreadable address cannot be checked.
        let addresses = texts.compactMap { IPAddress(String($0.prefix { $0 != "%" })) }
        guard !addresses.isEmpty, addresses.count == texts.count else {
            throw .unreachable("the host name is not found")
        }
        var distinct: [IPAddress] = []
        for address in addresses where !distinct.contains(address) { distinct.append(address) }
        return distinct
    }
}
