/// The privileges that the process has given up for itself and for its child processes.
package struct SandboxReport: Sendable, Hashable {
    /// The report of a process whose sandbox is switched off.
    package static let off: SandboxReport = {
        var report = SandboxReport()
        report.isOn = false
        return report
    }()

    /// False if the configuration or a flag switches the sandbox off.
    package var isOn = true
    /// Programs that it starts cannot gain privileges.
    package var refusesPrivileges = false
    /// System calls that it never needs are refused.
    package var filtersCalls = false
    /// The directories to which writing is limited; nil if it is not limited.
    package var writable: [String]?
    /// The reasons why parts are not in force, each preceded by the part's name and a colon.
    package var reasons: [String] = []

    package init() {}

    /// The reason why some part is not in force; nil if all are, or if the sandbox is switched off.
    package var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }

    var json: JSONText {
        .object([
            ("on", .flag(isOn)), ("no_new_privileges", .flag(refusesPrivileges)), ("system_calls", .flag(filtersCalls)),
            ("writable", writable.map { .texts($0) } ?? .null), ("reason", .optional(reason)),
        ])
    }
}
