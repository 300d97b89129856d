package import DNSWire

/// Whether enough of several watched domains are well, under a name of its own.
package struct CalculatedHealth: Sendable, Hashable {
    /// Which domains it is about.
    package enum Members: Sendable, Hashable {
        case domains([Name])
        /// Every domain with this tag, those that are added at run time too.
        case tag(String)
    }

    /// How many members must be well.
    package enum Need: Sendable, Hashable {
        case count(Int)
        case all
    }

    /// As the configuration has it: letters, digits, hyphens and underscores, 1 to 63.
    package let name: String
    /// The name where incidents, routes and silences have a domain: its one label, folded.
    package let subject: Name
    /// How many members must be well.
    package var needs: Need
    /// The domains it is made of, by name or by tag.
    package var members: Members
    /// The severity of an open incident from which on its domain is not well.
    package var failsAt = Severity.critical
    /// How severe it is when too few members are well.
    package var severity = Severity.critical
    /// By which routes tell it from others.
    package var tags: [String] = []

    /// Nil where the name is none for it.
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
