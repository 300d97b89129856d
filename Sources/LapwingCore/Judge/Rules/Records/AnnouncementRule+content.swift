import DNSWire

/// Announcements of exact values: confirmed when the values are served, reported when they are not.
extension AnnouncementRule {
    /// Seconds for which a completed announcement is reported as confirmed.
    static let confirming: Int64 = 3600

    /// Returns one finding for each announcement that is completed, has run out, or was followed by another value.
    static func contents(_ picture: Picture, _ found: [Finding]) -> [Finding] {
        var known = picture.state.announced ?? []
        for window in picture.watch.windows
        where window.holds(at: picture.now) && known.count < AnnouncedMemory.limit {
            guard let content = window.content, !known.contains(where: { $0.isOf(window) }) else { continue }
            known.append(AnnouncedMemory(window, content: content, before: content.map(picture.present)))
        }
        return known.compactMap { finding($0, picture, found) }
    }

    private static func finding(_ memory: AnnouncedMemory, _ picture: Picture, _ found: [Finding]) -> Finding? {
        let steps = memory.content.enumerated().map { place, change in
            Step(
                change: change, before: memory.before[place],
                progress: picture.progress(of: change, before: memory.before[place]))
        }
        if let done = memory.doneAt, picture.now.seconds(since: done) >= confirming { return nil }
        if steps.allSatisfy({ $0.progress == .done }) {
            // A change that breaks something does not count as completed.
            let isBroken = found.contains {
                $0.severity >= .warning && [.delegation, .signatures, .secureDelegation].contains($0.cause)
            }
            // A change after the end of the window was not announced for that time, and is reported as an ordinary
            // change.
            let isInTime = memory.from <= picture.now && picture.now < memory.to
            guard memory.doneAt != nil || isInTime, !isBroken else { return nil }
            return confirmed(memory, steps, picture)
        }
        guard memory.doneAt == nil else { return nil }
        if memory.to <= picture.now { return missing(memory, steps, picture) }
        let others = steps.filter { step in
            guard case .other = step.progress else { return false }
            // If another rule reports the same change, its finding says more.
            return !found.contains { $0.severity >= .notice && $0.changes.contains(where: step.isAbout) }
        }
        return others.isEmpty ? nil : different(memory, others, picture)
    }

    private struct Step {
        var change: AnnouncedChange
        var before: [String]?
        var progress: AnnouncedProgress

        func isAbout(_ other: Change) -> Bool {
            guard let key = change.key else { return other.kind == .registrar }
            return other.name.folded == key.name && other.kind == .records(key.type)
        }

        /// The progress, in words for people.
        var words: String {
            switch progress {
            case .done: "Done: \(change.words)."
            case .unseen: "Not known: \(change.words); no answer says so."
            case .before: "Not done: \(change.words); still \(Change.list(before ?? []))."
            case .part(let done, let left):
                "In part: \(change.words); done at \(Change.list(done)), not at \(Change.list(left))."
            case .other(let values): "Otherwise: \(change.words) was announced, there is \(Change.list(values))."
            }
        }

        func change(_ domain: Name, new: [String]) -> Change {
            let kind: Change.Kind = self.change.key.map { .records($0.type) } ?? .registrar
            return Change(name: self.change.key?.name ?? domain, kind: kind, old: before ?? [], new: new, seenBy: [])
        }
    }

    private static func base(
        _ code: FindingCode, _ severity: Severity, _ memory: AnnouncedMemory, _ picture: Picture, _ headline: String,
        _ facts: [String], _ grounds: [String], isNot: String?, advice: String?
    ) -> Finding {
        let reason = memory.reason.isEmpty ? "" : " (\(memory.reason.prefix(500)))"
        let first = memory.content.first.map { $0.key?.description ?? "registrar" }
        var finding = Finding(
            code, .window(Timestamp(seconds: memory.from.seconds), of: first), .plannedChange, severity,
            subject: memory.content.count == 1 ? memory.content[0].key : nil,
            text: Narrative(
                headline, facts: facts + ["Announced for \(memory.from.sentence) to \(memory.to.sentence)\(reason)."],
                grounds: grounds, isNot: isNot, advice: advice))
        if let key = finding.subject { finding.text.look(with: picture.dig(key)) }
        return finding.welcome(seconds: confirming)
    }

    private static func confirmed(_ memory: AnnouncedMemory, _ steps: [Step], _ picture: Picture) -> Finding {
        let seconds = steps.map { picture.oldSeconds(of: $0.change) }.max() ?? 0
        let end = (memory.doneAt ?? picture.now).adding(seconds: seconds)
        let everywhere = seconds == 0 ? "" : ", everywhere by \(end.clock(beside: picture.now)) at the latest"
        let what = steps.count == 1 ? steps[0].change.words : "\(steps.count) changes"
        var finding = base(
            .changeConfirmed, .notice, memory, picture, "\(picture.domain): done as announced: \(what)\(everywhere).",
            steps.map(\.words), ["all servers that count say exactly what was announced"],
            isNot: "anything else: what was not announced would be reported by itself.", advice: nil)
        finding.changes = steps.map { $0.change(picture.domain, new: $0.change.values) }
        return finding
    }

    private static func missing(_ memory: AnnouncedMemory, _ steps: [Step], _ picture: Picture) -> Finding? {
        // If no answer came, that does not show that the change is missing.
        let known = steps.filter { $0.progress != .unseen }
        guard !known.isEmpty, known.contains(where: { $0.progress != .done }) else { return nil }
        let isPart = known.contains { if case .part = $0.progress { true } else { $0.progress == .done } }
        let what = memory.content.words
        var finding = base(
            .changeMissing, .warning, memory, picture,
            isPart
                ? "\(picture.domain): what was announced has happened in part only: \(what)."
                : "\(picture.domain): what was announced has not happened: \(what).",
            steps.map(\.words), ["each server that counts was asked after the end that was announced"],
            isNot: isPart ? nil : "a change of the records: see below what is there.",
            advice: isPart
                ? "See why the rest did not follow; until then users get the one or the other."
                : "See whether the work was put off; announce it again for a new time.")
        finding.need = .now
        return finding.welcome(seconds: confirming)
    }

    private static func different(_ memory: AnnouncedMemory, _ steps: [Step], _ picture: Picture) -> Finding {
        var finding = base(
            .changeDifferent, .warning, memory, picture,
            "\(picture.domain): otherwise than announced: \(steps.map(\.change).words) was to come.",
            steps.map(\.words), ["what is there is neither what was before nor what was announced"],
            isNot: "the announced change.",
            advice: "If it is a slip, repair it before it spreads; if it is meant, announce it as it is.")
        finding.changes = steps.compactMap { step in
            if case .other(let values) = step.progress { step.change(picture.domain, new: values) } else { nil }
        }
        return finding
    }
}
