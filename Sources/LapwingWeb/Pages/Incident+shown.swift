import LapwingCore

/// How the pages show an incident that is open: one that is undone, and only watched on, does not stand there as if it lasted.
extension Incident {
    static let backWord = "Put back"
    static let backSign = "↩"
    static let backPill = "\(backSign) \(backWord)"

    var shownStyle: String { backSince == nil ? severity.style : "warn" }
    var shownSign: String { backSince == nil ? severity.sign : Self.backSign }
    var shownWord: String { backSince == nil ? severity.word : Self.backWord }

    /// Its headline, where its domain stands above it already; of one that is undone, since when it is before what it was.
    func shown(_ now: Timestamp, limit: Int) -> String {
        guard let backSince else { return Shown.matter(text.headline, of: domain, limit: limit) }
        let headline = Shown.text(text.headline, limit: limit)
        return "Put back \(Shown.ago(backSince, now)), and watched on. It was told as: \(headline)"
    }
}
