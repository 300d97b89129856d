/// The way to one server: its sockets, and what waits to go out.
final class Lane {
    /// A question that waits for room.
    struct Waiting {
        var owner: DatagramOwner
        var token: UInt32
    }

    let endpoint: Endpoint
    /// Sockets that may carry new questions.
    var sockets: [Int32] = []
    /// Sockets that exist, those included that only wait for their last replies.
    var socketCount = 0
    /// Slots whose query is written and not yet sent.
    var outbox: [Int32] = []
    /// Questions without a slot, the oldest first from `waitingHead` on.
    var waiting: [Waiting] = []
    var waitingHead = 0
    /// Whether the lane is on the loop's list of those with something to send.
    var isListed = false
    /// Slots taken.
    var inFlight = 0
    var window: SendWindow
    /// How fast the server may be asked; nil where it has no budget.
    var rate: ServerRate?
    /// Whether a budget holds back what waits.
    var isHeld = false
    /// How many jobs hold the lane open; while any does, sockets outlive a moment without questions.
    var holders = 0

    init(endpoint: Endpoint, mostInFlight: Int, rate: ServerRate?) {
        self.endpoint = endpoint
        window = SendWindow(most: mostInFlight)
        self.rate = rate
    }

    var isWaiting: Bool { waitingHead < waiting.count }
    var isIdle: Bool { inFlight == 0 && !isWaiting && holders == 0 && socketCount == 0 }

    /// Trades the outbox for an empty array, so that both keep their memory.
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
    /// How many questions a port may carry before another is opened.
    static let mostQuestions = 2048
    /// How long a port may carry new questions.
    static let longestUse = Monotonic.milliseconds(2000)
    /// How many ports one server is asked from at a time.
    static let perLane = 8

    /// -1 when closed.
    var descriptor: Int32
    var lane: Int32
    var openedAt: Monotonic
    var questions = 0
    var inFlight = 0
    /// Datagrams that belonged to no question in flight.
    var strays: UInt32 = 0
    /// Whether it carries no new questions any more.
    var isRetired = false
}
