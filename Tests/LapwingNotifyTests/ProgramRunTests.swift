import Foundation
import LapwingCore
import LapwingNotify
import Testing

@Suite("Programs as channels")
struct ProgramRunTests {
    private func run(_ line: [String], input: String = "", timeout: Int64 = 10) -> (end: ProgramRun.End, output: String)
    {
        ProgramRun(line: line, input: Array(input.utf8), environment: ["A": "b"], timeout: timeout).run()
    }

    @Test("get their input and an environment of their own, and no shell reads their arguments")
    func input() {
        #expect(run(["/bin/cat"], input: "notice\n").output == "notice\n")
        #expect(run(["/usr/bin/env"]).output == "A=b\n")
        #expect(run(["/bin/echo", "$(id)", ";", "x"]).output == "$(id) ; x\n")
    }

    @Test("that do not read their input, however long, hold up nobody")
    func unread() {
        #expect(run(["/bin/true"], input: String(repeating: "x", count: 1 << 20)).end == .exited(0))
    }

    @Test("that print without end are read up to a limit and killed in time")
    func endless() {
        let (end, output) = run(["/usr/bin/yes"], timeout: 1)
        #expect(end == .outOfTime)
        #expect(output.utf8.count == ProgramRun.mostOutput)
    }

    @Test("end with all that they started")
    func children() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lapwing-\(UUID().uuidString)")
        let began = Date()
        let (end, _) = run(["/bin/sh", "-c", "(sleep 2; echo late >\(file.path)) & sleep 60"], timeout: 1)
        #expect(end == .outOfTime)
        #expect(Date().timeIntervalSince(began) < 10)
        // One that ends while a child of it holds its output ends too.
        let (second, _) = run(["/bin/sh", "-c", "sleep 60 & exit 3"], timeout: 30)
        #expect(second == .exited(3))
        #expect(Date().timeIntervalSince(began) < 20)
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test("that are not there are told as that")
    func absent() {
        #expect(run(["/nonexistent/program"]).end == .absent("No such file or directory"))
        #expect(run([]).end == .absent("no program is named"))
    }

    @Test(
        "say by their exit status what became of the notice",
        arguments: [
            (.exited(0), .delivered("exit status 0")), (.exited(1), .tryAgain(reason: "exit status 1: b", after: nil)),
            (.exited(65), .refused("exit status 65: b")),
            (.exited(75), .tryAgain(reason: "exit status 75: b", after: nil)),
            (.killed(signal: 9), .tryAgain(reason: "ended by signal 9: b", after: nil)),
            (.outOfTime, .tryAgain(reason: "not done within 5 s, killed: b", after: nil)),
        ] as [(ProgramRun.End, Receipt)])
    func receipts(_ end: ProgramRun.End, _ receipt: Receipt) {
        #expect(Exec.receipt(end, "a\nb\n", timeout: 5) == receipt)
    }
}
