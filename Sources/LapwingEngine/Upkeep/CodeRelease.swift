/// Whether the program's own code may be let go of memory: only while it comes back without the disk.
///
/// Code that is let go stays in the kernel's cache and is mapped again when it is needed. Where memory is short the kernel
/// drops it there too, and then a disk that hangs would stop the watch of everything else.
package struct CodeRelease: Sendable {
    /// Turns for which the code is kept after some of it had to be read from the disk.
    package static let restraint = 360

    private var faults: Int?
    private var turnsLeft = 0

    package init() {}

    /// - Parameter majorFaults: pages that the process has had to wait for the disk for, since its start.
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
