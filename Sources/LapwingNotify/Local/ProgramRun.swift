import CProgramStart
import Dispatch
import Glibc

/// One run of a program, with bytes on its standard input, a time limit, and a limit of its output.
///
/// No shell interprets the command line. The program and its child processes are in one process group, which is
/// terminated with it.
package struct ProgramRun {
    /// The end of a run.
    package enum End: Sendable, Hashable {
        case exited(Int32)
        case killed(signal: Int32)
        case outOfTime
        /// It could not be started.
        case absent(String)
    }

    /// The limit for both outputs together in bytes.
    package static let mostOutput = 4096
    private static let tick: Int32 = 50

    var line: [String]
    var input: [UInt8]
    var environment: [String: String]
    /// In seconds.
    var timeout: Int64

    /// - Parameters:
    ///   - line: a path with arguments.
    ///   - environment: the complete environment.
    ///   - timeout: in seconds.
    package init(line: [String], input: [UInt8], environment: [String: String], timeout: Int64) {
        self.line = line
        self.input = input
        self.environment = environment
        self.timeout = timeout
    }

    /// Runs the program to its end, which blocks the thread.
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

    /// Reads the output until the program ends or its time is up, then terminates its process group.
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
                // It has closed its outputs and still runs.
                usleep(UInt32(Self.tick) * 1000)
            }
        }
        Self.drain(output, into: &kept)
        kill(-process, SIGKILL)
        return (end ?? .outOfTime, Self.text(kept))
    }

    /// Reads the available output and keeps the beginning.
    private static func drain(_ output: Int32, into kept: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        // A program that prints endlessly is not read for ever.
        for _ in 0..<64 {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return }
            kept += buffer.prefix(min(count, mostOutput - kept.count))
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
