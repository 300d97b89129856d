import CProcessSandbox
import Foundation
import LapwingCore
import LapwingStore
import LapwingWeb
import Logging

/// Gives up privileges that a daemon does not need, permanently, for itself and for the programs of its channels.
///
/// There are three independent layers: programs that it starts cannot gain privileges; system calls that it never needs
/// are refused; files can be written only in its own directories. A layer that the kernel does not support is omitted
/// and reported, since that is no reason not to watch.
enum Sandbox {
    /// Directories that any user may write to: SQLite and other programs put temporary files there.
    private static let temporary = ["/tmp", "/var/tmp", "/dev/shm"]

    /// Enters the sandbox. Must be called before other threads start, since the limit of writes applies to the calling
    /// thread and the threads that it starts.
    ///
    /// The directory of the store is created if it does not exist.
    static func enter(_ settings: Settings) -> SandboxReport {
        guard settings.sandbox.isOn else { return .off }
        var report = SandboxReport()
        let threads = process_sandbox_threads()
        report.refusesPrivileges = took("privileges", process_sandbox_refuse_privileges(), &report)
        if !settings.limitsWrites {
            report.reasons.append("writes: programs of channels may write anywhere until sandbox.writable says where")
        } else if process_sandbox_landlock() == 0 {
            report.reasons.append("writes: this kernel has no Landlock, or it is not switched on")
        } else if threads != 1 {
            report.reasons.append("writes: \(threads) threads run already")
        } else {
            let writable = directories(store: settings.store) + (settings.sandbox.writable ?? [])
            let paths = writable.map { strdup($0) }
            defer { paths.forEach { free($0) } }
            let fault = paths.map { UnsafePointer($0) }.withUnsafeBufferPointer {
                process_sandbox_limit_writes($0.baseAddress, Int32($0.count))
            }
            if took("writes", fault, &report) { report.writable = writable }
        }
        report.filtersCalls = took("system calls", process_sandbox_filter_calls(), &report)
        return report
    }

    /// Whether this kernel can limit writes.
    static var limitsWrites: Bool { process_sandbox_landlock() > 0 }

    private static func took(_ part: String, _ fault: Int32, _ report: inout SandboxReport) -> Bool {
        guard fault != 0 else { return true }
        report.reasons.append("\(part): \(String(cString: strerror(-fault)))")
        return false
    }

    /// The directories to which the daemon writes: that of the store, also if the store is a symbolic link, and those
    /// for temporary files.
    private static func directories(store: String) -> [String] {
        guard let store = StoreLocation(store).path else { return temporary.filter { $0.hasPrefix("/") } }
        let folder = URL(fileURLWithPath: store).deletingLastPathComponent().path
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let target = URL(fileURLWithPath: store).resolvingSymlinksInPath().deletingLastPathComponent().path
        let own = ProcessInfo.processInfo.environment["TMPDIR"].map { [$0] } ?? []
        var seen: Set<String> = []
        return ([folder, target] + temporary + own).filter { $0.hasPrefix("/") && seen.insert($0).inserted }
    }
}

extension SandboxReport {
    /// Logs the state of the sandbox, once, at the start.
    func note(_ log: Logger) {
        guard isOn else {
            log.info("the sandbox is switched off")
            return
        }
        let fields: Logger.Metadata = [
            "privileges": "\(refusesPrivileges)", "calls": "\(filtersCalls)",
            "writable": "\(writable?.joined(separator: " ") ?? "everything")",
        ]
        guard reasons.isEmpty else {
            log.notice(
                "the sandbox holds in part", metadata: fields.merging(["reason": "\(reason ?? "")"]) { $1 })
            return
        }
        log.info("the sandbox holds", metadata: fields)
    }
}
