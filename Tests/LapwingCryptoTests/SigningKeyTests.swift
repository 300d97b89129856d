import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

@Suite struct SigningKeyTests {
    static let algorithms: [UInt8] = [5, 7, 8, 10, 13, 14, 15, 16]

    @Test(arguments: algorithms) func signsWhatVerifies(algorithm: UInt8) throws {
        let zone = try Name("example.")
        let key = try #require(SigningKey(algorithm: algorithm, seed: "test", bits: 1024))
        let data = try RecordData(type: .a, text: "192.0.2.1")
        let set = RRset(name: try Name("www.example."), type: .a, ttl: 300, data: [data])
        let record = try #require(key.sign(set, signer: zone, inception: 1000, expiration: 2000))
        let fields = try #require(RRSIG(record.data))
        let bytes = try #require(CanonicalForm.signedBytes(set, fields))
        let verifier = LibcryptoVerifier()
        func verdict(_ data: [UInt8], _ signature: [UInt8]) -> Bool? {
            verifier.verify(
                algorithm: algorithm, publicKey: key.dnskey.publicKey, data: data, signature: signature)
        }
        #expect(verdict(bytes, fields.signature) == true)
        #expect(verdict(bytes + [0], fields.signature) == false)
        #expect(verdict(bytes, Array(fields.signature.dropLast())) == false)
        #expect(verdict(bytes, []) == false)
        #expect(key.sign(set, signer: zone, inception: 1000, expiration: 2000) == record, "the same in every run")
        #expect(SigningKey(algorithm: algorithm, seed: "test", bits: 1024)?.dnskey == key.dnskey)
        #expect(SigningKey(algorithm: algorithm, seed: "other", bits: 1024)?.dnskey != key.dnskey)
    }

    @Test func unknownAlgorithmIsNotFalse() {
        for algorithm: UInt8 in [0, 1, 3, 6, 9, 12, 17, 200, 253, 255] {
            #expect(LibcryptoVerifier().verify(algorithm: algorithm, publicKey: [1], data: [2], signature: [3]) == nil)
        }
    }

    @Test(arguments: algorithms) func brokenKeysAreFalse(algorithm: UInt8) {
        let keys: [[UInt8]] = [
            [], [0], [0, 0, 0], [1], [1, 3], [3, 1, 0, 1], [0, 255, 255, 1], [255] + [UInt8](repeating: 1, count: 80),
            [UInt8](repeating: 0, count: 64), [UInt8](repeating: 255, count: 96), [1, 0, 0], [1, 1, 1],
        ]
        for key in keys {
            for length in [1, 64, 96, 114, 256] {
                let signature = [UInt8](repeating: 7, count: length)
                let verdict = LibcryptoVerifier().verify(
                    algorithm: algorithm, publicKey: key, data: [1, 2, 3], signature: signature)
                #expect(verdict == false)
            }
        }
    }

    /// Modulus and exponent in bits: what is larger is not verified at all, and so neither good nor false.
    @Test(arguments: [
        (4096, 64, false), (4097, 17, true), (4104, 17, true), (16384, 17, true), (2048, 65, true),
        (2048, 2048, true), (2048, 33, false),
    ])
    func largeKeysAreNotUsed(modulus: Int, exponent: Int, isUnused: Bool) {
        func number(_ bits: Int) -> [UInt8] {
            let rest = [UInt8](repeating: 0xFF, count: (bits - 1) / 8)
            return [UInt8(truncatingIfNeeded: (1 << ((bits - 1) % 8 + 1)) - 1)] + rest
        }
        for padding in 0...2 {
            // Zeros before a number do not make it larger.
            let power = [UInt8](repeating: 0, count: padding) + number(exponent)
            let length =
                power.count < 256 ? [UInt8(power.count)] : [0, UInt8(power.count >> 8), UInt8(power.count & 0xFF)]
            let key = length + power + [UInt8](repeating: 0, count: padding) + number(modulus)
            for algorithm: UInt8 in [5, 7, 8, 10] {
                let verdict = LibcryptoVerifier().verify(
                    algorithm: algorithm, publicKey: key, data: [1, 2, 3],
                    signature: [UInt8](repeating: 7, count: modulus / 8))
                #expect(verdict == (isUnused ? nil : false))
            }
        }
    }

    @Test func shortKeysSign() throws {
        let key = try #require(SigningKey(algorithm: 8, seed: "short", bits: 512))
        #expect(key.dnskey.publicKey.count == 4 + 64)
        #expect(SigningKey(algorithm: 8, seed: "short", bits: 500) == nil)
        let set = RRset(name: .root, type: .txt, ttl: 1, data: [try RecordData(type: .txt, text: "\"x\"")])
        #expect(key.sign(set, signer: .root, inception: 0, expiration: 1) != nil)
        let tooSmall = try #require(SigningKey(algorithm: 10, seed: "short", bits: 512))
        #expect(tooSmall.sign(set, signer: .root, inception: 0, expiration: 1) == nil)
    }
}
