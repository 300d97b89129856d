/// What the lines of an answer state in words, apart from the terms of use, which know all these words too.
struct WHOISStatements {
    let lines: [WHOISLine]
    let domain: String
    let isPage: Bool

    /// What is stated by itself; what only running prose mentions counts where nothing else is said.
    var all: Set<WHOISWording> {
        var stated: Set<WHOISWording> = []
        var mentioned: Set<WHOISWording> = []
        let texts = lines.map { String($0.uncommented).foldedWholly.replacingUnderscores }
        var runsOn = false
        for (index, text) in texts.enumerated() where !text.isEmpty {
            let continues = runsOn && !texts[index - 1].isEmpty
            runsOn =
                Self.runsOn(text) && index + 1 < texts.count && !texts[index + 1].isEmpty
                && lines[index + 1].isComment == lines[index].isComment
            let isProse = continues || runsOn
            let namesDomain = !domain.isEmpty && text.contains(bytesOf: domain)
            guard let wording = WHOISWording.of(text, namesDomain: namesDomain) else { continue }
            if isProse && !namesDomain {
                if wording != .absence { mentioned.insert(wording) }
            } else if !isPage || wording != .absence || namesDomain {
                stated.insert(wording)
            }
        }
        return stated.isEmpty ? mentioned : stated
    }

    /// Whether a sentence goes on in the next line.
    private static func runsOn(_ text: String) -> Bool {
        guard text.utf8.count >= 45, let last = text.utf8.last else { return false }
        return ![UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: "?")].contains(last)
    }
}

extension String {
    fileprivate var replacingUnderscores: String {
        utf8.contains(UInt8(ascii: "_")) ? String(map { $0 == "_" ? " " : $0 }) : self
    }

    /// Folded, with the capitals of other writings lowered too.
    fileprivate var foldedWholly: String {
        utf8.allSatisfy { $0 < 0x80 } ? folded : lowercased().folded
    }

    /// Whether a text occurs in it, byte for byte.
    fileprivate func contains(bytesOf text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= utf8.count else { return false }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: text.utf8) { return true }
            rest = rest[rest.index(after: start)...]
        }
        return false
    }
}
