/// Facts of the registration; they stay when a look-up fails.
package struct RegistryMemory: Sendable, Hashable, Codable {
    /// The last answer that said something, with its age.
    package var known: RegistryView?
    /// Since when look-ups fail; nil after one that said something.
    package var failingSince: Timestamp?
    /// Why the last one failed, in words.
    package var lastFailure: String?
    /// What counts as normal; changes are reported against this.
    package var accepted: RegistryView?
    /// The end of the term before the registry renewed it by itself.
    package var unpaidEnd: RegistryView.Moment?
    /// Since when the registry says that it renewed the term by itself and was not paid (`autoRenewPeriod`, RFC 3915).
    package var autoRenewSince: Timestamp?

    /// How the registry's copy of the delegation differed from that of the zone above when both were seen together.
    package var differs: RegistryDifference?
    /// Whether that is so since the registry was asked first.
    package var differedAtFirst: Bool?

    package init() {}
}

/// The monitor's own clock against a monotonic one.
package struct ClockMemory: Sendable, Hashable, Codable {
    /// The wall clock in the last round; nil before the first one.
    package var wall: Timestamp?
    /// The other clock in the last round, in seconds.
    package var monotonic: Int64 = 0
    /// Seconds by which the wall clock is ahead of where it should be.
    package var offset: Int64 = 0
    /// When the wall clock was last seen to jump.
    package var steppedAt: Timestamp?

    package init() {}
}
