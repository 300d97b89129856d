import DNSSEC
import DNSWire
import Glibc
import LapwingCrypto

/// How fast DNSSEC validates: `warm ROUNDS COUNT [ALGORITHM...]` beside what the crypto library alone takes,
/// `walk HINTS ANCHOR [warm]` against real servers, for which `zone ALGORITHM COUNT FOLDER` writes a signed root zone.
@main
struct Exercise {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        #if canImport(LapwingProbes)
            // Not on the main thread's queue, over which each answer would take a detour.
            if words.count >= 3, words[0] == "walk" {
                return await Task.detached { await walk(hints: words[1], anchor: words[2], isWarm: words.count > 3) }
                    .value
            }
            if words.count == 4, words[0] == "zone", let algorithm = UInt8(words[1]), let count = Int(words[2]) {
                return writeZone(algorithm: algorithm, count: count, folder: words[3])
            }
        #endif
        guard words.first == "warm" else {
            print(
                "modes: warm ROUNDS COUNT [ALGORITHM...], walk HINTS ANCHOR [warm] <NAMES, "
                    + "zone ALGORITHM COUNT FOLDER")
            return
        }
        warm(words)
    }

    private static func warm(_ words: [String]) {
        let numbers = words.dropFirst().compactMap { Int($0) }
        let (rounds, count) = (numbers.first ?? 5, numbers.dropFirst().first ?? 2000)
        print("algorithm  bare verify/s  validations/s  share  unchanged answers/s")
        let algorithms = numbers.dropFirst(2).map { UInt8(truncatingIfNeeded: $0) }
        for algorithm: UInt8 in algorithms.isEmpty ? [8, 13, 14, 15, 16] : algorithms {
            guard let zone = WarmZone(algorithm: algorithm, count: count) else { continue }
            var runs: [(bare: Double, warm: Double, again: Double)] = []
            for _ in 0..<rounds { runs.append(zone.measure()) }
            let bare = median(runs.map(\.bare))
            let warm = median(runs.map(\.warm))
            let share = median(runs.map { $0.warm / $0.bare })
            print(
                "\(Algorithms.name(algorithm))  \(Int(bare))  \(Int(warm))  \(Int(share * 100)) %  "
                    + "\(Int(median(runs.map(\.again))))")
        }
    }

    /// Seconds of CPU that the process has taken.
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }
}

/// A signed root with many names, whose answers are all made beforehand.
struct WarmZone {
    private let key: SigningKey
    private let questions: [Question]
    private let replies: [Question: Message]
    private let settings: ResolverSettings
    private let verifier = LibcryptoVerifier()
    private static let now: Int64 = 1_800_000_000

    init?(algorithm: UInt8, count: Int) {
        guard let key = SigningKey(algorithm: algorithm, seed: "warm") else { return nil }
        self.key = key
        func signed(_ set: RRset) -> [Record] {
            let moment = UInt32(truncatingIfNeeded: Self.now)
            let signature = key.sign(set, signer: .root, inception: moment - 86400, expiration: moment + 86400)
            return set.records + (signature.map { [$0] } ?? [])
        }
        var replies: [Question: Message] = [:]
        func add(_ set: RRset) {
            let question = Question(name: set.name, type: set.type)
            var message = Message(flags: [.isResponse, .authoritative])
            message.questions = [question]
            message.answers = signed(set)
            replies[question] = message
        }
        add(RRset(name: .root, type: .dnskey, ttl: 86400, data: [key.dnskey.data]))
        var questions: [Question] = []
        for place in 0..<count {
            guard let name = try? Name("host\(place)."),
                let first = try? RecordData(type: .a, text: "192.0.2.\(place % 250)"),
                let second = try? RecordData(type: .a, text: "198.51.100.\(place % 250)")
            else { return nil }
            add(RRset(name: name, type: .a, ttl: 300, data: [first, second]))
            questions.append(Question(name: name, type: .a))
        }
        self.questions = questions
        self.replies = replies
        let server = NameServer(name: .root, addresses: [.v4(0x7F00_0001)])
        var settings = ResolverSettings(
            roots: RootHints(servers: [server]), anchors: TrustAnchors(records: [key.record(zone: .root)]))
        settings.keepsTrace = false
        self.settings = settings
    }

    /// The rates of one round: the library alone, validations of answers new to us, and of the same answers again.
    func measure() -> (bare: Double, warm: Double, again: Double) {
        let sets = questions.compactMap { question -> (bytes: [UInt8], signature: [UInt8])? in
            guard let message = replies[question], let fields = message.answers.last.flatMap({ RRSIG($0.data) }) else {
                return nil
            }
            let set = RRset.grouping(message.answers.dropLast())
            return set.first.flatMap { CanonicalForm.signedBytes($0, fields) }.map { ($0, fields.signature) }
        }
        var good = 0
        let bare = rate(sets.count) {
            for set in sets {
                let verdict = verifier.verify(
                    algorithm: key.dnskey.algorithm, publicKey: key.dnskey.publicKey, data: set.bytes,
                    signature: set.signature)
                if verdict == true { good += 1 }
            }
        }
        var memory = ResolutionCache()
        validate(Question(name: .root, type: .dnskey), &memory)
        let warm = rate(questions.count) { for question in questions { good += validate(question, &memory) } }
        let again = rate(questions.count) { for question in questions { good += validate(question, &memory) } }
        precondition(good == 3 * questions.count, "something did not validate")
        return (bare, warm, again)
    }

    @discardableResult private func validate(_ question: Question, _ memory: inout ResolutionCache) -> Int {
        var resolver = Resolver(
            question: question, settings: settings, memory: memory.takeAll(), verifier: verifier, now: Self.now)
        var step = resolver.start()
        while case .ask(let queries) = step {
            step = resolver.receive(
                queries.map { query in
                    (query, replies[Question(name: query.name, type: query.type)].map { .message($0) } ?? .timeout)
                })
        }
        memory = resolver.takeMemory()
        guard case .done(let resolution) = step else { return 0 }
        return resolution.proof.verdict == .secure ? 1 : 0
    }

    /// How often a second of CPU, of which other programs take nothing, would see the work done.
    private func rate(_ count: Int, _ work: () -> Void) -> Double {
        let start = Exercise.seconds()
        work()
        return Double(count) / (Exercise.seconds() - start)
    }
}
