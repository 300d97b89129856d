/// The order in which Go's yaml v3 prints the keys of a map: `c2` before `c10`.
enum NaturalOrder {
    static func precedes(_ left: String, _ right: String) -> Bool {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var afterDigit = false
        for (index, (a, b)) in zip(left, right).enumerated() {
            if a == b {
                afterDigit = isDigit(a)
                continue
            }
            let isLetter = (a.properties.isAlphabetic, b.properties.isAlphabetic)
            if isLetter.0 && isLetter.1 { return a < b }
            if isLetter.0 || isLetter.1 { return afterDigit ? isLetter.0 : isLetter.1 }
            let isInsideNumber =
                (a == "0" || b == "0")
                && left[..<index].reversed().prefix(while: isDigit).contains { $0 != "0" }
            let first = number(left[index...], leading: isInsideNumber)
            let second = number(right[index...], leading: isInsideNumber)
            if first.value != second.value { return first.value < second.value }
            if first.length != second.length { return first.length < second.length }
            return a < b
        }
        return left.count < right.count
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func number(_ scalars: ArraySlice<Unicode.Scalar>, leading: Bool) -> (value: Int64, length: Int) {
        let digits = scalars.prefix(while: isDigit)
        let value = digits.reduce(leading ? 1 : 0) { $0 &* 10 &+ Int64($1.value - 48) }
        return (value, digits.count)
    }
}
