/// Facts of the registration; a failed look-up leaves them unchanged.
package struct RegistryMemory: Sendable, Hashable, Codable {
    /// The last usable answer, with its age; nil before the first one.
    package var known: RegistryView?
    /// Since when look-ups fail; nil after a usable answer.
    package var failingSince: Timestamp?
    /// Why the last look-up failed, in words; nil after a usable answer.
    package var lastFailure: String?
    /// The normal state, against which changes are reported; nil before the first usable answer.
    package var accepted: RegistryView?
    /// The end of the term before the registry renewed it automatically; nil if it did not, or if that term counts as
    /// paid.
    package var unpaidEnd: RegistryView.Moment?
    /// Since when the registry says that it renewed the term automatically and without payment (`autoRenewPeriod`, RFC
    /// 3915). Nil whenever ``unpaidEnd`` is.
    package var autoRenewSince: Timestamp?

    /// How the registry's copy of the delegation differed from that of the parent zone when both were seen together;
    /// nil if they agreed or were never seen together.
    package var differs: RegistryDifference?
    /// Whether it differs since the registry was first asked; nil if it does not.
    package var differedAtFirst: Bool?

    package init() {}
}
