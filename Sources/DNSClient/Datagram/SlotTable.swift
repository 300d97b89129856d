/// The outstanding questions: owner, socket, ID, and the bytes that were sent.
///
/// Everything is kept in place and reused, so that a question costs no allocation. The bytes of queries are in one
/// region of memory, of which only the pages that were needed are ever touched.
struct SlotTable {
    struct Slot {
        var owner: DatagramOwner?
        var token: UInt32 = 0
        var lane: Int32 = -1
        /// The socket over which it was sent, or -1 before that.
        var socket: Int32 = -1
        var id: UInt16 = 0
        var length: UInt16 = 0
        var questionEnd: UInt16 = 0
        var exactCase = false
        var isUnsent: Bool { socket < 0 }
        /// The socket's count of unmatched datagrams when the question was sent.
        var straysBefore: UInt32 = 0
    }

    static let stride = 512

    private let queries: UnsafeMutableRawBufferPointer
    /// Not an array, since reading its elements would copy them with reference counting of their owners.
    private let slots: UnsafeMutablePointer<Slot>
    private var free: [Int32] = []
    /// The number of slots that were ever used.
    private(set) var count = 0
    let limit: Int

    init(limit: Int) {
        self.limit = limit
        queries = .allocate(byteCount: limit * Self.stride, alignment: 64)
        slots = .allocate(capacity: limit)
    }

    func deallocate() {
        slots.deinitialize(count: count)
        slots.deallocate()
        queries.deallocate()
    }

    var used: Int { count - free.count }
    var hasRoom: Bool { !free.isEmpty || count < limit }

    /// A slot in use.
    subscript(_ slot: Int32) -> Slot {
        _read { yield slots[Int(slot)] }
        nonmutating _modify { yield &slots[Int(slot)] }
    }

    /// Returns a slot for a new question, or nil if all are in use.
    mutating func take(owner: DatagramOwner, token: UInt32, lane: Int32) -> Int32? {
        if let slot = free.popLast() {
            slots[Int(slot)] = Slot(owner: owner, token: token, lane: lane)
            return slot
        }
        guard count < limit else { return nil }
        (slots + count).initialize(to: Slot(owner: owner, token: token, lane: lane))
        count += 1
        return Int32(count - 1)
    }

    mutating func release(_ slot: Int32) {
        slots[Int(slot)].owner = nil
        free.append(slot)
    }

    /// The memory of a slot's query.
    func query(_ slot: Int32) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: queries[Int(slot) * Self.stride..<(Int(slot) + 1) * Self.stride])
    }

    /// Has the owner encode the query and stores its layout.
    mutating func write(_ slot: Int32) {
        guard let owner = slots[Int(slot)].owner else { return }
        let layout = owner.write(slots[Int(slot)].token, into: query(slot))
        slots[Int(slot)].length = UInt16(layout.length)
        slots[Int(slot)].questionEnd = UInt16(layout.questionEnd)
        slots[Int(slot)].exactCase = layout.exactCase
    }
}
