import Dispatch
package import LapwingCore

/// Runs the owner's program with the notice on its standard input; its exit status is the receipt.
package enum Exec {
    private static let queue = DispatchQueue(label: "lapwing.exec", attributes: .concurrent)
    /// EX_TEMPFAIL of sysexits.h, among statuses for permanent failures.
    private static let temporary: Int32 = 75
    private static let hopeless: ClosedRange<Int32> = 64...78
    private static let longest = TextLength.bytes(64_000)

    static func run(_ command: Channel.Command, _ message: NoticeMessage) async throws -> Receipt {
        let input =
            switch command.input {
            case .json: try JSON.encode(NoticeBody(message))
            case .text: Array(message.plain(within: longest).utf8)
            }
        let notice = message.notice
        let run = ProgramRun(
            line: command.line, input: input,
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/",
                "LAPWING_INCIDENT": notice.incident, "LAPWING_EVENT": notice.event.rawValue,
                "LAPWING_SEVERITY": notice.severity.rawValue, "LAPWING_CLASS": notice.incidentClass.rawValue,
                "LAPWING_DOMAIN": "\(notice.domain)", "LAPWING_ID": notice.id,
            ], timeout: command.timeout)
        // The run blocks, so it uses a thread for which no other task waits.
        let (end, output) = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: run.run()) }
        }
        return receipt(end, output, timeout: command.timeout)
    }

    /// Returns the receipt for the end of a program: 0 is delivered, a status for a permanent failure is refused, all
    /// others are tried again.
    package static func receipt(_ end: ProgramRun.End, _ output: String, timeout: Int64) -> Receipt {
        let printed = String(output.split(separator: "\n").last ?? "").visible.prefix(200)
        let words = printed.isEmpty ? "" : ": \(printed)"
        switch end {
        case .exited(0): return .delivered("exit status 0")
        case .exited(let status) where hopeless.contains(status) && status != temporary:
            return .refused("exit status \(status)\(words)")
        case .exited(let status): return .tryAgain(reason: "exit status \(status)\(words)", after: nil)
        case .killed(let signal): return .tryAgain(reason: "ended by signal \(signal)\(words)", after: nil)
        case .outOfTime: return .tryAgain(reason: "not done within \(timeout) s, killed\(words)", after: nil)
        case .absent(let reason): return .tryAgain(reason: "cannot be started: \(reason)", after: nil)
        }
    }
}
