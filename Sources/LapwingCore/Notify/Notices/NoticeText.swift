import DNSWire

/// A notice as people read it: domain, severity and matter first, then what to do, then the rest and the links.
///
/// Every channel uses this text, so that a message reads the same wherever it arrives.
package struct NoticeText: Sendable, Hashable {
    /// A link in a message.
    package struct Link: Sendable, Hashable {
        /// A word or two, such as `Accept`.
        package var label: String
        /// The whole address.
        package var url: String

        package init(label: String, url: String) {
            self.label = label
            self.url = url
        }
    }

    /// The number of characters of a message that a phone shows on its lock screen.
    package static let glanceLength = 100

    /// One line: `www.example.com [notice] A changed: …`, `example.com [critical]: No server answers.`
    package let headline: String
    /// What to do first; nil if the notice does not say.
    package let advice: String?
    /// Further details, one line each, without what the headline says.
    package let details: [String]
    /// Links to more information and to acts; the incident's page is the first.
    package let links: [Link]
    /// The incident's identifier, for channels that show it separately.
    package let incident: String

    /// - Parameter base: the address of the web page, without a final slash; nil if there is none.
    package init(_ notice: Notice, base: String?) {
        incident = notice.incident
        let title = Title(notice)
        headline = title.headline
        var lines = title.rest(of: notice.text)
        let place = lines.firstIndex { $0.hasPrefix(Self.advicePrefix) }
        advice = place.map { String(lines.remove(at: $0).dropFirst(Self.advicePrefix.count)) }
        details = lines.map(String.init)
        let subject =
            switch notice.purpose {
            case .digest: "Incidents"
            case .test: "Channels"
            case .report: notice.placeLabel ?? "The whole report"
            default: "Incident \(notice.incident)"
            }
        links =
            base.map { base in
                [Link(label: subject, url: base + notice.path)]
                    + (notice.links ?? []).map { Link(label: $0.act.label, url: base + $0.path) }
            } ?? []
    }

    private static let advicePrefix = "Do: "

    // MARK: Parts for channels

    /// The headline, truncated to the length that a phone shows.
    package var glance: String { Self.cut(headline, to: Self.glanceLength) }

    /// The lines below a title that is ``glance``: the rest of the headline, what to do, the details.
    package var afterGlance: [String] { rest(of: glance) + lines }

    /// The headline, what to do, the details.
    package var all: [String] { [headline] + lines }

    /// One line for each link; the incident's identifier if there is none.
    package var places: [String] { places(but: []) }

    /// Returns the link lines without those that a channel shows as buttons; the incident's identifier if none is left.
    package func places(but buttons: [Link]) -> [String] {
        let left = links.filter { !buttons.contains($0) }
        return left.isEmpty ? ["Incident \(incident)"] : left.map { "\($0.label): \($0.url)" }
    }

    /// The whole message as plain text.
    package var text: String { (all + places).joined(separator: "\n") }

    private var lines: [String] { (advice.map { [Self.advicePrefix + $0] } ?? []) + details }

    /// Returns the rest of the headline after a truncated one; empty if it was not truncated.
    private func rest(of cut: String) -> [String] {
        cut == headline ? [] : [String("…" + headline.dropFirst(cut.count - 1).drop(while: \.isWhitespace))]
    }

    /// Returns at most this many characters, cut between words if possible; a text that was cut ends with `…`.
    package static func cut(_ text: String, to limit: Int) -> String {
        guard text.count > limit, limit > 0 else { return text }
        let head = text.prefix(limit - 1)
        let words = head.lastIndex(where: \.isWhitespace).map { head[..<$0] } ?? head
        // A long word is cut, because leaving it out would lose half of the line.
        return (words.count >= limit / 2 ? words : head) + "…"
    }
}

// MARK: The first line

extension NoticeText {
    /// A title split into its lead and its matter.
    private struct Title {
        let headline: String
        private let title: String
        private let core: Substring

        init(_ notice: Notice) {
            title = notice.title
            var rest = Substring(title)
            var lead: Substring?
            // A repeated lead such as `Over: Over:` is reduced to one.
            while let next = Self.lead(of: rest) {
                lead = lead ?? next
                rest = rest.dropFirst(next.count + 1).drop(while: \.isWhitespace)
            }
            core = rest
            let state = Self.state(notice, lead: lead)
            // The name without the final dot.
            let name = notice.domain.isRoot ? "." : String(notice.domain.description.dropLast())
            // A digest of many domains has no single domain to begin with.
            guard !notice.domain.isRoot || notice.domains == [notice.domain] else {
                headline = title
                return
            }
            guard notice.domains.count <= 1 else {
                let others = notice.domains.count - 1
                let matter = Narrative.matter(of: String(rest), domain: notice.domain)
                headline = "\(name) and \(others) \(others == 1 ? "other" : "others") [\(state)]: \(matter)"
                return
            }
            let word = rest.prefix { !$0.isWhitespace }
            let isLed = word.hasSuffix(":")
            let first = isLed || word.hasSuffix(".") ? word.dropLast() : word
            let isNamed = first == name || first.hasSuffix("." + name)
            headline =
                isNamed
                ? "\(first) [\(state)]\(isLed ? ":" : "")\(rest.dropFirst(word.count))" : "\(name) [\(state)]: \(rest)"
        }

        /// Beginnings of a title that describe the state.
        private static let leads = ["Over", "Settled", "Still open", "Back", "Again"]
        /// Beginnings that are followed by a name or a time.
        private static let beginnings = ["Accepted by ", "Acknowledged by ", "Reminder, ", "Not acknowledged "]

        private static func lead(of title: Substring) -> Substring? {
            // A time of day has a colon without a space.
            guard let colon = title.firstRange(of: ": ") else { return nil }
            let lead = title[..<colon.lowerBound]
            return leads.contains(String(lead)) || beginnings.contains(where: lead.hasPrefix) ? lead : nil
        }

        private static func state(_ notice: Notice, lead: Substring?) -> String {
            guard let lead else {
                return notice.event == .close ? "over" : notice.isBack == true ? "back" : notice.severity.rawValue
            }
            let words = lead.prefix(1).lowercased() + lead.dropFirst()
            return notice.event == .close || notice.isBack == true ? words : "\(words), \(notice.severity.rawValue)"
        }

        /// Returns the lines of a text without what the title already says.
        func rest(of text: String) -> [Substring] {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
            if let first = lines.first {
                let rest = first.dropFirst(said(first)).drop(while: \.isWhitespace)
                lines[0] = rest
            }
            return lines.filter { !$0.isEmpty && !($0.count > 10 && title.contains($0)) }
        }

        /// Returns the number of characters of a line that the title already contains, in whole sentences.
        private func said(_ line: Substring) -> Int {
            for beginning in [title[...], core] {
                let common = zip(line, beginning).prefix { $0 == $1 }.count
                if common == beginning.count { return common }
                let sentences = line.prefix(common)
                if let stop = sentences.lastIndex(of: "."), sentences[stop...].dropFirst().first?.isWhitespace ?? true {
                    return line.distance(from: line.startIndex, to: stop) + 1
                }
            }
            return 0
        }
    }
}
