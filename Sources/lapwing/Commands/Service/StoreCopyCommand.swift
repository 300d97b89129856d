import ArgumentParser
import LapwingCore
import LapwingStore

/// `lapwing store copy`: copies from a file into PostgreSQL, or back.
struct StoreCopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copies a whole store into an empty one: from SQLite to PostgreSQL, or back.",
        discussion: """
            A store is the path of a file, `sqlite:///var/lib/lapwing/lapwing.db`, or `postgresql://USER@HOST/DATABASE`. \
            Everything is copied in one transaction, or nothing. At the end rows are counted and the journal's hashes \
            are recalculated on both sides. Stop the daemon first: later writes are not copied.
            """)

    @Argument(help: "The store to copy.")
    var from: String

    @Argument(help: "The store to create; it must be empty.")
    var to: String

    func run() throws {
        let (source, target) = (StoreLocation(from), StoreLocation(to))
        guard source.isThere else {
            StandardError.print("there is no store \(source.visible)")
            throw ExitCode.failure
        }
        if let path = source.path, let holder = try? StoreHolder.process(of: path) {
            StandardError.print("the daemon, process \(holder), works on \(path); stop it first")
            throw ExitCode.failure
        }
        let store = try Store(path: from, role: .reader) { StandardError.print("\($0)") }
        let made = try Store(path: to, role: .keeper) { StandardError.print("\($0)") }
        defer { made.letGo() }
        let copy = try store.copyAll(into: made)
        for table in copy.tables { print("\(table.name): \(table.rows) rows") }
        for fault in copy.faults.prefix(StoreExamination.mostFaults) {
            StandardError.print("left out: \(fault.visible)")
        }
        if let journal = copy.journal {
            print("journal: entries \(journal.first) to \(journal.last), which come to \(journal.hash) on both sides")
        }
        print("\(target.visible.visible) is what \(source.visible.visible) holds")
        if !copy.faults.isEmpty { throw ExitCode(2) }
    }
}
