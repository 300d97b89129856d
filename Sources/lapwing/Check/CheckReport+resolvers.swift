extension CheckReport {
    /// The largest number of questions that are named; further ones are counted.
    private static let mostNamed = 6

    /// Compares a resolver with the zone's own servers, in one line: questions that it does not answer, and those that
    /// it answers differently.
    ///
    /// Differing data alone is no fault: names that rotate or are served by region have it.
    func comparison(_ resolver: Resolver) -> String {
        var parts: [String] = []
        let failed = resolver.answers.filter { !["NOERROR", "NXDOMAIN"].contains($0.rcode) }
        for code in Set(failed.map(\.rcode)).sorted() {
            let questions = failed.filter { $0.rcode == code }.map { ($0.name, $0.type) }
            parts.append(
                questions.count == resolver.answers.count && questions.count > 1
                    ? "\(code) for all \(questions.count) questions" : "\(code) for \(Self.list(questions))")
        }
        let answered = resolver.answers.filter { ["NOERROR", "NXDOMAIN"].contains($0.rcode) }
        let others = answered.filter(differs)
        if !others.isEmpty {
            parts.append("gives other data than the name servers for \(Self.list(others.map { ($0.name, $0.type) }))")
        }
        guard parts.isEmpty else { return parts.joined(separator: "; ") }
        return answered.isEmpty ? "was not asked" : records.isEmpty ? "answers" : "agrees with the name servers"
    }

    /// Whether a resolver returns data that no server of the zone returns.
    func differs(_ resolver: Resolver) -> Bool {
        resolver.answers.contains { ["NOERROR", "NXDOMAIN"].contains($0.rcode) && differs($0) }
    }

    private func differs(_ answer: Resolver.Answer) -> Bool {
        // Cached SOA serials differ for as long as the TTL lasts.
        guard answer.type != "SOA" else { return false }
        let own = records.filter { $0.name == answer.name && $0.type == answer.type }
        return !own.isEmpty && !own.contains { $0.rcode == answer.rcode && $0.data.sorted() == answer.data.sorted() }
    }

    /// `example.com. A, MX; www.example.com. A`: the types of each name together.
    static func list(_ questions: [(name: String, type: String)]) -> String {
        var names: [(name: String, types: [String])] = []
        for question in questions.prefix(mostNamed) {
            if let place = names.firstIndex(where: { $0.name == question.name }) {
                names[place].types.append(question.type)
            } else {
                names.append((question.name, [question.type]))
            }
        }
        let text = names.map { "\($0.name) \($0.types.joined(separator: ", "))" }.joined(separator: "; ")
        return questions.count > mostNamed ? "\(text) and \(questions.count - mostNamed) more" : text
    }
}
