/// Repaired faults that other domains may share, such as a server that answers again, or the parent zone.
extension IncidentBook {
    /// Reports each open incident that two looks would have found and did not; once, until it is found again.
    mutating func tellRecoveries(_ picture: Picture) -> [IncidentEvent] {
        var events: [IncidentEvent] = []
        for index in open.indices {
            guard let since = open[index].recovering(picture),
                !picture.isRegular || open[index].missed >= Self.looksAfterTime
            else { continue }
            events.append(open[index].recovered(since: since, at: picture.now))
        }
        return events
    }

    /// Returns the look that is to confirm that such faults are repaired; nil if none seems to be.
    func lookAfterRecoveries(_ picture: Picture) -> SecondLook? {
        open.contains { $0.recovering(picture) == picture.now } ? SecondLook() : nil
    }
}

extension Incident {
    /// Since when it is no longer found, including this round; nil if it is found, if nothing is known, or if its
    /// recovery is no news.
    fileprivate func recovering(_ picture: Picture) -> Timestamp? {
        guard let missedSince, shared != nil, awaitsWayBack, lastFound != picture.now, picture.wouldSee(self) else {
            return nil
        }
        return missedSince
    }

    /// Records that it is repaired.
    fileprivate mutating func recovered(since: Timestamp, at now: Timestamp) -> IncidentEvent {
        backSince = since
        returns = (returns ?? 0) + 1
        var back = Narrative(SharedCause.recovery(shared ?? "", code))
        back.facts = [
            "It was reported as: \(text.headline)", "It is still watched, and reported at once if it comes again.",
        ]
        return tell(back, since: since, at: now)
    }
}

/// Phrases for parts that several domains share.
enum SharedCause {
    /// Returns a sentence about the recovery: `Server ns1.example.net. answers again.`
    ///
    /// - Parameter shared: see ``Finding/shared``.
    static func recovery(_ shared: String, _ code: FindingCode) -> String {
        let isOne = !shared.hasPrefix("servers ") && !shared.hasPrefix("all ")
        let verb =
            switch code {
            case .serverSilent, .serversSilent, .parentFailing: isOne ? "answers" : "answer"
            case .delegationLame, .serversRefuse: isOne ? "serves the zone" : "serve the zone"
            default: isOne ? "is well" : "are well"
            }
        return "\(shared.prefix(1).uppercased())\(shared.dropFirst()) \(verb) again."
    }
}
