import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore

/// Maintenance of the store. All subcommands except `restore` and `prune --compact` work beside a running daemon.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Copies, checks and measures the store, and deletes old history.",
        subcommands: [Backup.self, Restore.self, Check.self, Prune.self, Stats.self, StoreCopyCommand.self])

    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backup", abstract: "Copies the store into one file while the daemon runs.",
            discussion: "The file appears once it is complete, checked and on the disk; only its owner can read it.")

        @Argument(help: "The file to make.")
        var file: String

        @Flag(help: "Replace the file if there is one.")
        var force = false

        @OptionGroup var storage: StoreOptions

        func run() throws {
            let store = try storage.open(.reader)
            try store.backUp(to: file, replaces: force)
            let bytes = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
            print("\(file.visible): \(ByteText.text(Int64(bytes)))")
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Replaces the store with a copy, while no daemon runs.",
            discussion: """
                The copy is checked first, and the previous store is kept beside it under another name. Incidents since \
                the copy was made that still last are found and reported again.
                """)

        @Argument(help: "A file that `store backup` made.")
        var file: String

        @OptionGroup var storage: StoreOptions

        func run() throws {
            guard let path = StoreLocation(try storage.path()).path else {
                StandardError.print("the store is in PostgreSQL, whose own `pg_restore` puts a copy back")
                throw ExitCode.failure
            }
            let stamp = currentTime.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
            let kept = try Store.restore(file, to: path, keepingWith: ".before-\(stamp)")
            print("\(path.visible) is what \(file.visible) holds")
            if let kept { print("the store that was there is \(kept.visible)") }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Reads every page and every row of the store, and lists errors.",
            discussion: """
                Exit code 0 when all can be read, otherwise 2. It does not disturb a running daemon. Journal entries that \
                were changed after they were written are listed, and the state of the journal is shown.
                """)

        @OptionGroup var storage: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let found = try storage.open(.reader).examine()
            switch output.format {
            case .json: try JSONOutput.print(found)
            case .jsonl: try JSONOutput.print(line: found)
            case .table, .plain, .nagios:
                for fault in found.faults { print(fault.visible) }
                if found.faultCount > found.faults.count {
                    print("and \(found.faultCount - found.faults.count) more")
                }
                if let journal = found.journal {
                    print("journal: entries \(journal.first) to \(journal.last), which come to \(journal.hash)")
                }
                print("\(found.rows) rows read, \(found.faultCount) faults")
            }
            if found.faultCount > 0 { throw ExitCode(2) }
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune", abstract: "Deletes history and closed incidents older than a limit.",
            discussion:
                "Open incidents, waiting notices and learnt states are kept. The daemon does the same each hour.")

        @Option(help: "The time to keep, such as 90d; default: as in the configuration.", transform: Self.duration)
        var keep: Int64?

        @Flag(help: "Make the file smaller as well; only while no daemon runs.")
        var compact = false

        @OptionGroup var storage: StoreOptions

        func run() throws {
            guard let keep = try keep ?? (storage.store == nil ? storage.settings().keepsHistoryFor : nil)
            else { throw ValidationError("without a configuration, say how much to keep: --keep 90d") }
            let store = try storage.open(compact ? .keeper : .visitor)
            let limit = currentTime.adding(seconds: -keep)
            let parts = try store.forgetParts(before: limit)
            var count = 0
            while case let some = try store.forgetSome(before: limit), some > 0 { count += some }
            if compact { try store.compact() }
            if !parts.isEmpty { print("\(parts.joined(separator: ", ")) are dropped as a whole") }
            print("\(count) rows from before \(limit) are deleted")
        }

        private static func duration(_ text: String) throws -> Int64 {
            let range: ClosedRange<Int64> = 86_400...3650 * 86_400
            guard let seconds = DurationText.seconds(text), range.contains(seconds) else {
                throw ValidationError("`\(text)` is no time to keep; write 1d to 3650d")
            }
            return seconds
        }
    }

    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stats", abstract: "Shows the size of the store and what it holds.")

        @OptionGroup var storage: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let found = try storage.open(.reader).statistics()
            switch output.format {
            case .json: return try JSONOutput.print(Row(found: found))
            case .jsonl: return try JSONOutput.print(line: Row(found: found))
            case .table, .plain, .nagios: break
            }
            let isFile = StoreLocation(try storage.path()).path != nil
            let places =
                isFile
                ? [
                    ("file", "\(ByteText.text(found.bytes)), of which \(ByteText.text(found.freeBytes)) free"),
                    ("write-ahead log", ByteText.text(found.journalBytes)),
                ] : [("tables", ByteText.text(found.bytes))]
            var rows = places
            rows += [
                ("domains", "\(found.domains)"), ("open incidents", "\(found.openIncidents)"),
                ("waiting alerts", "\(found.waitingNotices)"), ("unreadable rows", "\(found.unreadableRows)"),
                ("oldest history", found.oldestHistory?.description ?? "none"),
                ("last written", found.latest?.description ?? "never"),
                ("tables' last step", found.schema ?? "none"),
            ]
            rows += found.tables.map { ("rows of \($0.name)", "\($0.rows)") }
            let width = rows.map(\.0.count).max() ?? 0
            for (name, value) in rows {
                print(name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + value.visible)
            }
        }

        /// The statistics, with times both in the usual format and in the original milliseconds.
        private struct Row: Encodable {
            enum CodingKeys: String, CodingKey {
                case oldest = "oldest_history"
                case written = "last_written"
            }

            var found: StoreStatistics

            func encode(to encoder: any Encoder) throws {
                try found.encode(to: encoder)
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encodeIfPresent(found.oldestHistory?.description, forKey: .oldest)
                try container.encodeIfPresent(found.latest?.description, forKey: .written)
            }
        }
    }
}

/// Formats sizes: `512 bytes`, `3.4 MB`.
enum ByteText {
    static func text(_ bytes: Int64) -> String {
        let units = ["kB", "MB", "GB", "TB"]
        guard bytes >= 1000 else { return "\(bytes) bytes" }
        var value = Double(bytes) / 1000
        var unit = 0
        while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return String(format: "%.1f ", value) + units[unit]
    }
}
