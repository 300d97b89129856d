/// The state of one server: its sockets, and the questions to be sent.
final class Lane {
    /// A question that waits for room.
    struct Waiting {
        var owner: DatagramOwner
        var token: UInt32
    }

    let endpoint: Endpoint
    /// Sockets that may be used for new questions.
    var sockets: [Int32] = []
    /// The number of open sockets, including those that only wait for their last replies.
    var socketCount = 0
    /// Slots with an encoded query that is not sent yet.
    var outbox: [Int32] = []
    /// Questions without a slot, the oldest first from `waitingHead` on.
    var waiting: [Waiting] = []
    var waitingHead = 0
    /// Whether the lane is on the loop's list of those with something to send.
    var isListed = false
    /// The number of slots in use.
    var inFlight = 0
    var window: SendWindow
    /// The rate at which the server may be asked; nil without a budget.
    var rate: ServerRate?
    /// Whether a budget delays the waiting questions.
    var isHeld = false
    /// The number of jobs that hold the lane open; while there are any, sockets outlive a moment without questions.
    var holders = 0

    init(endpoint: Endpoint, mostInFlight: Int, rate: ServerRate?) {
        self.endpoint = endpoint
        window = SendWindow(most: mostInFlight)
        self.rate = rate
    }

    var isWaiting: Bool { waitingHead < waiting.count }
    var isIdle: Bool { inFlight == 0 && !isWaiting && holders == 0 && socketCount == 0 }

    /// Exchanges the outbox for an empty array, so that both keep their storage.
    func exchangeOutbox(_ other: inout [Int32]) {
        swap(&outbox, &other)
    }

    func popWaiting() -> Waiting? {
        guard waitingHead < waiting.count else { return nil }
        let first = waiting[waitingHead]
        waitingHead += 1
        if waitingHead == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            waitingHead = 0
        } else if waitingHead > 1024, waitingHead * 2 > waiting.count {
            waiting.removeFirst(waitingHead)
            waitingHead = 0
        }
        return first
    }
}

/// One connected socket of a lane.
struct LaneSocket {
    /// The largest number of questions over one port before another is opened.
    static let mostQuestions = 2048
    /// How long a port is used for new questions.
    static let longestUse = Monotonic.milliseconds(2000)
    /// The number of ports from which one server is asked at a time.
    static let perLane = 8

    /// -1 if closed.
    var descriptor: Int32
    var lane: Int32
    var openedAt: Monotonic
    var questions = 0
    var inFlight = 0
    /// The number of datagrams that matched no outstanding question.
    var strays: UInt32 = 0
    /// Whether it is not used for new questions any more.
    var isRetired = false
}
