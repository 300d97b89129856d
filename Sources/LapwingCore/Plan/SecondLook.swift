package import DNSWire

/// A second look that the judgement asks for before it reports; the engine makes it as a round of its own.
package struct SecondLook: Sendable, Hashable, Codable {
    /// Seconds to wait before it; 30 by default.
    package var after: Int64
    /// Whether the time is part of the question, such as whether an outage lasts: then it is not shortened, and a later
    /// poll does not replace it.
    package var isTimed = false
    /// Whether to ask the parent and the authoritative servers everything again.
    package var repeatsRound: Bool
    /// Questions asked several times at one resolver, since another of its caches may answer each time.
    package var resolverRepeats: [Repeat]
    /// Further questions to every authoritative server, for example for a random label.
    package var authorityQuestions: [RecordSetKey]
    /// Whether to look the registration up at once.
    package var asksRegistry: Bool
    /// Names outside the domain whose existence matters: asked at their own parent and at the registry.
    package var dependencies: [Name]

    /// One question that is asked several times.
    package struct Repeat: Sendable, Hashable, Codable {
        /// The resolver's label.
        package var resolver: String
        /// The question.
        package var key: RecordSetKey
        /// The number of times it is asked.
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

    /// Returns both looks combined, at the earlier time.
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
