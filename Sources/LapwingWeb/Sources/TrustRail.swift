package import LapwingCore

/// A chain of trust from the root down, link by link.
package struct TrustRail: Sendable {
    package struct Key: Sendable {
        /// What the key is, such as KSK 20326 RSA-2048.
        package var label: String
        package var isGood: Bool

        package init(label: String, isGood: Bool) {
            self.label = label
            self.isGood = isGood
        }
    }

    package struct Link: Sendable {
        package var zone: String
        /// `secure`, `insecure`, `bogus` or `indeterminate`.
        package var verdict: String
        /// How the link above leads here: `DS 370 → KSK 370, SHA-256`.
        package var text: String
        /// What is wrong with it, and what to do.
        package var error: String?
        package var keys: [Key]

        package init(zone: String, verdict: String, text: String, error: String? = nil, keys: [Key] = []) {
            self.zone = zone
            self.verdict = verdict
            self.text = text
            self.error = error
            self.keys = keys
        }
    }

    package struct Window: Sendable {
        package var label: String
        package var from: Timestamp
        package var to: Timestamp

        package init(label: String, from: Timestamp, to: Timestamp) {
            self.label = label
            self.from = from
            self.to = to
        }
    }

    package var verdict: String
    package var sentence: String
    package var links: [Link]
    /// Signatures from their beginning to their end.
    package var windows: [Window]

    package init(verdict: String, sentence: String, links: [Link], windows: [Window] = []) {
        self.verdict = verdict
        self.sentence = sentence
        self.links = links
        self.windows = windows
    }
}
