/// Signs links and verifies its own signatures.
package struct LinkSeal: Sendable {
    /// Computes the code of some bytes, such as an HMAC with a secret key.
    private let code: @Sendable ([UInt8]) -> [UInt8]

    package init(code: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.code = code
    }

    /// Returns the parts with their lengths, so that different lists never give the same bytes.
    static func claim(_ parts: [String]) -> [UInt8] {
        parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
    }

    /// Returns the code of a link in hexadecimal.
    package func signature(of link: ActLink) -> String { Hexadecimal.text(code(link.claim)) }

    /// Returns the code of any address in hexadecimal; the parts are its purpose and then its content.
    package func signature(of parts: [String]) -> String { Hexadecimal.text(code(Self.claim(parts))) }

    /// Whether the signature of a link is valid; takes the same time for every wrong signature of the right length.
    package func isGenuine(_ link: ActLink, _ signature: String) -> Bool {
        Self.isSame(self.signature(of: link), signature)
    }

    /// Whether the signature of any address is valid.
    package func isGenuine(_ parts: [String], _ signature: String) -> Bool {
        Self.isSame(self.signature(of: parts), signature)
    }

    private static func isSame(_ one: String, _ signature: String) -> Bool {
        let wanted = Array(one.utf8)
        let given = Array(signature.utf8)
        guard wanted.count == given.count else { return false }
        return zip(wanted, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Returns the links for a message: the possible acts on its incident.
    func links(_ incident: String, _ acts: [ActLink.Act], channel: String, at now: Timestamp) -> [NoticeLink] {
        acts.map { act in
            let link = ActLink(
                act: act, incident: incident, channel: channel, expires: now.adding(seconds: ActLink.lifetime))
            let path = [act.rawValue, incident, channel, "\(link.expires.seconds)", signature(of: link)]
                .map(Self.escaped)
            return NoticeLink(act: act, path: "/act/" + path.joined(separator: "/"))
        }
    }

    /// Percent-encodes all bytes except unreserved characters (RFC 3986 section 2.3).
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
