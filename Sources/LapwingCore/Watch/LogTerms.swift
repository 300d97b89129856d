/// The contents and the format of the daemon's log.
package struct LogTerms: Sendable, Hashable {
    /// The importance of a line, from the lowest to the highest.
    package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        case debug, info, notice, warning, error

        /// Compares by importance; a log at a lower level contains more.
        package static func < (one: Level, other: Level) -> Bool {
            let all = allCases
            return (all.firstIndex(of: one) ?? 0) < (all.firstIndex(of: other) ?? 0)
        }
    }

    /// A part of the program that may have a level of its own.
    package enum Area: String, Sendable, Hashable, CaseIterable {
        case daemon, engine, notify, probes, store, web
        /// The libraries that the program uses.
        case libraries
    }

    /// The format of one line of the log.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        /// Time, level, area, message and `key=value` pairs, for people.
        case text
        /// One JSON object per line.
        case json
        /// The text format without the time, with the leading priority that systemd reads (`sd-daemon(3)`).
        case journal
    }

    /// The level of every area that ``areas`` does not name; lower lines are left out.
    package var level = Level.notice
    /// Areas with a level of their own.
    package var areas: [Area: Level] = [:]
    /// The format; nil for `journal` if standard error is connected to the journal, and `text` otherwise.
    package var format: Format?

    package init() {}

    /// Returns the level of an area.
    package func level(of area: Area) -> Level { areas[area] ?? level }

    /// The level below which no area writes a line.
    package var lowest: Level { areas.values.reduce(level, min) }

    /// An error in a text with levels.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// A sentence that names the text and the expected form.
        package var description: String
    }

    /// Reads levels as people write them: `info`, `notice,engine=debug`, `web=error`.
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
