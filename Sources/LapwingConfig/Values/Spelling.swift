/// Finds the most likely intended word for a mistyped one.
package enum Spelling {
    /// Returns the nearest candidate within a distance of a third of the letters, and of two at most; nil if none is
    /// that near.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().prefix(40))
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let distance = distance(letters, Array(candidate.lowercased()))
            guard distance <= max(1, min(2, candidate.count / 3)), distance < best?.distance ?? .max else { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Returns the number of insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
        var beforePrevious: [Int] = []
        var previous = Array(0...other.count)
        for i in 1...one.count {
            var current = [i] + Array(repeating: 0, count: other.count)
            for j in 1...other.count {
                let replacement = previous[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                current[j] = min(previous[j] + 1, current[j - 1] + 1, replacement)
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    current[j] = min(current[j], beforePrevious[j - 2] + 1)
                }
            }
            beforePrevious = previous
            previous = current
        }
        return previous[other.count]
    }
}
