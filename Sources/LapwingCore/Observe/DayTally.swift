/// What the looks of one day come to, for one domain: sums, so that parts of a day can be added up.
package struct DayTally: Sendable, Hashable {
    /// How long answers took.
    package struct Times: Sendable, Hashable {
        /// Answers whose time was taken.
        package var answers = 0
        /// The sum of their times.
        package var milliseconds = 0

        package init(answers: Int = 0, milliseconds: Int = 0) {
            self.answers = answers
            self.milliseconds = milliseconds
        }

        /// In milliseconds; nil without an answer.
        package var mean: Double? { answers > 0 ? Double(milliseconds) / Double(answers) : nil }

        /// Takes in one answer's time.
        package mutating func add(milliseconds one: Int64) {
            answers += 1
            milliseconds += Int(clamping: max(0, one))
        }

        static func + (one: Times, other: Times) -> Times {
            Times(answers: one.answers + other.answers, milliseconds: one.milliseconds + other.milliseconds)
        }
    }

    /// All looks: regular rounds, and those of resting domains.
    package var looks = 0
    /// Looks in which nothing was seen; they count for nothing else.
    package var blind = 0
    /// See ``LookVerdict/resolved``.
    package var resolved = 0
    /// See ``LookVerdict/unresolved``.
    package var unresolved = 0
    /// See ``LookVerdict/served``.
    package var served = 0
    /// See ``LookVerdict/unserved``.
    package var unserved = 0
    /// Answers of the domain's own servers.
    package var authorities = Times()
    /// Answers of resolvers.
    package var resolvers = Times()
    /// The first end of a signature, as the day's last whole round saw it; nil where none was seen.
    package var signaturesEnd: Timestamp?
    /// Weaknesses of long standing that the day's last regular round found, see ``Finding/isPosture``; nil where none was
    /// made.
    package var weaknesses: Int?

    package init() {}

    /// Counts a look.
    package mutating func add(_ verdict: LookVerdict) {
        looks += 1
        if verdict.contains(.blind) { blind += 1 }
        if verdict.contains(.resolved) { resolved += 1 }
        if verdict.contains(.unresolved) { unresolved += 1 }
        if verdict.contains(.served) { served += 1 }
        if verdict.contains(.unserved) { unserved += 1 }
    }

    /// Takes in another part; what it knows last counts.
    package mutating func add(_ other: DayTally) {
        looks += other.looks
        blind += other.blind
        resolved += other.resolved
        unresolved += other.unresolved
        served += other.served
        unserved += other.unserved
        authorities = authorities + other.authorities
        resolvers = resolvers + other.resolvers
        signaturesEnd = other.signaturesEnd ?? signaturesEnd
        weaknesses = other.weaknesses ?? weaknesses
    }

    /// Takes in how long the answers of a whole round took; of what was not answered there is no time.
    package mutating func add(timesOf snapshot: Snapshot) {
        for view in snapshot.authorities where !view.remembered {
            for answer in view.answers.values where answer.isReply {
                authorities.add(milliseconds: answer.milliseconds)
            }
        }
        for view in snapshot.resolvers {
            for answer in view.answers.values where answer.isReply { resolvers.add(milliseconds: answer.milliseconds) }
        }
    }

    /// Looks that saw something.
    package var seen: Int { max(0, looks - blind) }
    /// The share of looks in which resolvers resolved the domain.
    package var resolution: Share { Share(of: resolved, in: resolved + unresolved) }
    /// The share of looks in which its own servers answered.
    package var service: Share { Share(of: served, in: served + unserved) }
}

/// So many of so many looks.
package struct Share: Sendable, Hashable {
    /// Those that were good.
    package var good: Int
    /// All that say anything.
    package var all: Int

    package init(of good: Int, in all: Int) {
        self.good = good
        self.all = all
    }

    /// In ten-thousandths, rounded down: what is not whole never reads as whole. Nil where nothing was looked at.
    package var basisPoints: Int? { all > 0 ? good * 10_000 / all : nil }

    package static func + (one: Share, other: Share) -> Share {
        Share(of: one.good + other.good, in: one.all + other.all)
    }
}

/// A day by UTC: days since 1970-01-01.
package struct DayNumber: Sendable, Hashable, Comparable {
    package var number: Int

    package init(_ number: Int) { self.number = number }

    /// The day in which a moment lies.
    package init(of moment: Timestamp) {
        let seconds = moment.seconds
        number = Int(seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400))
    }

    /// Its midnight.
    package var start: Timestamp { Timestamp(seconds: Int64(number) * 86_400) }
    /// The midnight after it.
    package var end: Timestamp { start.adding(seconds: 86_400) }
    /// `2026-10-31`.
    package var text: String { String(start.description.prefix(10)) }

    package static func < (one: DayNumber, other: DayNumber) -> Bool { one.number < other.number }
}
