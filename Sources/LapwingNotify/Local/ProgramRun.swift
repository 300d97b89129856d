import CProgramStart
import Dispatch
import Glibc

/// One run of a program: bytes on its standard input, a limit in time, a bounded piece of what it prints.
///
/// No shell reads the command line. What the program starts belongs to its process group and ends with it.
package struct ProgramRun {
    /// How a run ended.
    package enum End: Sendable, Hashable {
        case exited(Int32)
        case killed(signal: Int32)
        case outOfTime
        /// It could not be started.
        case absent(String)
    }

    /// Of what it prints on both outputs.
    package static let mostOutput = 4096
    private static let tick: Int32 = 50

    var line: [String]
    var input: [UInt8]
    var environment: [String: String]
    /// Seconds.
    var timeout: Int64

    /// - Parameters:
    ///   - line: a path and its arguments.
    ///   - environment: all of it.
    ///   - timeout: seconds.
    package init(line: [String], input: [UInt8], environment: [String: String], timeout: Int64) {
        self.line = line
        self.input = input
        self.environment = environment
        self.timeout = timeout
    }

    /// Runs it to its end; blocks the thread for as long as that takes.
    package func run() -> (end: End, output: String) {
        guard !line.isEmpty else { return (.absent("no program is named"), "") }
        var arguments: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var output: Int32 = -1
        let process = program_start(&arguments, &variables, input, input.count, &output)
        guard process > 0 else { return (.absent(Self.reason(-process)), "") }
        defer { close(output) }
        return follow(process, output)
    }

    /// Reads what it prints until it ends or is out of time, then ends all that it started.
    private func follow(_ process: pid_t, _ output: Int32) -> (end: End, output: String) {
        let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(max(timeout, 1)) * 1_000_000_000
        var kept: [UInt8] = []
        var status: Int32 = 0
        var end: End?
        while end == nil {
            var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            poll(&waiting, 1, Self.tick)
            Self.drain(output, into: &kept)
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process {
                let signal = status & 0x7F
                end = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
            } else if ended < 0, errno != EINTR {
                end = .absent(Self.reason(errno))
            } else if DispatchTime.now().uptimeNanoseconds > deadline {
                kill(-process, SIGKILL)
                waitpid(process, &status, 0)
                return (.outOfTime, Self.text(kept))
            } else if waiting.revents & Int16(POLLHUP) != 0 {
                // It closed its outputs and goes on.
                usleep(UInt32(Self.tick) * 1000)
            }
        }
        Self.drain(output, into: &kept)
        kill(-process, SIGKILL)
        return (end ?? .outOfTime, Self.text(kept))
    }

    /// Takes what is there and keeps the beginning.
    private static func drain(_ output: Int32, into kept: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        // One that prints without end is not followed for ever.
        for _ in 0..<64 {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return }
            kept += buffer.prefix(min(count, mostOutput - kept.count))
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
