extension CheckReport {
    /// Questions that are named; the rest is counted.
    private static let mostNamed = 6

    /// What a resolver says beside the zone's own servers, in one line: what it does not answer, and what it answers
    /// otherwise.
    ///
    /// Other data alone are no fault: names that rotate or that are served by region give them.
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

    /// Whether a resolver gives anything that no server of the zone gives.
    func differs(_ resolver: Resolver) -> Bool {
        resolver.answers.contains { ["NOERROR", "NXDOMAIN"].contains($0.rcode) && differs($0) }
    }

    private func differs(_ answer: Resolver.Answer) -> Bool {
        // Serial numbers differ for as long as a TTL lasts.
        guard answer.type != "SOA" else { return false }
        let own = records.filter { $0.name == answer.name && $0.type == answer.type }
        return !own.isEmpty && !own.contains { $0.rcode == answer.rcode && $0.data.sorted() == answer.data.sorted() }
    }

    /// `example.com. A, MX; www.example.com. A`: the types of one name together.
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
