import CPublicSuffix
package import DNSWire

/// The part of a name that somebody registered: one label below a public suffix.
package enum RegistrableDomain {
    private final class List: @unchecked Sendable {
        // Loaded once and only read afterwards; libpsl's look-ups do not change the list.
        let pointer: OpaquePointer?

        init() {
            pointer = psl_latest(nil) ?? psl_builtin()
        }
    }

    private static let list = List()

    /// `www.example.co.uk.` → `example.co.uk.`; nil for a public suffix itself, and for the root.
    ///
    /// Only the section of the list that registries keep counts: a hosting company's suffix is no registry.
    package static func of(_ name: Name) -> Name? {
        guard name.labelCount >= 2 else { return nil }
        for labels in 2...name.labelCount {
            let candidate = name.suffix(labels: labels)
            if let suffix = candidate.parent, !isSuffix(candidate), isSuffix(suffix) { return candidate }
        }
        return nil
    }

    /// Whether a registry sells names directly below this one.
    package static func isSuffix(_ name: Name) -> Bool {
        // An unknown top-level domain counts as a suffix, as the list's own rule `*` says.
        if name.labelCount == 1 { return true }
        guard let list = list.pointer else { return false }
        let text = String(name.folded.description.dropLast())
        return psl_is_public_suffix2(list, text, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1
    }
}
