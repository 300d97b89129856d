package import DNSSEC
internal import DNSWire

/// A chain of trust as a picture: the verdict on top, a card per zone, the fault on the very card.
package struct ChainDiagram: Sendable {
    private let survey: ChainSurvey
    private var canvas = DiagramCanvas()

    /// A picture of what a survey found.
    package init(_ survey: ChainSurvey) { self.survey = survey }

    /// Keys, digests and signatures shown for one zone; a line says how many more there are.
    private static let rows = 8

    /// An SVG document that follows the reader's light or dark scheme.
    package var svg: String {
        var picture = self
        picture.drawVerdict()
        var previous: ChainLink?
        for link in survey.links {
            let shown = shown(link, below: previous)
            picture.drawTie(to: link, from: previous, shown)
            picture.draw(link, shown)
            previous = link
        }
        picture.drawAnswers()
        return picture.canvas.document(title: "Chain of trust of \(survey.name): \(survey.proof.verdict.rawValue)")
    }

    /// How a card is marked: a verdict's word, or what lies below the break.
    private struct Mark {
        var kind: String
        var word: String
        var reason: Reason?
    }

    /// The first zone whose keys, or whose DS, no signature vouches for at the moment.
    private var broken: ChainLink? {
        guard survey.proof.verdict == .bogus || survey.proof.verdict == .indeterminate else { return nil }
        return survey.links.first { link in
            if link.proof.verdict != .secure { return true }
            return [RecordType.ds, .dnskey].contains { type in
                let own = link.signatures.filter { $0.fields.typeCovered == type && $0.counts }
                return !own.isEmpty && !own.contains { $0.state(at: survey.now) == "valid" }
            }
        }
    }

    private func shown(_ link: ChainLink, below previous: ChainLink?) -> Mark {
        if let broken, link.zone == broken.zone {
            let proof = link.proof.verdict == .secure ? survey.proof : link.proof
            return Mark(kind: proof.verdict.rawValue, word: Self.word(proof.verdict), reason: proof.reason)
        }
        if let broken, link.zone.labelCount > broken.zone.labelCount {
            return Mark(kind: "idle", word: "not reached", reason: nil)
        }
        return Mark(kind: link.proof.verdict.rawValue, word: Self.word(link.proof.verdict), reason: link.proof.reason)
    }

    /// How the answers are marked, which may be at fault where no zone's keys are.
    private var answersMark: Mark {
        if broken != nil { return Mark(kind: "idle", word: "not reached", reason: nil) }
        let isTold = survey.links.contains { $0.proof.reason != nil && $0.proof.reason == survey.proof.reason }
        return Mark(
            kind: survey.proof.verdict.rawValue, word: Self.word(survey.proof.verdict),
            reason: isTold ? nil : survey.proof.reason)
    }

    private mutating func drawVerdict() {
        let verdict = survey.proof.verdict
        canvas.circle(x: 44, y: 46, radius: 20, "mark \(verdict.rawValue)")
        canvas.text(x: 44, y: 53, Self.symbol(verdict), "symbol")
        canvas.text(x: 78, y: 42, DiagramCanvas.cut("\(survey.name)", 50), "title")
        canvas.text(x: 78, y: 63, Self.sentence(verdict), "lead \(verdict.rawValue)")
        canvas.top = 82
        if let reason = survey.proof.reason {
            canvas.paragraph(x: 78, reason.text, "note", width: 96)
        }
        if let end = survey.end {
            let moment = TimeText.text(end.moment)
            let words =
                end.moment >= survey.now
                ? "Holds until \(moment) (\(left(end.moment)))" : "Ended \(moment) (\(left(end.moment)))"
            canvas.paragraph(
                x: 78, "\(words): \(end.owner) \(end.type), signed by key \(end.keyTag)", "note", width: 96)
        }
        canvas.top += 10
    }

    /// What leads from one zone to the next: the DS records, or that there are none.
    private mutating func drawTie(to link: ChainLink, from previous: ChainLink?, _ mark: Mark) {
        let digests = link.digests.prefix(Self.rows).map {
            "\($0.keyTag) \(Algorithms.name($0.algorithm)) \(Algorithms.digestName($0.digestType))"
        }
        let more = link.digests.count - digests.count
        let words = digests.joined(separator: ",  ") + (more > 0 ? " and \(more) more" : "")
        let kind = previous == nil ? "trust anchor" : "DS"
        canvas.tie(
            words.isEmpty ? (previous == nil ? "trust anchor" : "no DS") : "\(kind) \(words)", mark.kind)
    }

    private mutating func draw(_ link: ChainLink, _ mark: Mark) {
        let start = canvas.begin()
        canvas.heading("\(link.zone)", mark.word, mark.kind)
        if let reason = mark.reason { canvas.callout(reason.text, mark.kind) }
        for key in link.keys.prefix(Self.rows) { draw(key, link.parent == nil ? "trust anchor" : "named by the DS") }
        drawMore(link.keys.count, "keys")
        draw(link.signatures)
        canvas.end(start, mark.kind)
    }

    private mutating func draw(_ key: ChainKey, _ named: String) {
        let badge = key.fields.isRevoked ? "REVOKED" : key.role == "key-signing" ? "KSK" : "ZSK"
        let bits = key.bits.map { ", \($0) bit" } ?? ""
        canvas.row(
            badge: badge, kind: key.fields.isRevoked ? "bogus" : "key",
            "\(key.tag)  \(Algorithms.name(key.fields.algorithm))\(bits)",
            key.isNamed ? named : "")
    }

    private mutating func draw(_ signatures: [ChainSignature]) {
        for signature in signatures.prefix(Self.rows) {
            let state = signature.state(at: survey.now)
            let moment = state == "not-yet-valid" ? signature.fields.inception : signature.fields.expiration
            let words =
                switch state {
                case "valid": "\(left(moment)), until \(TimeText.text(moment))"
                case "expired": "expired \(left(moment)), \(TimeText.text(moment))"
                case "not-yet-valid": "begins \(TimeText.text(moment))"
                case "unchecked": "not checked: its keys are not known"
                default: "does not verify"
                }
            let share = Self.share(signature, survey.now)
            canvas.timeRow(
                "\(signature.fields.typeCovered) by \(signature.fields.keyTag)", words,
                share: state == "invalid" || state == "unchecked" ? nil : share,
                state == "valid" ? (share > 0.75 ? "insecure" : "secure") : state == "unchecked" ? "idle" : "bogus")
        }
        drawMore(signatures.count, "signatures")
    }

    private mutating func drawMore(_ count: Int, _ what: String) {
        if count > Self.rows { canvas.line("and \(count - Self.rows) more \(what)") }
    }

    private mutating func drawAnswers() {
        let mark = answersMark
        guard !survey.signatures.isEmpty || mark.reason != nil else { return }
        canvas.tie("answers", mark.kind)
        let start = canvas.begin()
        canvas.heading("\(survey.name)", mark.word, mark.kind)
        if let reason = mark.reason { canvas.callout(reason.text, mark.kind) }
        draw(survey.signatures)
        canvas.end(start, mark.kind)
    }

    /// How far a moment is away, in days, hours or minutes.
    private func left(_ moment: UInt32) -> String {
        let seconds = Int64(Int32(bitPattern: moment &- survey.now))
        let size = abs(seconds)
        let words =
            size >= 172_800 ? "\(size / 86400) days" : size >= 7200 ? "\(size / 3600) hours" : "\(size / 60) minutes"
        return seconds >= 0 ? "\(words) left" : "\(words) ago"
    }

    /// How much of a signature's window has passed, 0 to 1.
    private static func share(_ signature: ChainSignature, _ now: UInt32) -> Double {
        let whole = Double(Int32(bitPattern: signature.fields.expiration &- signature.fields.inception))
        let passed = Double(Int32(bitPattern: now &- signature.fields.inception))
        return whole > 0 ? min(max(passed / whole, 0), 1) : 1
    }

    private static func symbol(_ verdict: Verdict) -> String {
        switch verdict {
        case .secure: "\u{2713}"
        case .insecure: "\u{2013}"
        case .bogus: "\u{2715}"
        case .indeterminate: "?"
        }
    }

    private static func word(_ verdict: Verdict) -> String {
        verdict == .insecure ? "unsigned" : verdict.rawValue
    }

    private static func sentence(_ verdict: Verdict) -> String {
        switch verdict {
        case .secure: "secure: every signature leads to the trust anchor"
        case .insecure: "insecure: proven to be unsigned"
        case .bogus: "bogus: the chain is broken, validating resolvers answer SERVFAIL"
        case .indeterminate: "indeterminate: no verdict"
        }
    }
}
