/// The host names in the value of a name server line.
enum WHOISHosts {
    private static func words(of value: String) -> [Substring.UTF8View.SubSequence] {
        value.utf8.split {
            $0.isBlank
                || [
                    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "|"),
                    UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "\""),
                    UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"),
                ].contains($0)
        }
    }

    /// The addresses that stand behind the one host name of a value: `ns1.example.net 192.0.2.1, 2001:db8::1`. None where
    /// there are several names, since forms differ in which of them an address belongs to.
    static func addresses(in value: String) -> [String] {
        guard names(in: value).count == 1 else { return [] }
        var found: [String] = []
        for word in words(of: value).prefix(32) {
            if let head = nameBeforeAddress(word), name(word) == nil {
                found.append(String(decoding: word.dropFirst(head.utf8.count + 1), as: UTF8.self))
            } else if name(word) == nil, isAddress(word), word.contains(where: { !$0.isDigit }) {
                found.append(String(decoding: word, as: UTF8.self))
            }
        }
        return found.filter { text in
            (2...45).contains(text.utf8.count) && text.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" }
        }
    }

    /// `ns1.example.net. 192.0.2.1` gives one name, `ns1.example.net, ns2.example.net` two; addresses are passed over.
    static func names(in value: String) -> [String] {
        let words = words(of: value)
        // Zone file lines: `example.pt NS ns1.example.pt.`
        if words.count == 3, words[1].elementsEqual("NS".utf8) { return name(words[2]).map { [$0] } ?? [] }
        var found: [String] = []
        for word in words.prefix(32) {
            guard let name = name(word) ?? nameBeforeAddress(word) else {
                // After a name only addresses may follow: words mean that the rest is a remark.
                if found.isEmpty || isAddress(word) || word.count < 2
                    || joins.contains(String(decoding: word, as: UTF8.self).folded)
                {
                    continue
                }
                break
            }
            found.append(name)
        }
        return found
    }

    /// Words between two names of a list.
    private static let joins: Set<String> = ["and", "und", "et", "en", "og", "och", "ip", "ipv4", "ipv6", "--"]

    /// `ns1.example.net:192.0.2.1`.
    private static func nameBeforeAddress(_ word: some BidirectionalCollection<UInt8>) -> String? {
        let head = word.prefix { $0 != UInt8(ascii: ":") }
        return head.count < word.count ? name(Array(head)) : nil
    }

    /// The server a referral names: a host, with a port where one is given, as in `whois://whois.example:4343/`.
    static func server(in value: String) -> String? {
        var text = value.utf8.prefix { !$0.isBlank }
        if text.starts(with: "whois://".utf8) { text = text.dropFirst(8) }
        let place = text.prefix { $0 != UInt8(ascii: "/") }
        let host = place.prefix { $0 != UInt8(ascii: ":") }
        let port = place.dropFirst(host.count + 1)
        guard port.allSatisfy(\.isDigit), port.count <= 5, let name = isAddress(host) ? String(host) : name(host) else {
            return nil
        }
        return port.isEmpty ? name : name + ":" + String(decoding: port, as: UTF8.self)
    }

    /// Whether a line begins with a host name and goes on.
    static func isName(followedByMore text: String) -> Bool {
        let first = text.utf8.prefix { !$0.isBlank }
        return first.count < text.utf8.count && name(first) != nil
    }

    /// Whether a line holds nothing but addresses.
    static func isOnlyAddresses(_ value: String) -> Bool {
        let words = value.utf8.split { $0.isBlank || $0 == UInt8(ascii: ",") }
        return !words.isEmpty && words.allSatisfy(isAddress)
    }

    private static func isAddress(_ word: some Collection<UInt8>) -> Bool {
        word.contains(UInt8(ascii: ":"))
            || word.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
    }

    private static func name(_ word: some BidirectionalCollection<UInt8>) -> String? {
        var bytes = word.map(\.folded)
        while bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard bytes.count <= 253, labels.count >= 2, let top = labels.last, top.count >= 2,
            top.contains(where: \.isLetter), labels.allSatisfy({ (1...63).contains($0.count) }),
            bytes.allSatisfy({
                $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: ".")
            })
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text == "not.defined" ? nil : text
    }
}
