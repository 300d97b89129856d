import DNSWire
import LapwingCore

/// Checks whether the answers about a resting domain are unchanged.
extension SimulatedClient {
    /// The questions and replies of a recheck. Identical reply objects mean identical answers.
    struct Recording {
        struct Question {
            var task: ProbeTask
            var query: Query
            var address: IPAddress
            var template: ReplyTemplate
            var truncated: ReplyTemplate?
            /// The highest remaining TTL of the records with which the seal is still valid, in seconds.
            var longest: UInt32
        }

        var seal: UInt128
        var lookups: [Lookup]
        var terms: [Name: DependencyView.Registration]
        var questions: [Question]
    }

    /// Repeats the questions of the print's round.
    func recheck(_ walk: RoundWalk, _ print: RoundPrint, at second: Int) -> Recheck {
        var known: [ProbeTask: Outcome] = [:]
        if let recording, recording.seal == print.seal {
            if replay(recording, at: second, &known) { return .same([]) }
            self.recording = nil
        }
        lookups = []
        defer { lookups = nil }
        var rechecking = Rechecking(walk, print, roots: roots(at: second), key: Self.sealKey)
        var answers: [SimulatedAnswer] = []
        var step = rechecking.start()
        while true {
            switch step {
            case .carryOut(let errand):
                let found = carryOut(errand, known: known, at: second)
                if case .answers(let heard) = found { answers = heard }
                step = rechecking.receive(found)
            case .done(isSame: true):
                recording = Recording(
                    seal: print.seal, lookups: lookups ?? [], terms: world.terms(at: second),
                    questions: Self.questions(answers, walk))
                return .same([])
            case .done(isSame: false):
                return .different(
                    Dictionary(answers.map { ($0.task, $0.reply) }, uniquingKeysWith: { first, _ in first }))
            }
        }
    }

    /// Whether all questions get the same reply objects as before; otherwise `known` contains the outcomes so far.
    private func replay(_ recording: Recording, at second: Int, _ known: inout [ProbeTask: Outcome]) -> Bool {
        guard world.terms(at: second) == recording.terms else { return false }
        for lookup in recording.lookups {
            let reply = world.reply(to: lookup.query.received, at: lookup.server, overTCP: false, second: second)
            guard reply?.template === lookup.template else { return false }
        }
        var heard: [Outcome] = []
        heard.reserveCapacity(recording.questions.count)
        for question in recording.questions {
            let outcome = outcome(of: question.task, question.query, question.address, at: second)
            heard.append(outcome)
            guard let reply = outcome.reply, reply.template === question.template,
                outcome.truncated?.template === question.truncated, reply.ttl ?? 0 <= question.longest
            else {
                for (question, outcome) in zip(recording.questions, heard) { known[question.task] = outcome }
                return false
            }
        }
        return true
    }

    private static func questions(_ answers: [SimulatedAnswer], _ walk: RoundWalk) -> [Recording.Question] {
        // A cache with a longer TTL than its source breaks the seal.
        var limits: [RecordSetKey: UInt32] = [:]
        for answer in answers {
            guard case .authority = answer.task.source, let ttl = answer.summary?.lowestTTL else { continue }
            limits[answer.task.key] = min(ttl, limits[answer.task.key] ?? ttl)
        }
        return answers.compactMap { answer in
            let (task, outcome) = (answer.task, answer.outcome)
            guard let address = task.server.address, let query = outcome.query, let reply = outcome.reply else {
                return nil
            }
            var longest = UInt32.max
            if case .resolver = task.source, walk.isWatched(task.key), answer.summary?.lowestTTL != nil,
                task.key.type != .soa, task.key.type != .ds
            {
                longest = limits[task.key] ?? 0
            }
            return Recording.Question(
                task: task, query: query, address: address, template: reply.template,
                truncated: outcome.truncated?.template, longest: longest)
        }
    }
}
