public import DNSWire

/// Very many names, each asked for once: what to ask, whom, and how fast.
public struct Sweep: Sendable {
    /// An open file or pipe with one name a line, for the caller to close.
    public var names: Int32
    /// The types to ask for at each name.
    public var types: [RecordType]
    /// The servers; each is asked every question.
    public var servers: [ServerAddress]
    /// Questions a second over all servers; nothing for as fast as the servers answer.
    public var rate: Double?
    /// The most questions in flight at one server; the usual receive buffer of a server holds about so many.
    public var window = 256
    /// How each question is put, but for cookies and mixed case, which are not used.
    public var options = QueryOptions()

    /// A sweep at full speed.
    public init(names: Int32, types: [RecordType], servers: [ServerAddress]) {
        self.names = names
        self.types = types
        self.servers = servers
    }
}

/// How far a sweep is, or how it ended.
public struct SweepReport: Sendable {
    /// Names read.
    public var names = 0
    /// Lines that were no name.
    public var invalidNames = 0
    /// How far the list of names was read, in bytes.
    public var bytesRead = 0
    /// Questions put, retries not counted.
    public var queries = 0
    /// Questions answered with "no error" or "no such name".
    public var answered = 0
    /// The other questions by what came of them: a response code in lower case, or the code of a failure.
    public var failed: [String: Int] = [:]
    /// Datagrams and streams beyond the first for a question.
    public var retries = 0
    /// Questions that the servers do not answer alike.
    public var differing = 0
    /// The time since the start.
    public var elapsed: Duration = .zero
    /// Whether the sweep was cut short.
    public var isCut = false

    /// Questions that are concluded.
    public var concluded: Int { answered + failed.values.reduce(0, +) }
}

extension DNSClient {
    /// Puts every question of a sweep and counts what comes of it; ends early when the task is cancelled.
    ///
    /// `progress` is called about five times a second, on the engine's thread.
    public func sweep(
        _ sweep: Sweep, progress: @escaping @Sendable (SweepReport) -> Void = { _ in }
    ) async -> SweepReport {
        let streams = SweepStreams(client: self, options: sweep.options)
        let canceller = Canceller()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = SweepJob(sweep, streams: streams, progress: progress) { report in
                    continuation.resume(returning: report)
                }
                let mark = job.stopMark
                canceller.arm { mark.set() }
                let submission = DatagramEngine.Submission.job(job)
                if !engine.submit(submission) { job.ended() }
            }
        } onCancel: {
            canceller.cancel()
        }
    }
}
