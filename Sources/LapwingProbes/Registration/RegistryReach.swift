import DNSWire
import LapwingOutgoing

/// Where look-ups of registrations may connect to.
///
/// Addresses are looked up once and checked, and the connection then goes to what was checked: a registry, a redirect or a
/// referral is not to point us at our own network, whatever the spelling and whatever the name means a moment later.
struct RegistryReach: Sendable {
    /// Look-ups of registries' hosts, apart from all others.
    private static let lookups = HostLookups(threads: 8, waiting: 64)
    /// Addresses of a host that are tried.
    private static let mostAddresses = 4

    /// Servers that the operator's own tables name: these, and no others, may be on a private network.
    let named: Set<RegistryEndpoint>

    /// Addresses to try, one after the other; IPv4 and IPv6 in turn, so that one that leads nowhere costs one try.
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

    /// Never empty: what is not found is not reached.
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
        // An address that cannot be read cannot be checked.
        let addresses = texts.compactMap { IPAddress(String($0.prefix { $0 != "%" })) }
        guard !addresses.isEmpty, addresses.count == texts.count else {
            throw .unreachable("the host name is not found")
        }
        var distinct: [IPAddress] = []
        for address in addresses where !distinct.contains(address) { distinct.append(address) }
        return distinct
    }
}
