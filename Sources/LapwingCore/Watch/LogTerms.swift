/// What the daemon writes into its log, and how.
package struct LogTerms: Sendable, Hashable {
    /// How important a line is, from the least important to the most.
    package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        case debug, info, notice, warning, error

        /// A level is lower when it says more.
        package static func < (one: Level, other: Level) -> Bool {
            let all = allCases
            return (all.firstIndex(of: one) ?? 0) < (all.firstIndex(of: other) ?? 0)
        }
    }

    /// A part of the program that may say more or less than the rest.
    package enum Area: String, Sendable, Hashable, CaseIterable {
        case daemon, engine, notify, probes, store, web
        /// What the program is built with.
        case libraries
    }

    /// How one line of the log is written.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        /// Time, level, area, message and `key=value` pairs, for people.
        case text
        /// An object a line.
        case json
        /// As text without the time, with the priority in front that systemd takes (`sd-daemon(3)`).
        case journal
    }

    /// The level of every area that ``areas`` does not name; lines below it are left out.
    package var level = Level.notice
    /// Areas with a level of their own.
    package var areas: [Area: Level] = [:]
    /// Nil for the journal where standard error is one, and text elsewhere.
    package var format: Format?

    package init() {}

    /// The level that counts for an area.
    package func level(of area: Area) -> Level { areas[area] ?? level }

    /// The level below which no area says anything.
    package var lowest: Level { areas.values.reduce(level, min) }

    /// What is wrong with a text that says levels.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// A sentence that names the text and what is expected instead.
        package var description: String
    }

    /// Takes levels as people write them: `info`, `notice,engine=debug`, `web=error`.
    package mutating func take(levels text: String) throws(Fault) {
        var taken = self
        taken.areas = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
            guard let level = words.last.flatMap({ Level(rawValue: $0) }), words.count <= 2 else {
                throw Fault(
                    description: "`\(part.prefix(40))` is no level: expected \(Self.words(Level.self)), "
                        + "or a part of the program with one, as in notice,engine=debug")
            }
            guard words.count == 2 else {
                taken.level = level
                continue
            }
            guard let area = Area(rawValue: words[0]) else {
                throw Fault(description: "`\(words[0].prefix(40))` is none of \(Self.words(Area.self))")
            }
            taken.areas[area] = level
        }
        self = taken
    }

    private static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> String
    where Word.RawValue == String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
