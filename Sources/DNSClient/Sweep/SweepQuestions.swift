import DNSWire

/// The outstanding questions of a sweep, each of which is asked at all servers; kept in place and reused.
struct SweepQuestions {
    /// One name and type.
    struct Question {
        var type: UInt16
        var nameLength: UInt16
        /// The number of servers without an answer so far.
        var open: UInt16
        /// The first answer; nil if there is none yet.
        var said: Said?
        var differs: Bool
    }

    /// The essential content of an answer.
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

    /// Returns an index for a question; there must be room.
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
