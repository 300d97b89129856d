import LapwingCore
import LapwingStore

extension BoardPage {
    /// The largest number of domains that a row names; the page of the cause lists all.
    private static let namedDomains = 100

    /// Returns one row for all domains that share a cause; nil if its incident is closed by now.
    func causeRow(_ members: [Int], _ silences: [Silence]) -> BoardModel.Row? {
        let content = frame.content
        func openedAt(_ row: Int) -> Timestamp { content.glances[row]?.openedAt ?? .latest }
        guard let first = members.first, let lead = content.entry(row: first).worst, let shared = lead.shared,
            let oldest = members.min(by: { openedAt($0) < openedAt($1) }),
            let began = content.entry(row: oldest).worst
        else { return nil }
        let condition = content.conditions[first]
        let isUnseen = content.entry(row: first).isUnseen
        let named = members.prefix(Self.namedDomains).map { content.roster.rows[$0].domain }
        let others = members.count - named.count
        let cause = BoardModel.Cause(
            id: Escape.path(began.id), title: Shown.cause(shared), count: Shown.count(members.count),
            members: named.map { .init(name: Shown.name($0), path: Escape.path(Shown.name($0))) },
            others: others > 0 ? Shown.count(others) : nil)
        // Properties of a single domain stay empty.
        return BoardModel.Row(
            style: condition.style, sign: isUnseen ? "?" : condition.sign, word: isUnseen ? "Unknown" : condition.word,
            isCalm: false, name: "", path: "",
            silenced: silenced(members, silences), tagList: [], finding: Shown.text(lead.text.headline, limit: 300),
            bar: "", ends: "", endsStyle: "", signed: "", since: Shown.time(began.since, frame.now), cause: cause)
    }

    private func silenced(_ members: [Int], _ silences: [Silence]) -> String? {
        guard !silences.isEmpty else { return nil }
        let words = Set(
            members.prefix(Self.namedDomains).map { Self.silenced(frame.content.entry(row: $0), silences) })
        return words.count > 1 ? "partly silenced" : words.first ?? nil
    }
}
