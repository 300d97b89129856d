import DNSWire
import Testing

/// The fixture holds what dnspython signed, and the bytes that it fed to HMAC-SHA256.
@Suite("Signed transactions")
struct TransactionTests {
    let values: [String: [UInt8]]
    let key: TransactionKey
    let time: UInt64 = 1_790_000_000

    init() throws {
        var values: [String: [UInt8]] = [:]
        for line in try Fixture.lines("tsig.txt") {
            let parts = line.split(separator: " ")
            values[String(parts[0])] = Fixture.bytes(parts[1])
        }
        self.values = values
        let codes = values.keys.filter { $0.hasSuffix("-input") }.map { name in
            (values[name] ?? [], values[name.replacing("-input", with: "-code")] ?? [])
        }
        let table = Dictionary(uniqueKeysWithValues: codes)
        key = TransactionKey(name: try Name("key.example"), algorithm: try Name("hmac-sha256")) { input in
            table[input] ?? [UInt8](repeating: 0, count: 32)
        }
    }

    func value(_ name: String) throws -> [UInt8] { try #require(values[name]) }

    @Test("a question is signed as dnspython signs it")
    func sign() throws {
        let signed = try key.sign(try value("question-unsigned"), at: time)
        #expect(signed.code == (try value("question-code")))
        let theirs = try Message(decoding: try value("question"))
        #expect(TSIG(try #require(theirs.additionals.last).data)?.mac == signed.code)
        #expect(try Message(decoding: signed.message).additionals == theirs.additionals)
    }

    @Test("an answer and a stream of answers are accepted")
    func accept() throws {
        var check = TransactionCheck(key: key, requestCode: try value("question-code"))
        try check.check(try value("answer"), at: time + 300)
        #expect(check.isComplete)
        var stream = TransactionCheck(key: key, requestCode: try value("question-code"))
        for index in 0..<3 { try stream.check(try value("stream-\(index)"), at: time) }
        #expect(stream.isComplete)
    }

    @Test("what is wrong with a signature is told apart")
    func refuse() throws {
        let answer = try value("answer")
        let code = try value("question-code")
        func fault(_ message: [UInt8], at now: UInt64, code: [UInt8], key: TransactionKey) -> TransactionFault? {
            var check = TransactionCheck(key: key, requestCode: code)
            return #expect(throws: TransactionFault.self) { try check.check(message, at: now) }
        }
        #expect(fault(answer, at: time + 301, code: code, key: key) == .wrongTime(signed: time))
        #expect(fault(answer, at: time, code: [], key: key) == .wrongCode)
        #expect(fault(try value("question-unsigned"), at: time, code: code, key: key) == .notSigned)
        var changed = answer
        changed[38] ^= 1
        #expect(fault(changed, at: time, code: code, key: key) == .wrongCode)
        let other = TransactionKey(name: .root, algorithm: key.algorithm, authenticationCode: key.authenticationCode)
        #expect(
            fault(answer, at: time, code: code, key: other)
                == .otherKey(name: try Name("key.example"), algorithm: key.algorithm))
        #expect(fault([1], at: time, code: code, key: key) == .malformed(WireError(.truncated, at: 1)))
    }
}
