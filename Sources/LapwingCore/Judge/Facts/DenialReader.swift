import DNSSEC
import DNSWire

/// Finds the names whose hashes are needed to read denials by NSEC3.
struct DenialReader {
    private let inputs: [NSEC3Hash.Input]

    /// - Parameter isSigned: whether resolvers validate the domain: its parent has a DS, or had one that may still be
    ///   cached.
    init(servers: [ServerFact], isSigned: Bool) {
        var inputs: [NSEC3Hash.Input] = []
        var seen: Set<NSEC3Hash.Input> = []
        for server in isSigned ? servers : [] where server.isListed && server.answers {
            for (key, answer) in server.view.answers where answer.outcome == .noData && answer.aliases.isEmpty {
                for proof in Self.proofs(in: answer).map(\.proof) where proof.iterations <= Limits.hashIterations {
                    let input = Self.input(key.name, proof)
                    if seen.insert(input).inserted { inputs.append(input) }
                }
            }
        }
        // The inputs that the budget excludes must not depend on the order of a hash table.
        self.inputs = inputs.sorted { ($0.name, $0.iterations) < ($1.name, $1.iterations) }
    }

    /// Returns the NSEC3 records of a denial; a proof needs three of them.
    static func proofs(in answer: Answer) -> [(owner: Name, proof: NSEC3)] {
        answer.authority.lazy.filter { $0.type == .nsec3 && !$0.name.isRoot }.prefix(Limits.denialRecords).compactMap {
            record in
            NSEC3(record.data).flatMap { $0.hashAlgorithm == 1 ? (record.name, $0) : nil }
        }
    }

    static func input(_ name: Name, _ proof: NSEC3) -> NSEC3Hash.Input {
        NSEC3Hash.Input(name: name.folded, iterations: proof.iterations, salt: proof.salt)
    }

    func hashes(_ judge: inout SignatureJudge) -> [NSEC3Hash.Input: [UInt8]] {
        var found: [NSEC3Hash.Input: [UInt8]] = [:]
        for input in inputs { found[input] = judge.hash(input.name, iterations: input.iterations, salt: input.salt) }
        return found
    }

    func leavesOut(_ hashes: [NSEC3Hash.Input: [UInt8]]) -> Bool { inputs.contains { hashes[$0] == nil } }
}
