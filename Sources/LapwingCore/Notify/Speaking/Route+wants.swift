import DNSWire

extension Route {
    /// How soon a route sends an event.
    enum Pace: Hashable {
        case now
        case digest
    }

    /// Returns how soon the route sends an event, or why it does not take it.
    ///
    /// - Parameters:
    ///   - tags: the tags of the event's domain.
    ///   - place: the number of the route, counted from 1, for the reason.
    func pace(of event: IncidentEvent, tags: [String], at now: Timestamp, place: Int) -> Result<Pace, Refusal> {
        let name = "route \(place) (\(channels.joined(separator: ", ")))"
        guard types.isEmpty || event.subject.map({ types.contains($0.type) }) ?? true else {
            return .failure(Refusal("\(name) is for other record types"))
        }
        guard self.tags.isEmpty || !Set(tags).isDisjoint(with: self.tags) else {
            return .failure(Refusal("\(name) is for domains with other tags"))
        }
        guard domains.isEmpty || domains.contains(event.domain.folded) else {
            return .failure(Refusal("\(name) is for other domains"))
        }
        guard classes.isEmpty || classes.contains(event.incidentClass) else {
            return .failure(Refusal("\(name) is not for the class \(event.incidentClass.rawValue)"))
        }
        guard codes.isEmpty || codes.contains(where: { Self.fits($0, event.code) }) else {
            return .failure(Refusal("\(name) is not for the finding \(event.code)"))
        }
        guard hours?.holds(at: now) ?? true else { return .failure(Refusal("\(name) is for other hours")) }
        // A weakness that existed when the watch began goes into the digest, not into a message of its own.
        if event.incidentClass == .posture, event.severity == .info {
            if digest != nil { return .success(.digest) }
            return .failure(Refusal("\(name) has no digest, and it was so when the watch began"))
        }
        if event.severity >= severity || changes && event.isChangeOfRecords { return .success(.now) }
        if digest != nil, event.severity >= .notice { return .success(.digest) }
        if changes, event.code.nature == .changeOfRecords, event.severity >= .notice {
            let why = event.isAnnounced == true ? "announced" : "prepared"
            return .failure(Refusal("\(name) is only for changes that were not \(why), and has no digest"))
        }
        return .failure(
            Refusal("\(name) begins at \(severity.rawValue), this is \(event.severity.rawValue)"))
    }

    /// The reason for which a route does not take an event.
    struct Refusal: Error, Hashable {
        var text: String
        init(_ text: String) { self.text = text }
    }

    /// Whether a pattern matches a code: the code itself, or its family with `*` for the rest.
    static func fits(_ pattern: String, _ code: FindingCode) -> Bool {
        pattern.hasSuffix("*") ? code.rawValue.hasPrefix(pattern.dropLast()) : code.rawValue == pattern
    }
}
