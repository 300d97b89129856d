package import DNSWire

/// The shards that a worker must hold for a write; a single daemon holds everything.
package enum Fence: Sendable {
    /// None; only its membership among the workers.
    case none
    /// The shards of these domains.
    case domains([Name])
    /// The desk.
    case desk
}
