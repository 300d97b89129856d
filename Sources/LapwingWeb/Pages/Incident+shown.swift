import LapwingCore

/// The presentation of open incidents. An incident that is undone and open only to keep watching is not shown as if it
/// lasted.
extension Incident {
    static let backWord = "Put back"
    static let backSign = "↩"
    static let backPill = "\(backSign) \(backWord)"

    var shownStyle: String { backSince == nil ? severity.style : "warn" }
    var shownSign: String { backSince == nil ? severity.sign : Self.backSign }
    var shownWord: String { backSince == nil ? severity.word : Self.backWord }

    /// The headline for a place that shows the domain already. If the change is undone, the text says since when.
    func shown(_ now: Timestamp, limit: Int) -> String {
        guard let backSince else { return Shown.matter(text.headline, of: domain, limit: limit) }
        let headline = Shown.text(text.headline, limit: limit)
        return "Put back \(Shown.ago(backSince, now)), and still watched. It was reported as: \(headline)"
    }
}
