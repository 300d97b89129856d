import DNSWire
package import NIOCore
import Synchronization

/// The open connections, and the choice of those that are closed when there are too many.
///
/// A connection that has sent nothing yet costs a client nothing. Therefore their number per address is limited, and if
/// room is needed, the oldest of these silent connections are closed first, then those that are idle between two
/// requests.
package final class Admission: Sendable {
    /// The limits of connections.
    package struct Limits: Sendable {
        /// Connections in all.
        var most: Int
        /// Connections of one address; it applies to addresses that are not proxies.
        var mostOfOneAddress: Int { max(4, most / 4) }
        /// Connections of one address that have sent nothing yet.
        var mostSilent: Int { max(4, most / 8) }
        /// Connections of all trusted proxies together; the rest is left to direct clients.
        var mostOfProxies: Int { max(1, most - max(4, most / 8)) }

        package init(most: Int) { self.most = most }
    }

    private enum Phase { case silent, asking, resting }

    private struct Connection {
        var channel: any Channel
        var address: String
        /// Whether it comes from a trusted proxy on another machine.
        var isOfProxy: Bool
        var phase = Phase.silent
        /// Grows with each change of a phase: the lowest number has been in its phase for the longest.
        var since: UInt64
        /// Whether a request on it was admitted.
        var isKnown = false
        /// Whether it must end after the current request, since the access rules have changed.
        var isLeaving = false
    }

    private struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        /// The number of connections of each address, and how many of them are silent.
        var counts: [String: (all: Int, silent: Int)] = [:]
        /// Connections of trusted proxies.
        var ofProxies = 0
        private var clock: UInt64 = 0

        mutating func add(_ channel: any Channel, of address: String, isOfProxy: Bool) {
            clock += 1
            connections[ObjectIdentifier(channel)] = Connection(
                channel: channel, address: address, isOfProxy: isOfProxy, since: clock)
            if isOfProxy { ofProxies += 1 }
            counts[address, default: (0, 0)].all += 1
            counts[address, default: (0, 0)].silent += 1
        }

        mutating func remove(_ id: ObjectIdentifier) -> (any Channel)? {
            guard let connection = connections.removeValue(forKey: id) else { return nil }
            if connection.isOfProxy { ofProxies -= 1 }
            counts[connection.address]?.all -= 1
            if connection.phase == .silent { counts[connection.address]?.silent -= 1 }
            if counts[connection.address]?.all == 0 { counts[connection.address] = nil }
            return connection.channel
        }

        mutating func enter(_ phase: Phase, _ id: ObjectIdentifier) {
            guard let connection = connections[id], connection.phase != phase else { return }
            clock += 1
            if connection.phase == .silent { counts[connection.address]?.silent -= 1 }
            connections[id]?.phase = phase
            connections[id]?.since = clock
        }

        /// Removes the connection that has been in the first of these phases for the longest; nil if there is none.
        mutating func giveWay(_ phases: [Phase], among isMeant: (Connection) -> Bool) -> (any Channel)? {
            for phase in phases {
                var oldest: (key: ObjectIdentifier, since: UInt64)?
                for (key, connection) in connections
                where connection.phase == phase && connection.since < oldest?.since ?? .max && isMeant(connection) {
                    oldest = (key, connection.since)
                }
                if let oldest { return remove(oldest.key) }
            }
            return nil
        }
    }

    private let state = Mutex(State())
    private let limits: Limits

    package init(_ limits: Limits) { self.limits = limits }

    /// Registers a new connection; false if there is no room for it.
    ///
    /// - Parameter isTrusted: whether the peer is a trusted proxy. It forwards for many clients, so the limit of one
    ///   address does not apply to it; the number of concurrent requests of each of its clients is limited with the
    ///   requests.
    package func enter(_ channel: any Channel, fromTrustedProxy isTrusted: Bool = false) -> Bool {
        let source = channel.remoteAddress?.ipAddress ?? ""
        let address = Self.client(source)
        // A proxy on this machine forwards for many clients too.
        let isLocal = IPAddress(source)?.isLoopback ?? true
        let isOfProxy = isTrusted && !isLocal
        var leaving: [any Channel] = []
        let mayEnter = state.withLock { state in
            func makeRoom(_ phases: [Phase], among isMeant: (Connection) -> Bool = { _ in true }) -> Bool {
                guard let channel = state.giveWay(phases, among: isMeant) else { return false }
                leaving.append(channel)
                return true
            }
            let own = state.counts[address] ?? (0, 0)
            if own.silent >= limits.mostSilent {
                _ = makeRoom([.silent]) { $0.address == address }
            } else if isOfProxy, state.ofProxies >= limits.mostOfProxies {
                guard makeRoom([.silent, .resting], among: \.isOfProxy) else { return false }
            } else if !isLocal, !isOfProxy, own.all >= limits.mostOfOneAddress {
                guard makeRoom([.silent, .resting], among: { $0.address == address }) else { return false }
            }
            if state.connections.count >= limits.most {
                guard makeRoom([.silent, .resting]) else { return false }
            }
            state.add(channel, of: address, isOfProxy: isOfProxy)
            return true
        }
        for channel in leaving { channel.close(promise: nil) }
        guard mayEnter else { return false }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { _ = $0.remove(ObjectIdentifier(channel)) }
        }
        return true
    }

    /// An IPv6 network that may belong to a single client counts as one address.
    private static func client(_ text: String) -> String {
        guard case .v6(let network, _) = IPAddress(text)?.unmapped else {
            return IPAddress(text)?.unmapped.description ?? text
        }
        return "\(network)"
    }

    /// A request has begun.
    package func ask(_ channel: any Channel) { state.withLock { $0.enter(.asking, ObjectIdentifier(channel)) } }

    /// A request was admitted.
    package func know(_ channel: any Channel) {
        state.withLock { $0.connections[ObjectIdentifier(channel)]?.isKnown = true }
    }

    /// All requests so far are answered.
    package func rest(_ channel: any Channel) { state.withLock { $0.enter(.resting, ObjectIdentifier(channel)) } }

    /// Whether the connection stays open for further requests.
    package func isKept(_ channel: any Channel) -> Bool {
        state.withLock { state in
            state.connections[ObjectIdentifier(channel)].map { $0.isKnown && !$0.isLeaving } ?? false
        }
    }

    /// Ends all connections; those with a request in progress end after it.
    package func retire() {
        let idle: [any Channel] = state.withLock { state in
            for id in state.connections.keys { state.connections[id]?.isLeaving = true }
            return state.connections.values.filter { $0.phase != .asking }.map(\.channel)
        }
        for channel in idle { channel.close(promise: nil) }
    }
}
