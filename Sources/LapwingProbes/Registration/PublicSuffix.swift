import CPublicSuffix
package import DNSWire

/// Where registrations begin: the ICANN section of the Public Suffix List.
package enum PublicSuffix {
    /// The name that was registered to make this one possible; nil for a public suffix itself.
    ///
    /// The list's private section (hosting providers) does not count: nobody registers below it at a registry. A
    /// top-level domain that the list does not know counts as a public suffix.
    package static func registrable(_ name: Name) -> Name? {
        let count = name.labelCount
        guard count >= 2 else { return nil }
        let list = psl_builtin()
        for labels in (1..<count).reversed() {
            var text = name.folded.suffix(labels: labels).description
            text.removeLast()
            if psl_is_public_suffix2(list, text, PSL_TYPE_ICANN) == 1 { return name.folded.suffix(labels: labels + 1) }
        }
        return nil
    }
}
