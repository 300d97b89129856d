/// What the process has laid aside for itself and for what it starts.
package struct SandboxReport: Sendable, Hashable {
    /// Nothing was laid aside because that was wished.
    package static let off: SandboxReport = {
        var report = SandboxReport()
        report.isOn = false
        return report
    }()

    /// False where the configuration or a flag says that nothing is to be laid aside.
    package var isOn = true
    /// Programs that it starts gain no privileges.
    package var refusesPrivileges = false
    /// System calls that it never needs are refused.
    package var filtersCalls = false
    /// Below which directories it writes; nil for wherever its user may.
    package var writable: [String]?
    /// Why a part does not hold, each with the part's name before a colon.
    package var reasons: [String] = []

    package init() {}

    /// Why it does not hold in all its parts; nil where it does, or where it is switched off.
    package var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }

    var json: JSONText {
        .object([
            ("on", .flag(isOn)), ("no_new_privileges", .flag(refusesPrivileges)), ("system_calls", .flag(filtersCalls)),
            ("writable", writable.map { .texts($0) } ?? .null), ("reason", .optional(reason)),
        ])
    }
}
