/// A link in a message by which its reader can act without a password: signed, for one act, one incident and some days.
///
/// To fetch it changes nothing, as programs that look through mail do; the page behind it has a button.
package struct ActLink: Sendable, Hashable {
    /// What can be done by a link.
    package enum Act: String, Sendable, Hashable, Codable, CaseIterable {
        case accept, acknowledge, silence
    }

    /// Seconds for which a link can be used.
    package static let lifetime: Int64 = 7 * 86_400

    /// What it does.
    package var act: Act
    /// The incident's identifier.
    package var incident: String
    /// The channel whose message it was in: the story names it.
    package var channel: String
    /// The first second at which it no longer works.
    package var expires: Timestamp

    package init(act: Act, incident: String, channel: String, expires: Timestamp) {
        self.act = act
        self.incident = incident
        self.channel = channel
        self.expires = Timestamp(seconds: expires.seconds)
    }

    /// What is signed: each part with its length, so that no two links have the same.
    package var claim: [UInt8] {
        LinkSeal.claim(["lapwing act", act.rawValue, incident, channel, "\(expires.seconds)"])
    }
}

/// Signs links and knows its own again.
package struct LinkSeal: Sendable {
    /// The code of some bytes, such as an HMAC with a key that nobody else has.
    private let code: @Sendable ([UInt8]) -> [UInt8]

    package init(code: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.code = code
    }

    /// Parts with their lengths, so that no two lists of them are the same bytes.
    static func claim(_ parts: [String]) -> [UInt8] {
        parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
    }

    /// The code of a link in hexadecimal.
    package func signature(of link: ActLink) -> String { Hexadecimal.text(code(link.claim)) }

    /// The code of any address in hexadecimal: what it is for, then what it says.
    package func signature(of parts: [String]) -> String { Hexadecimal.text(code(Self.claim(parts))) }

    /// Whether a link is one of ours as it stands; takes as long for every wrong signature.
    package func isGenuine(_ link: ActLink, _ signature: String) -> Bool {
        Self.isSame(self.signature(of: link), signature)
    }

    /// The same of any address.
    package func isGenuine(_ parts: [String], _ signature: String) -> Bool {
        Self.isSame(self.signature(of: parts), signature)
    }

    private static func isSame(_ one: String, _ signature: String) -> Bool {
        let wanted = Array(one.utf8)
        let given = Array(signature.utf8)
        guard wanted.count == given.count else { return false }
        return zip(wanted, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The links that go with a message: what can be done about its incident.
    func links(_ incident: String, _ acts: [ActLink.Act], channel: String, at now: Timestamp) -> [NoticeLink] {
        acts.map { act in
            let link = ActLink(
                act: act, incident: incident, channel: channel, expires: now.adding(seconds: ActLink.lifetime))
            let path = [act.rawValue, incident, channel, "\(link.expires.seconds)", signature(of: link)]
                .map(Self.escaped)
            return NoticeLink(act: act, path: "/act/" + path.joined(separator: "/"))
        }
    }

    /// Percent-encodes all but the letters, digits and marks that stand for themselves (RFC 3986 section 2.3).
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

/// A link of a notice, below the address of the page.
package struct NoticeLink: Sendable, Hashable, Codable {
    /// What it does.
    package var act: ActLink.Act
    /// Begins with a slash.
    package var path: String
}

extension ActLink.Act {
    /// What stands beside the link in a message.
    package var label: String {
        switch self {
        case .accept: "Accept"
        case .acknowledge: "Acknowledge"
        case .silence: "Silence"
        }
    }
}
