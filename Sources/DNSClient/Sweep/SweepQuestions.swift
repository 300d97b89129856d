import DNSWire

/// The questions of a sweep that are under way, each put to all servers; kept in place and used again.
struct SweepQuestions {
    /// One name and type.
    struct Question {
        var type: UInt16
        var nameLength: UInt16
        /// Servers whose answer is not in yet.
        var open: UInt16
        /// The first server's answer, when one is in.
        var said: Said?
        var differs: Bool
    }

    /// What an answer comes down to.
    struct Said: Equatable {
        var responseCode: ResponseCode
        var records: AnswerDigest
    }

    private static let stride = 256

    private let names: UnsafeMutableRawBufferPointer
    private var questions: [Question] = []
    private var free: [Int32] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        names = .allocate(byteCount: limit * Self.stride, alignment: 64)
    }

    func deallocate() {
        names.deallocate()
    }

    var hasRoom: Bool { !free.isEmpty || questions.count < limit }
    var underWay: Int { questions.count - free.count }

    subscript(_ index: Int) -> Question {
        _read { yield questions[index] }
        _modify { yield &questions[index] }
    }

    /// A place for a question; there must be room.
    mutating func take(type: UInt16, name: UnsafeRawBufferPointer, servers: Int) -> Int {
        let question = Question(
            type: type, nameLength: UInt16(name.count), open: UInt16(servers), said: nil, differs: false)
        let index: Int
        if let known = free.popLast() {
            index = Int(known)
            questions[index] = question
        } else {
            index = questions.count
            questions.append(question)
        }
        UnsafeMutableRawBufferPointer(rebasing: names[index * Self.stride..<(index + 1) * Self.stride])
            .copyMemory(from: name)
        return index
    }

    mutating func release(_ index: Int) {
        free.append(Int32(index))
    }

    func name(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index * Self.stride
        return UnsafeRawBufferPointer(rebasing: names[start..<start + Int(questions[index].nameLength)])
    }
}
