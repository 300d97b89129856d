package import DNSWire

/// A named condition that enough of several watched domains are well.
package struct CalculatedHealth: Sendable, Hashable {
    /// The domains it is about.
    package enum Members: Sendable, Hashable {
        case domains([Name])
        /// Every domain with this tag, including those added at run time.
        case tag(String)
    }

    /// The number of members that must be well.
    package enum Need: Sendable, Hashable {
        case count(Int)
        case all
    }

    /// The name as configured: letters, digits, hyphens and underscores, 1 to 63.
    package let name: String
    /// The name used in place of a domain in incidents, routes and silences: one label, folded.
    package let subject: Name
    /// The number of members that must be well.
    package var needs: Need
    /// The domains, by name or by tag.
    package var members: Members
    /// The severity of an open incident from which on its domain fails.
    package var failsAt = Severity.critical
    /// The severity if too few members are well.
    package var severity = Severity.critical
    /// Tags for the routes.
    package var tags: [String] = []

    /// Returns nil if the name is not valid for a health.
    package init?(_ name: String, needs: Need, members: Members) {
        let isFit = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isFit, (1...63).contains(name.utf8.count), let subject = try? Name(name) else { return nil }
        self.name = name
        self.subject = subject.folded
        self.needs = needs
        self.members = members
    }
}
