extension FindingCode {
    /// The kind of matter a finding is about: whether it can be accepted as normal, and who should be informed.
    package enum Nature: Sendable, Hashable {
        /// Records, the delegation or the registration differ from before.
        case changeOfRecords
        /// Another fact differs from before, such as a TTL, or the memory of a domain.
        case changeBesides
        /// Something is wrong until it is repaired.
        case fault

        /// Whether a person can accept it as the new normal. A fault would return with the next round.
        package var canBeAccepted: Bool { self != .fault }
    }

    /// The kind of matter; everything that is not a change is a fault.
    package var nature: Nature {
        if Self.changesOfRecords.contains(self) { return .changeOfRecords }
        return Self.changesBesides.contains(self) ? .changeBesides : .fault
    }

    private static let changesOfRecords: Set<FindingCode> = [
        recordChanged, recordHijacked, recordFlux, recordLost, policyWeakened, delegationChanged, delegationHijacked,
        dnssecDowngraded, aliasTaken, dependencyTaken, registrationChanged, registrationUnlocked, changeConfirmed,
        changeDifferent, zoneChanged, placeForeign,
    ]

    private static let changesBesides: Set<FindingCode> = [ttlLow, ttlCut, changeMissing, monitorMemory]
}
