/// The sums of one day's looks at one domain, so that parts of a day can be added up.
package struct DayTally: Sendable, Hashable {
    /// The response times.
    package struct Times: Sendable, Hashable {
        /// The number of answers with a response time.
        package var answers = 0
        /// The sum of their times.
        package var milliseconds = 0

        package init(answers: Int = 0, milliseconds: Int = 0) {
            self.answers = answers
            self.milliseconds = milliseconds
        }

        /// The mean in milliseconds; nil without answers.
        package var mean: Double? { answers > 0 ? Double(milliseconds) / Double(answers) : nil }

        /// Adds the response time of one answer.
        package mutating func add(milliseconds one: Int64) {
            answers += 1
            milliseconds += Int(clamping: max(0, one))
        }

        static func + (one: Times, other: Times) -> Times {
            Times(answers: one.answers + other.answers, milliseconds: one.milliseconds + other.milliseconds)
        }
    }

    /// All looks: regular rounds, and the rechecks of resting domains.
    package var looks = 0
    /// Looks that saw nothing; they count for nothing else.
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
    /// The earliest expiration of a signature in the last complete round of the day; nil if there was none.
    package var signaturesEnd: Timestamp?
    /// Weaknesses that the last regular round of the day found, see ``Finding/isPosture``; nil if there was no such
    /// round.
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

    /// Adds another part of the day, whose latest values replace the present ones.
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

    /// Adds the response times of a complete round; unanswered questions have none.
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

    /// Looks that saw anything.
    package var seen: Int { max(0, looks - blind) }
    /// The share of looks in which resolvers resolved the domain.
    package var resolution: Share { Share(of: resolved, in: resolved + unresolved) }
    /// The share of looks in which its own servers answered.
    package var service: Share { Share(of: served, in: served + unserved) }
}

/// A number of good looks out of a total.
package struct Share: Sendable, Hashable {
    /// The number of good looks.
    package var good: Int
    /// The number of looks with a result.
    package var all: Int

    package init(of good: Int, in all: Int) {
        self.good = good
        self.all = all
    }

    /// The share in ten-thousandths, rounded down, so that less than the whole is never shown as the whole; nil without
    /// looks.
    package var basisPoints: Int? { all > 0 ? good * 10_000 / all : nil }

    /// Returns the share over the looks of both, in which each look weighs the same.
    package static func + (one: Share, other: Share) -> Share {
        Share(of: one.good + other.good, in: one.all + other.all)
    }
}
