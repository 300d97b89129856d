public import DNSWire

/// A large number of names, each of which is queried once: the questions, the servers and the rate.
public struct Sweep: Sendable {
    /// An open file or pipe with one name per line; the caller closes it.
    public var names: Int32
    /// The types to query for each name.
    public var types: [RecordType]
    /// The servers; each is asked every question.
    public var servers: [ServerAddress]
    /// Questions per second over all servers; nil for as fast as the servers answer.
    public var rate: Double?
    /// The limit of outstanding questions at one server; the usual receive buffer of a server holds about as many.
    public var window = 256
    /// The options of each question, except for cookies and mixed case, which are not used.
    public var options = QueryOptions()

    /// A sweep at full speed.
    public init(names: Int32, types: [RecordType], servers: [ServerAddress]) {
        self.names = names
        self.types = types
        self.servers = servers
    }
}

/// The progress or the result of a sweep.
public struct SweepReport: Sendable {
    /// The number of names read.
    public var names = 0
    /// The number of lines without a valid name.
    public var invalidNames = 0
    /// The number of bytes read from the list of names.
    public var bytesRead = 0
    /// The number of questions, without retries.
    public var queries = 0
    /// The number of questions answered with NOERROR or NXDOMAIN.
    public var answered = 0
    /// The other questions by outcome: a response code in lower case, or the code of a failure.
    public var failed: [String: Int] = [:]
    /// The number of datagrams and streams beyond the first of each question.
    public var retries = 0
    /// The number of questions with differing answers from the servers.
    public var differing = 0
    /// The time since the start.
    public var elapsed: Duration = .zero
    /// Whether the sweep was cut short.
    public var isCut = false

    /// The number of concluded questions.
    public var concluded: Int { answered + failed.values.reduce(0, +) }
}

extension DNSClient {
    /// Asks every question of a sweep and counts the outcomes; ends early if the task is cancelled.
    ///
    /// - Parameter progress: called about five times a second, on the engine's thread.
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
