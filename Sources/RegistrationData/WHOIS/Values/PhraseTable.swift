/// Phrases to be found anywhere in a text in one pass.
struct PhraseTable: Sendable {
    private let byFirst: [[[UInt8]]]

    init(_ phrases: [String]) {
        var table = [[[UInt8]]](repeating: [], count: 256)
        for phrase in phrases {
            let bytes = Array(phrase.utf8)
            if let first = bytes.first { table[Int(first)].append(bytes) }
        }
        byFirst = table
    }

    func occurs(in text: [UInt8]) -> Bool {
        text.indices.contains { matches(text, at: $0) }
    }

    func begins(_ text: [UInt8]) -> Bool {
        !text.isEmpty && matches(text, at: 0)
    }

    private func matches(_ text: [UInt8], at start: Int) -> Bool {
        for phrase in byFirst[Int(text[start])] where phrase.count <= text.count - start {
            var length = 1
            while length < phrase.count, phrase[length] == text[start + length] { length += 1 }
            if length == phrase.count { return true }
        }
        return false
    }
}
