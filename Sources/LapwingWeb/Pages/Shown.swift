import CInternationalName
package import DNSWire
import LapwingCore

/// Makes untrusted texts safe to display.
///
/// Escaping for HTML is the template's business.
package enum Shown {
    /// Replaces characters that are invisible or change how others look by visible escapes, and cuts long texts.
    package static func text(_ text: String, limit: Int = 2000) -> String {
        // Nearly every text is printable ASCII, and pages have hundreds of them.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x0a }) { return text }
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

    /// The title of a page about a domain. The name comes first, since browser tabs show little more.
    package static func title(_ headline: String, of domain: Name) -> String {
        let name = Shown.name(domain)
        let whole = Shown.text(headline.hasPrefix(name) ? headline : "\(name): \(headline)")
        return whole.count > longestTitle ? String(whole.prefix(longestTitle - 1)) + "…" : whole
    }

    private static let longestTitle = 100

    /// A headline for a place that shows the domain already: without the leading name and colon.
    package static func matter(_ headline: String, of domain: Name, limit: Int = 600) -> String {
        let lead = "\(name(domain)): "
        guard headline.hasPrefix(lead) else { return text(headline, limit: limit) }
        let rest = headline.dropFirst(lead.count)
        // Host names keep their case.
        let isHost = rest.prefix { !$0.isWhitespace }.contains(".")
        return text(isHost ? String(rest) : rest.prefix(1).uppercased() + rest.dropFirst(), limit: limit)
    }

    /// An act with its origin.
    static func act(_ act: Act) -> String {
        text(act.origin.isEmpty ? act.sentence : "\(act.sentence) (\(act.origin))", limit: 600)
    }

    /// The names of sources, without trailing dots.
    static func sources(_ names: some Sequence<String>, limit: Int) -> String {
        let plain = names.map { $0.count > 1 && $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        return text(plain.joined(separator: ", "), limit: limit)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// A name without the trailing dot.
    static func name(_ name: Name) -> String {
        let text = name.description
        return text == "." ? text : String(text.dropLast(text.hasSuffix(".") ? 1 : 0))
    }

    /// The Unicode form of an internationalised name; `isMixed` marks names that may mislead. Nil for a name without
    /// such labels, and for one that cannot be shown safely.
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
            guard let decoded = InternationalLabel.decode(label), decoded.unicodeScalars.allSatisfy(isHarmless)
            else { return nil }
            let letters = decoded.unicodeScalars.filter(\.properties.isAlphabetic)
            let hasASCII = letters.contains(where: \.isASCII)
            // Letters beyond the Latin blocks mixed with ASCII letters are typical of look-alike names.
            if hasASCII && letters.contains(where: { $0.value > 0x24f }) { isMixed = true }
            if !hasASCII && !letters.isEmpty && letters.allSatisfy({ (0x370...0x52f).contains($0.value) }) {
                isMixed = true
            }
            shown.append(decoded)
        }
        return (shown.joined(separator: "."), isMixed)
    }

    static func unicode(_ name: Name) -> UnicodeModel? {
        unicodeName(name).map { UnicodeModel(text: $0.text, isMixed: $0.isMixed) }
    }

    /// `14 min`, `2 d`; whole units, the largest that fits.
    package static func span(_ seconds: Int64) -> String {
        let seconds = max(0, seconds)
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" }
        if seconds < 172_800 { return "\(seconds / 3600) h" }
        return "\(seconds / 86_400) d"
    }

    /// A silence for the banner of silences in force.
    static func silence(_ silence: Silence, _ now: Timestamp) -> SilenceModel {
        let record = silence.record.map { "\(name($0.name)) \($0.type)" }
        let what = [silence.incidentClass?.rawValue, silence.code?.rawValue, record].compactMap(\.self)
        let domain = silence.domain.map { name($0) } ?? "all domains"
        return SilenceModel(
            number: "\(silence.id)",
            what: (what.isEmpty ? "Everything" : what.joined(separator: " and ")) + " of \(domain)",
            until: time(silence.to, now), reason: silence.reason.isEmpty ? nil : text(silence.reason, limit: 300),
            begins: silence.from > now ? time(silence.from, now) : nil)
    }

    /// A shared cause at the beginning of a line: `Servers ns1.example.net, ns2.example.net`.
    static func cause(_ shared: String) -> String {
        let shown = text(shared, limit: 300)
        return shown.prefix(1).uppercased() + shown.dropFirst()
    }

    static func ago(_ moment: Timestamp, _ now: Timestamp) -> String {
        let seconds = now.seconds(since: moment)
        return seconds >= 0 ? span(seconds) + " ago" : "in " + span(-seconds)
    }

    /// A moment for a `time` element.
    static func time(_ moment: Timestamp, _ now: Timestamp) -> MomentModel {
        MomentModel(iso: moment.description, ago: ago(moment, now), sentence: moment.sentence)
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

/// The Unicode form of a single label.
package enum InternationalLabel {
    /// The Unicode form of an A-label (`xn--…`); nil for one that does not decode (RFC 3492).
    package static func decode(_ label: Substring) -> String? {
        guard label.utf8.count <= 63, label.utf8.allSatisfy({ $0 < 128 && $0 > 32 }) else { return nil }
        var result: UnsafeMutablePointer<CChar>?
        guard idn2_to_unicode_8z8z(label.lowercased(), &result, 0) == Int32(IDN2_OK.rawValue), let result else {
            return nil
        }
        defer { idn2_free(result) }
        return String(cString: result)
    }
}

extension Source {
    /// The name of the source on the pages.
    var label: String {
        switch self {
        case .parent(let address): "parent \(address)"
        case .authority(let host, _): Shown.name(host)
        case .resolver(let label): label
        }
    }
}

extension Change {
    /// Values that were removed; unchanged values are omitted.
    var removed: [String] { old.filter { !new.contains($0) } }
    var added: [String] { new.filter { !old.contains($0) } }
}
