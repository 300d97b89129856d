/// Which of two numbers is the day, where a date is written in numbers only.
package enum DateOrder: Hashable, Sendable {
    case dayFirst, monthFirst

    /// The order that a label spells out, as in `Creation Date (dd/mm/yyyy)` or `Expire (JJ/MM/AAAA)`; nil if it spells
    /// out none.
    package init?(hint: String) {
        let letters = hint.lowercased().utf8.filter {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".")
        }
        guard let first = letters.first, letters.count >= 4, letters.count <= 8 else { return nil }
        let known = Array("djtmyag".utf8)
        guard letters.allSatisfy(known.contains) else { return nil }
        switch first {
        case UInt8(ascii: "d"), UInt8(ascii: "j"), UInt8(ascii: "t"), UInt8(ascii: "g"): self = .dayFirst
        case UInt8(ascii: "m"): self = .monthFirst
        default: return nil
        }
    }
}
