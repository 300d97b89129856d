import DNSWire

extension DNSClient {
    /// Asks all questions concurrently and returns when the last is concluded, with the answers in the order of the
    /// questions.
    ///
    /// Intended for many questions of one caller: they share one suspension, and answers stay bytes until more than
    /// their summary is needed.
    package func ask(_ questions: [BatchQuestion]) async -> [BatchAnswer] {
        let endpoints = questions.map { question in
            question.server.transport == .udp && question.options.transport != .tcp ? Endpoint(question.server) : nil
        }
        var (answers, streams) = await askByDatagram(questions, endpoints)
        guard !streams.isEmpty else { return answers }
        var digester = AnswerDigester(key: digestKey)
        await withTaskGroup(of: (Int, ExchangeRecord).self) { group in
            for place in streams {
                let question = questions[place]
                group.addTask {
                    var options = question.options
                    if question.server.transport == .udp { options.transport = .tcp }
                    return (
                        place, await self.query(question.name, question.type, at: question.server, options: options)
                    )
                }
            }
            for await (place, record) in group {
                answers[place].elapsed += record.elapsed
                answers[place].transport = record.attempts.last?.transport ?? questions[place].server.transport
                switch record.reply {
                case .failure(let failure): answers[place].outcome = .failure(failure)
                case .message(_, let bytes):
                    answers[place].bytes = bytes
                    answers[place].sent = record.sent
                    let summary = try? digester.summary(of: bytes.span, covering: questions[place].coverage)
                    answers[place].outcome = summary.map(BatchAnswer.Outcome.answer) ?? .other
                }
            }
        }
        return answers
    }

    private func askByDatagram(
        _ questions: [BatchQuestion], _ endpoints: [Endpoint?]
    ) async -> ([BatchAnswer], streams: [Int]) {
        let ready: [(token: UInt32, endpoint: Endpoint)] = zip(0..., endpoints).compactMap { index, endpoint in
            endpoint.map { (UInt32(index), $0) }
        }
        if let played {
            var ended: ([BatchAnswer], streams: [Int])?
            let owner = BatchedQuestions(
                questions, endpoints: endpoints, cookies: cookies, digests: digests, at: now()
            ) { ended = ($0, $1) }
            await played.play(owner, ready.map { ($0.token, questions[Int($0.token)].server) })
            if ready.isEmpty { owner.finishNow() }
            return ended ?? (questions.map { _ in .unput(.cancelled) }, [])
        }
        let canceller = Canceller()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let owner = BatchedQuestions(
                    questions, endpoints: endpoints, cookies: cookies, digests: digests, at: .current()
                ) { continuation.resume(returning: ($0, $1)) }
                guard !ready.isEmpty else { return owner.finishNow() }
                guard engine.submit(.questions(owner, ready)) else {
                    for (token, _) in ready {
                        _ = owner.begin(token, at: .current())
                        _ = owner.failed(token, error: DatagramEngine.cancelled, at: .current())
                    }
                    return
                }
                let handle = DatagramEngine.Submission.cancel(owner)
                canceller.arm { [engine] in _ = engine.submit(handle) }
            }
        } onCancel: {
            canceller.cancel()
        }
    }
}
