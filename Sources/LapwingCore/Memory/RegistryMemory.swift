/// Facts of the registration; they stay when a look-up fails.
package struct RegistryMemory: Sendable, Hashable, Codable {
    /// The last answer that said something, with its age.
    package var known: RegistryView?
    package var failingSince: Timestamp?
    package var lastFailure: String?
    /// What counts as normal; changes are told against this.
    package var accepted: RegistryView?
    /// The end of the term before the registry renewed it by itself.
    package var unpaidEnd: RegistryView.Moment?
    package var autoRenewSince: Timestamp?

    package init() {}
}

/// The monitor's own clock against one that nobody sets.
package struct ClockMemory: Sendable, Hashable, Codable {
    package var wall: Timestamp?
    package var monotonic: Int64 = 0
    /// Seconds by which the wall clock is ahead of where it should be.
    package var offset: Int64 = 0
    package var steppedAt: Timestamp?

    package init() {}
}
