import DNSWire
import FuzzDriver

// Any bytes as a message: refused with a place inside, or read, written and read again alike.
fuzz { bytes in
    do throws(WireError) {
        let message = try Message(decoding: bytes)
        let encoded = try message.encoded()
        let again = try Message(decoding: encoded)
        precondition(again == message)
        precondition(!message.json.isEmpty)
        var digester = AnswerDigester(key: .init(low: 1, high: 2))
        if let summary = try digester.summary(of: bytes.span) {
            precondition(summary.answer == digester.digest(of: message.answers))
        }
    } catch {
        precondition((0...bytes.count).contains(error.offset) || error.code == .tooLarge)
    }
}
