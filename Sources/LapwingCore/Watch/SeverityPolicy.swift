/// What an operator says of how severe findings are, in place of the tables of the rules.
package struct SeverityPolicy: Sendable, Hashable {
    /// By code, such as `ttl.low`, or by family, such as `ttl.*`.
    package private(set) var said: [String: Severity]

    package init(_ said: [String: Severity] = [:]) {
        self.said = said
    }

    /// What is said of a code: by its own name first, then by its family; nil when the tables decide.
    package func severity(of code: String) -> Severity? {
        guard !said.isEmpty else { return nil }
        return said[code] ?? code.firstIndex(of: ".").flatMap { said["\(code[..<$0]).*"] }
    }

    /// The same with what another policy says on top.
    package func overridden(by other: SeverityPolicy) -> SeverityPolicy {
        guard !other.said.isEmpty else { return self }
        return SeverityPolicy(said.merging(other.said) { $1 })
    }
}
