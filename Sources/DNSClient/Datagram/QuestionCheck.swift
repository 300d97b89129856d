/// Checks whether a datagram answers the question that was sent (RFC 5452, section 9.1).
enum QuestionCheck {
    enum Verdict {
        case answers
        /// A message, but not a reply, or a reply to another question.
        case differs
    }

    /// Compares a datagram with the outstanding query with the same ID.
    ///
    /// `questionEnd` is the end of the query's question section, in bytes from its start; with `exactCase` letters must
    /// have the case in which they were sent.
    static func verdict(
        reply: UnsafeRawBufferPointer, query: UnsafeRawBufferPointer, questionEnd: Int, exactCase: Bool
    ) -> Verdict {
        let isReply = reply[2] & 0x80 != 0
        let sameOpCode = (reply[2] ^ query[2]) & 0x78 == 0
        guard isReply, sameOpCode else { return .differs }
        if reply[4] == 0, reply[5] == 0 {
            // A server that could not parse the question does not repeat it, and only reports that.
            let code = reply[3] & 0x0F
            let hasNoAnswer = reply[6] == 0 && reply[7] == 0
            return hasNoAnswer && (code == 1 || code == 2 || code == 4 || code == 5) ? .answers : .differs
        }
        guard reply[4] == 0, reply[5] == 1, reply.count >= questionEnd else { return .differs }
        var index = 12
        while index < questionEnd {
            let left = reply[index]
            let right = query[index]
            if left != right {
                // Label lengths are below the range of letters, so case folding cannot confuse the two.
                guard !exactCase, index < questionEnd - 4, folded(left) == folded(right) else { return .differs }
            }
            index += 1
        }
        return .answers
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}
