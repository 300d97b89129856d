import CPublicSuffix
package import DNSWire

/// The registrable domain of a name: one label below a public suffix.
package enum RegistrableDomain {
    private final class List: @unchecked Sendable {
        // Loaded once and only read afterwards; libpsl's look-ups do not modify the list.
        let pointer: OpaquePointer?

        init() {
            pointer = psl_latest(nil) ?? psl_builtin()
        }
    }

    private static let list = List()

    /// `www.example.co.uk.` → `example.co.uk.`; nil for a public suffix itself, and for the root.
    ///
    /// Only the list's section of registries is used, since a hosting company's suffix is not a registry.
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
        // An unknown top-level domain counts as a suffix, by the list's rule `*`.
        if name.labelCount == 1 { return true }
        guard let list = list.pointer else { return false }
        let text = String(name.folded.description.dropLast())
        return psl_is_public_suffix2(list, text, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1
    }
}
