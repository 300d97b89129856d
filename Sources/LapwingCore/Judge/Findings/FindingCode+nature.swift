extension FindingCode {
    /// What sort of thing a finding is: whether it can be taken for normal, and who should know.
    package enum Nature: Sendable, Hashable {
        /// Records, the delegation or the registration are not what they were.
        case changeOfRecords
        /// Something else is not what it was, such as a TTL, or what is known of a domain.
        case changeBesides
        /// Something is wrong, and is so until it is repaired.
        case fault

        /// Whether a person can take it for the new normal. A fault comes back with the next round.
        package var canBeAccepted: Bool { self != .fault }
    }

    /// What sort of thing it is; everything that is no change is a fault.
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
