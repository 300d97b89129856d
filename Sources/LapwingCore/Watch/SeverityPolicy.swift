/// The operator's severities of findings, which replace those in the tables of the rules.
package struct SeverityPolicy: Sendable, Hashable {
    /// The severities by code, such as `ttl.low`, or by family, such as `ttl.*`.
    package private(set) var said: [String: Severity]

    package init(_ said: [String: Severity] = [:]) {
        self.said = said
    }

    /// Returns the severity of a code: by its own name first, then by its family; nil if the tables apply.
    package func severity(of code: String) -> Severity? {
        guard !said.isEmpty else { return nil }
        return said[code] ?? code.firstIndex(of: ".").flatMap { said["\(code[..<$0]).*"] }
    }

    /// Returns the policy with the settings of another one, which take precedence.
    package func overridden(by other: SeverityPolicy) -> SeverityPolicy {
        guard !other.said.isEmpty else { return self }
        return SeverityPolicy(said.merging(other.said) { $1 })
    }
}
