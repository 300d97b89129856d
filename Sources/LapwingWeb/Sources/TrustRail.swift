package import LapwingCore

/// A chain of trust from the root down, link by link.
package struct TrustRail: Sendable {
    /// One key of a zone.
    package struct Key: Sendable {
        /// A description of the key, such as KSK 20326 RSA-2048.
        package var label: String
        /// Whether the chain is valid with it.
        package var isGood: Bool

        package init(label: String, isGood: Bool) {
            self.label = label
            self.isGood = isGood
        }
    }

    /// One zone of the chain, with the step that leads to it.
    package struct Link: Sendable {
        /// The zone, as text.
        package var zone: String
        /// `secure`, `insecure`, `bogus` or `indeterminate`.
        package var verdict: String
        /// The step from the link above: `DS 370 → KSK 370, SHA-256`.
        package var text: String
        /// The fault, and the recommended action; nil if there is none.
        package var error: String?
        /// The keys of its DNSKEY RRset.
        package var keys: [Key]

        package init(zone: String, verdict: String, text: String, error: String? = nil, keys: [Key] = []) {
            self.zone = zone
            self.verdict = verdict
            self.text = text
            self.error = error
            self.keys = keys
        }
    }

    /// The validity period of one signature.
    package struct Window: Sendable {
        /// The signed RRset and the key.
        package var label: String
        /// Its inception.
        package var from: Timestamp
        /// Its expiration.
        package var to: Timestamp

        package init(label: String, from: Timestamp, to: Timestamp) {
            self.label = label
            self.from = from
            self.to = to
        }
    }

    /// The verdict on the whole chain, with the values of a link's verdict.
    package var verdict: String
    /// The same in a sentence.
    package var sentence: String
    /// From the root down.
    package var links: [Link]
    /// The validity periods of signatures.
    package var windows: [Window]

    package init(verdict: String, sentence: String, links: [Link], windows: [Window] = []) {
        self.verdict = verdict
        self.sentence = sentence
        self.links = links
        self.windows = windows
    }
}
