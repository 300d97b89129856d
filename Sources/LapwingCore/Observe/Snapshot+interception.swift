import DNSWire

extension Snapshot {
    /// The signs that queries are intercepted on the way, in words for each server; nil if there are none.
    ///
    /// Either root servers show it, or all servers of the parent zone and of the domain do: none of them answers with
    /// authority, and all offer recursion. A single server that offers recursion is only odd.
    package var interception: [String]? {
        if let roots, roots.isIntercepted {
            return roots.forged.map { "root server \($0.server): \($0.words)" }.sorted()
        }
        let parents = parent.answers.filter { $0.answers.values.contains(where: \.isReply) }
        let children = authorities.filter { $0.answers.values.contains(where: \.isReply) }
        guard parents.count >= 2, children.count >= 2 || parent.state != .delegated else { return nil }
        let replies = (parents.flatMap(\.answers.values) + children.flatMap(\.answers.values)).filter(\.isReply)
        guard replies.allSatisfy({ $0.recursionAvailable && !$0.authoritative }) else { return nil }
        return parents.map { "server of the zone above, \($0.address): RA set, AA missing" }
            + children.map { "\($0.host) (\($0.address)): RA set, AA missing" }
    }
}
