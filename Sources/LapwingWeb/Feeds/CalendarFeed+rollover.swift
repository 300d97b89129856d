import LapwingCore

extension CalendarFeed.Event {
    /// The length of an event for a moment, in seconds.
    private static let length: Int64 = 1800

    /// The moment from which a step of a rollover is safe. The domain, the step and the key identify the event.
    init(_ step: RolloverStep, of name: String, address: String) {
        let tag = "\(step.key.tag)"
        let (what, why) =
            switch step.kind {
            case .publishDS:
                (
                    "the DS of key \(tag) can be published",
                    "The zone asks its parent for it (CDS, CDNSKEY), and the parent does not have it yet. From then on no "
                        + "cache has keys that key \(tag) did not sign."
                )
            case .useKey:
                (
                    "key \(tag) can sign",
                    "It is published and signs nothing yet. From then on no cache has the keys without it."
                )
            case .removeDS:
                (
                    "the DS of key \(tag) can be removed",
                    "The zone does not publish the key any more. From then on no cache has it, and another DS leads to a "
                        + "key that signs."
                )
            case .removeKey:
                (
                    "key \(tag) can be removed",
                    "The parent has no DS for it any more. From then on no cache has one, and another DS leads to a key "
                        + "that signs."
                )
            }
        self.init(
            key: "\(name)-\(step.kind.word)-\(tag)-\(step.key.algorithm)", summary: "\(name): \(what)",
            text: "\(why) By what the servers and the parent were seen to serve, and its TTL: \(step.at).",
            from: step.at, to: step.at.adding(seconds: Self.length), alarms: [0], address: address)
    }

    /// The moment at which a new root key becomes trusted (RFC 5011), provided that it is seen until then.
    init(anchor tag: UInt16, until moment: Timestamp) {
        self.init(
            key: "root-anchor-\(tag)", summary: "The root's key \(tag) is trusted from here on",
            text: "It is new, and must be seen until then (RFC 5011). If it was not, or Lapwing did not run, it takes "
                + "longer.",
            from: moment, to: moment.adding(seconds: Self.length), alarms: [0], address: nil)
    }
}

extension RolloverStep.Kind {
    /// The word in event identifiers; it must never change.
    fileprivate var word: String {
        switch self {
        case .publishDS: "publish-ds"
        case .useKey: "use-key"
        case .removeDS: "remove-ds"
        case .removeKey: "remove-key"
        }
    }
}
