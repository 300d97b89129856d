/// Decides whether the program's own code may be released from memory: only while it can be mapped again without the
/// disk.
///
/// Released code stays in the page cache and is mapped again when it is needed. If memory is short, the kernel drops it
/// there too, and then a hanging disk would stop the watch of everything else.
package struct CodeRelease: Sendable {
    /// The number of turns without release after code had to be read from the disk.
    package static let restraint = 360

    private var faults: Int?
    private var turnsLeft = 0

    package init() {}

    /// - Parameter majorFaults: the number of page faults since the start for which the process had to wait for the
    ///   disk.
    package mutating func isAllowed(majorFaults: Int) -> Bool {
        if let faults, majorFaults > faults { turnsLeft = Self.restraint }
        faults = majorFaults
        guard turnsLeft == 0 else {
            turnsLeft -= 1
            return false
        }
        return true
    }
}
