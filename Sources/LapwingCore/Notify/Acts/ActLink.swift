/// A link in a message by which its reader can act without a password: signed, for one act, one incident and some days.
///
/// Fetching it changes nothing, since programs that scan mail fetch links; the page behind it has a button.
package struct ActLink: Sendable, Hashable {
    /// The acts that a link can perform.
    package enum Act: String, Sendable, Hashable, Codable, CaseIterable {
        case accept, acknowledge, silence
    }

    /// Seconds for which a link is valid.
    package static let lifetime: Int64 = 7 * 86_400

    /// The act.
    package var act: Act
    /// The incident's identifier.
    package var incident: String
    /// The channel of the message, for the incident's history.
    package var channel: String
    /// The first second at which it is no longer valid.
    package var expires: Timestamp

    package init(act: Act, incident: String, channel: String, expires: Timestamp) {
        self.act = act
        self.incident = incident
        self.channel = channel
        self.expires = Timestamp(seconds: expires.seconds)
    }

    /// The signed bytes: each part with its length, so that different links never have the same claim.
    package var claim: [UInt8] {
        LinkSeal.claim(["lapwing act", act.rawValue, incident, channel, "\(expires.seconds)"])
    }
}

/// A link of a notice, relative to the address of the page.
package struct NoticeLink: Sendable, Hashable, Codable {
    /// The act.
    package var act: ActLink.Act
    /// The path, with a leading slash.
    package var path: String
}

extension ActLink.Act {
    /// The text of the link in a message.
    package var label: String {
        switch self {
        case .accept: "Accept"
        case .acknowledge: "Acknowledge"
        case .silence: "Silence"
        }
    }
}
