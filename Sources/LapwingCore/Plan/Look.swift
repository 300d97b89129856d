package import DNSWire

/// A second look that the judge asks for before it speaks; carried out by the engine as a round of its own.
package struct SecondLook: Sendable, Hashable, Codable {
    /// Seconds to wait before it; 30 unless there is reason.
    package var after: Int64
    /// The time is part of the question, such as whether an outage lasts: it is neither shortened nor made up for by a
    /// poll that comes later.
    package var isTimed = false
    /// Ask parent and authorities everything again.
    package var repeatsRound: Bool
    /// Questions put to the same resolver several times, since each time another cache may answer.
    package var resolverRepeats: [Repeat]
    /// Further questions to every authority (a random label, say).
    package var authorityQuestions: [RecordSetKey]
    /// Look the registration up at once.
    package var asksRegistry: Bool
    /// Names outside the domain whose existence matters: asked at their own parent and at the registry.
    package var dependencies: [Name]

    /// One question that is put several times.
    package struct Repeat: Sendable, Hashable, Codable {
        /// The resolver's label.
        package var resolver: String
        /// The question.
        package var key: RecordSetKey
        /// How often it is put.
        package var times: Int

        package init(resolver: String, key: RecordSetKey, times: Int) {
            self.resolver = resolver
            self.key = key
            self.times = times
        }
    }

    package init(
        after: Int64 = 30, repeatsRound: Bool = true, resolverRepeats: [Repeat] = [],
        authorityQuestions: [RecordSetKey] = [], asksRegistry: Bool = false, dependencies: [Name] = []
    ) {
        self.after = after
        self.repeatsRound = repeatsRound
        self.resolverRepeats = resolverRepeats
        self.authorityQuestions = authorityQuestions
        self.asksRegistry = asksRegistry
        self.dependencies = dependencies
    }

    /// Both looks in one, at the earlier time.
    package func merged(with other: SecondLook) -> SecondLook {
        func union<T: Hashable>(_ one: [T], _ two: [T]) -> [T] {
            var seen = Set(one)
            return one + two.filter { seen.insert($0).inserted }
        }
        var look = SecondLook(
            after: min(after, other.after), repeatsRound: repeatsRound || other.repeatsRound,
            resolverRepeats: union(resolverRepeats, other.resolverRepeats),
            authorityQuestions: union(authorityQuestions, other.authorityQuestions),
            asksRegistry: asksRegistry || other.asksRegistry,
            dependencies: union(dependencies, other.dependencies))
        look.isTimed = isTimed && other.isTimed
        return look
    }
}

/// Why a round is made.
package enum Look: Sendable, Hashable {
    /// The watch's slot came.
    case regular
    case second(SecondLook)
}
