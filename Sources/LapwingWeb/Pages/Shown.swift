package import DNSWire
import LapwingCore

/// Texts of strangers, made harmless to look at.
///
/// Escaping for HTML is the template's business.
package enum Shown {
    /// Characters that change how others look or that show nothing become visible escapes; long texts are cut.
    package static func text(_ text: String, limit: Int = 2000) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count >= limit {
                result += "… (\(text.utf8.count) bytes)"
                break
            }
            count += 1
            if isHarmless(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return result
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// A name without its final dot, as people write it.
    static func name(_ name: Name) -> String {
        let text = name.description
        return text == "." ? text : String(text.dropLast(text.hasSuffix(".") ? 1 : 0))
    }

    /// The Unicode form of an internationalised name, if it has one that cannot mislead.
    package static func unicodeName(_ name: Name) -> (text: String, isMixed: Bool)? {
        let labels = Shown.name(name).split(separator: ".")
        guard labels.contains(where: { $0.lowercased().hasPrefix("xn--") }) else { return nil }
        var isMixed = false
        var shown: [String] = []
        for label in labels {
            guard label.lowercased().hasPrefix("xn--") else {
                shown.append(String(label))
                continue
            }
            guard let decoded = Punycode.decode(label.dropFirst(4)), decoded.unicodeScalars.allSatisfy(isHarmless)
            else { return nil }
            let letters = decoded.unicodeScalars.filter(\.properties.isAlphabetic)
            let hasASCII = letters.contains(where: \.isASCII)
            // Letters beyond the Latin blocks beside ASCII ones are how look-alikes are made.
            if hasASCII && letters.contains(where: { $0.value > 0x24f }) { isMixed = true }
            if !hasASCII && !letters.isEmpty && letters.allSatisfy({ (0x370...0x52f).contains($0.value) }) {
                isMixed = true
            }
            shown.append(decoded)
        }
        return (shown.joined(separator: "."), isMixed)
    }

    /// `14 min`, `2 d`; whole units, the largest that fits.
    package static func span(_ seconds: Int64) -> String {
        let seconds = max(0, seconds)
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" }
        if seconds < 172_800 { return "\(seconds / 3600) h" }
        return "\(seconds / 86_400) d"
    }

    static func ago(_ moment: Timestamp, _ now: Timestamp) -> String {
        let seconds = now.seconds(since: moment)
        return seconds >= 0 ? span(seconds) + " ago" : "in " + span(-seconds)
    }

    /// A moment for a `time` element.
    static func time(_ moment: Timestamp, _ now: Timestamp) -> [String: Any] {
        ["iso": moment.description, "ago": ago(moment, now), "sentence": moment.sentence]
    }

    /// A number with commas between its thousands, as in 12,345.
    package static func count(_ number: Int) -> String {
        var digits = String(abs(number))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return (number < 0 ? "-" : "") + digits
    }
}

/// RFC 3492, decoding only.
package enum Punycode {
    package static func decode(_ text: Substring) -> String? {
        guard text.utf8.count <= 63, text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
        var output: [Unicode.Scalar] = []
        var rest = text
        if let dash = text.lastIndex(of: "-") {
            output = Array(text[..<dash].unicodeScalars)
            rest = text[text.index(after: dash)...]
        }
        var code = 128
        var index = 0
        var bias = 72
        var digits = rest.utf8.makeIterator()
        var next = digits.next()
        while next != nil {
            let before = index
            var weight = 1
            var base = 36
            while true {
                guard let byte = next, let digit = digit(byte) else { return nil }
                next = digits.next()
                let (step, overflow) = digit.multipliedReportingOverflow(by: weight)
                guard !overflow, index < 1 << 40, step < 1 << 40 else { return nil }
                index += step
                let threshold = base <= bias ? 1 : base >= bias + 26 ? 26 : base - bias
                if digit < threshold { break }
                weight *= 36 - threshold
                guard weight < 1 << 40 else { return nil }
                base += 36
            }
            let count = output.count + 1
            bias = adapt(index - before, count, isFirst: before == 0)
            code += index / count
            index %= count
            guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init), code >= 128 else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: output)
        return text
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x61...0x7a: Int(byte) - 0x61
        case 0x41...0x5a: Int(byte) - 0x41
        case 0x30...0x39: Int(byte) - 0x30 + 26
        default: nil
        }
    }

    private static func adapt(_ difference: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? difference / 700 : difference / 2
        delta += delta / count
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}

extension Source {
    /// Who it is, in the words of the pages.
    var label: String {
        switch self {
        case .parent(let address): "parent \(address)"
        case .authority(let host, _): Shown.name(host)
        case .resolver(let label): label
        }
    }
}

extension Change {
    /// Values that are gone; what stayed is no news.
    var removed: [String] { old.filter { !new.contains($0) } }
    var added: [String] { new.filter { !old.contains($0) } }
}
