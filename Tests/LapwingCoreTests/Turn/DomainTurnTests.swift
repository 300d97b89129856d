import DNSWire
import LapwingCore
import Testing

/// The machine of a domain's turn, move by move, without socket, clock or store.
@Suite struct DomainTurnTests {
    /// What happens, and what the machine has to say to it; what only happens beside it gets no answer.
    enum Move: Sendable {
        case slot, same, different, memory, noMemory, gathered, lookedUp, kept, lost, carriedOut
        /// A judgement: nothing to tell; that and a rest; something doubtful; the delegation changed.
        case quiet, earnsRest, doubtful, delegationChanged
        /// Something that is told when it lasts for a minute and a half more.
        case lasting
        /// Beside the machine.
        case watchChanges, aPersonStepsIn, theRegistryAnswers, theRestIsEnded, anHourPasses, theClockJumps
    }

    struct Case: Sendable, CustomStringConvertible {
        var description: String
        /// Whether the domain is at rest before the first move.
        var rests = false
        var moves: [(Move, String)]
    }

    private static let round: [(Move, String)] = [
        (.memory, "gather"), (.gathered, "judge"), (.quiet, "write"), (.kept, "done judged"),
    ]

    static let cases: [Case] = [
        Case(description: "a round", moves: [(.slot, "recall")] + round),
        Case(
            description: "at rest, and everything is as it was: nothing is judged",
            rests: true, moves: [(.slot, "recheck"), (.same, "done unchanged"), (.slot, "recheck")]),
        Case(
            description: "at rest, and something is otherwise: no question is put twice",
            rests: true, moves: [(.slot, "recheck"), (.different, "recall"), (.memory, "gather reusing")]),
        Case(
            description: "a rest has an end", rests: true, moves: [(.anHourPasses, ""), (.slot, "recall")] + round),
        Case(
            description: "a wall clock that jumps ends a rest", rests: true,
            moves: [(.theClockJumps, ""), (.slot, "recall")] + round),
        Case(
            description: "a rest that is ended is not taken up again", rests: true,
            moves: [(.theRestIsEnded, ""), (.slot, "recall"), (.noMemory, "done broken"), (.slot, "recall")]),
        Case(
            description: "what a registry told ends a rest", rests: true,
            moves: [(.theRegistryAnswers, ""), (.slot, "recall")] + round),
        Case(
            description: "a registry that answers during a recheck: the round is a whole one", rests: true,
            moves: [(.slot, "recheck"), (.theRegistryAnswers, ""), (.same, "recall"), (.memory, "gather")]),
        Case(
            description: "a watch that changes during a recheck: the round is a whole one", rests: true,
            moves: [(.slot, "recheck"), (.watchChanges, ""), (.different, "recall"), (.memory, "gather")]),
        Case(
            description: "a person who steps in during a recheck: the round is a whole one", rests: true,
            moves: [(.slot, "recheck"), (.aPersonStepsIn, ""), (.same, "recall"), (.memory, "gather")]),
        Case(description: "a memory that cannot be read", moves: [(.slot, "recall"), (.noMemory, "done broken")]),
        Case(
            description: "a round that earns a rest",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.earnsRest, "write"),
                (.kept, "done judged"), (.slot, "recheck"),
            ]),
        Case(
            description: "who was not written down does not rest",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.earnsRest, "write"),
                (.lost, "done judged"), (.slot, "recall"),
            ]),
        Case(
            description: "a second look, with the registry asked for it",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.doubtful, "write"), (.kept, "wait 5"),
                (.carriedOut, "recall"), (.memory, "gather"), (.gathered, "lookUp"), (.lookedUp, "judge"),
                (.quiet, "write"), (.kept, "done judged"),
            ]),
        Case(
            description: "a look at its time is not shortened",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.lasting, "write"), (.kept, "wait 90"),
                (.carriedOut, "recall"),
            ]),
        Case(
            description: "a second look comes also when the first could not be written",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.doubtful, "write"), (.lost, "wait 5"),
            ]),
        Case(
            description: "a changed delegation makes the registry worth asking, once it is written down",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.delegationChanged, "write"),
                (.kept, "hurry"), (.carriedOut, "done judged"),
            ]),
        Case(
            description: "what could not be written is no reason to ask the registry",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.delegationChanged, "write"),
                (.lost, "done judged"),
            ]),
        Case(
            description: "a person steps in while it is judged: it is judged anew, with memory as it is now",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.aPersonStepsIn, ""), (.quiet, "recall"),
                (.memory, "judge"), (.quiet, "write"), (.kept, "done judged"),
            ]),
        Case(
            description: "a person steps in while it is gathered: memory is asked for again",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.aPersonStepsIn, ""), (.gathered, "recall"),
                (.memory, "judge"), (.quiet, "write"),
            ]),
        Case(
            description: "a watch that changes while it is judged: it is judged anew, and does not rest",
            moves: [
                (.slot, "recall"), (.memory, "gather"), (.gathered, "judge"), (.watchChanges, ""), (.quiet, "recall"),
                (.memory, "judge"), (.quiet, "write"),
            ]),
        Case(
            description: "somebody who steps in again and again: it is left to the next slot",
            moves: [(.slot, "recall"), (.memory, "gather"), (.gathered, "judge")]
                + (0..<3).flatMap { _ -> [(Move, String)] in
                    [(.aPersonStepsIn, ""), (.quiet, "recall"), (.memory, "judge")]
                } + [(.aPersonStepsIn, ""), (.quiet, "done broken")]),
        Case(
            description: "at most three second looks in a row",
            moves: [(.slot, "recall")]
                + (0..<3).flatMap { look -> [(Move, String)] in
                    [(.memory, "gather"), (.gathered, look == 0 ? "judge" : "lookUp")]
                        + (look == 0 ? [] : [(.lookedUp, "judge")])
                        + [(.doubtful, "write"), (.kept, "wait 5"), (.carriedOut, "recall")]
                } + [
                    (.memory, "gather"), (.gathered, "lookUp"), (.lookedUp, "judge"), (.doubtful, "write"),
                    (.kept, "done judged"),
                ]),
        Case(
            description: "an answer to another question ends the turn",
            moves: [(.slot, "recall"), (.gathered, "done broken"), (.slot, "recall")]),
    ]

    @Test("moves and answers", arguments: cases)
    func table(_ example: Case) throws {
        var stage = try Stage()
        if example.rests { try stage.earnRest() }
        for (number, (move, expected)) in example.moves.enumerated() {
            let answer = try stage.play(move)
            #expect(answer == expected, "move \(number + 1), \(move)")
        }
    }

    @Test("memory passes what a rest left out, once, however the rest ends")
    func makingUp() throws {
        for passed in [0, 1, 7] {
            var stage = try Stage()
            try stage.earnRest()
            let before = stage.memory.rounds
            for _ in 0..<passed {
                #expect(try stage.play(.slot) == "recheck")
                #expect(try stage.play(.same) == "done unchanged")
            }
            // The store could not be written: nothing of it is lost, and nothing counted twice.
            for end in [Move.lost, .kept] {
                stage.turn.endRest()
                #expect(try stage.play(.slot) == "recall")
                #expect(try stage.play(.memory) == "gather")
                #expect(try stage.play(.gathered) == "judge")
                #expect(stage.judging?.state.rounds == before + passed)
                #expect(try stage.play(.quiet) == "write")
                #expect(try stage.play(end) == "done judged")
            }
            #expect(stage.turn.isVacant)
            #expect(stage.memory.rounds == before + passed)
        }
    }

    @Test("what a registry told reaches a round, if not this one then the next")
    func registryAnswer() throws {
        var stage = try Stage()
        _ = try stage.play(.theRegistryAnswers)
        #expect(!stage.turn.isVacant)
        for move in [Move.slot, .memory, .gathered] { _ = try stage.play(move) }
        #expect(stage.judging?.snapshot.registry != nil)
        for _ in 0..<4 {
            _ = try stage.play(.aPersonStepsIn)
            _ = try stage.play(.quiet)
            _ = try stage.play(.memory)
        }
        #expect(!stage.turn.isVacant, "the round was left to the next slot, with what the registry told")
        for move in [Move.slot, .memory, .gathered] { _ = try stage.play(move) }
        #expect(stage.judging?.snapshot.registry != nil)
    }

    @Test("one gathering and one judgement on an empty memory, for who looks but once")
    func oneLook() throws {
        var stage = try Stage()
        #expect(try stage.play(.slot) == "recall")
        #expect(try stage.play(.memory) == "gather")
        #expect(try stage.play(.gathered) == "judge")
        let judgement = try #require(stage.judging).judged(by: NoCrypto())
        #expect(judgement.outcome.state.learntAt != nil)
        #expect(judgement.restsUntil == nil)
    }

    @Test("a turn ends, whatever happens and in whatever order")
    func itEnds() throws {
        let beside: [Move] = [.watchChanges, .aPersonStepsIn, .theRegistryAnswers, .theRestIsEnded, .theClockJumps]
        for seed in 1...400 as ClosedRange<UInt64> {
            var chance = seed &* 0x9E37_79B9_7F4A_7C15
            func below(_ count: Int) -> Int {
                chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((chance >> 33) % UInt64(count))
            }
            var stage = try Stage()
            if below(2) == 0 { try stage.earnRest() }
            var said = try stage.play(.slot)
            var steps = 0
            while !said.hasPrefix("done") {
                if below(3) == 0 { _ = try stage.play(beside[below(beside.count)]) }
                let answers = Self.answers(said)
                said = try stage.play(answers[below(answers.count)])
                steps += 1
                try #require(steps < 120, "seed \(seed)")
            }
            #expect(!stage.turn.isUnderWay)
        }
    }

    private static func answers(_ said: String) -> [Move] {
        switch said {
        case "recheck": [.same, .different]
        case "recall": [.memory, .memory, .noMemory]
        case "gather", "gather reusing": [.gathered]
        case "lookUp": [.lookedUp]
        case "judge": [.quiet, .earnsRest, .doubtful, .delegationChanged]
        case "write": [.kept, .lost]
        default: [.carriedOut]
        }
    }

    @Test("a million domains at rest fit into memory")
    func size() {
        #expect(MemoryLayout<DomainTurn>.stride <= 160)
    }

    /// A machine with a world of one domain around it.
    struct Stage {
        var turn = DomainTurn()
        var world: SmallWorld
        /// What the store holds.
        var memory = WatchState()
        var judging: UnjudgedRound?
        private var writing: JudgedRound?
        private var look = Look.regular
        private var wall: Int64 = 0
        private var steady: Int64 = 0

        init() throws {
            world = try SmallWorld()
        }

        mutating func earnRest() throws {
            for move in [Move.slot, .memory, .gathered, .earnsRest, .kept] { _ = try play(move) }
            #expect(turn.isAtRest)
        }

        /// Lets a minute pass, makes the move and says in a word what the machine wants.
        mutating func play(_ move: Move) throws -> String {
            switch move {
            case .watchChanges:
                world.watch.interval += 1
                return ""
            case .aPersonStepsIn:
                turn.makeUp(in: &memory)
                turn.stepIn()
                return ""
            case .theRegistryAnswers:
                turn.take(RegistryView(outcome: .registered, at: SmallWorld.start))
                return ""
            case .theRestIsEnded:
                turn.endRest()
                return ""
            case .anHourPasses:
                wall += 3600
                steady += 3600
                return ""
            case .theClockJumps:
                wall += 5
                return ""
            default:
                wall += 1
                steady += 1
                let now = DomainTurn.Conditions(
                    watch: world.watch, resolvers: [], reachesIPv6: false, longestWait: 5,
                    at: SmallWorld.start.adding(seconds: wall), monotonic: steady)
                let step = turn.next(try event(move), in: now)
                return word(step)
            }
        }

        private mutating func event(_ move: Move) throws -> DomainTurn.Event {
            switch move {
            case .slot: .slot
            case .same: .rechecked(isSame: true)
            case .different: .rechecked(isSame: false)
            case .memory: .recalled(memory)
            case .noMemory: .recalled(nil)
            case .gathered: .gathered(try gathered())
            case .lookedUp: .lookedUp(RegistryView(outcome: .registered, at: SmallWorld.start))
            case .kept: .written(keep())
            case .lost: .written(false)
            case .quiet, .earnsRest, .doubtful, .delegationChanged, .lasting: .judged(judgement(move))
            default: .carriedOut
            }
        }

        private func gathered() throws -> Gathered {
            var snapshot = try world.snapshot(look, after: 0)
            snapshot.at = SmallWorld.start.adding(seconds: wall)
            snapshot.monotonic = steady
            var seal = RoundSeal(key: AnswerDigest.Key(low: 1, high: 2))
            let address = try #require(IPAddress("192.0.2.1"))
            seal.note(world.domain, at: HostLocation(addresses: [address], outcome: .data))
            return Gathered(snapshot: snapshot, print: RoundPrint(snapshot, located: [], seal: seal))
        }

        private func judgement(_ move: Move) -> Judgement {
            var judgement = Judgement(outcome: RoundOutcome(state: judging?.state ?? WatchState()))
            switch move {
            case .earnsRest: judgement.restsUntil = SmallWorld.start.adding(seconds: wall + 1800)
            case .doubtful: judgement.outcome.secondLook = SecondLook(after: 30, asksRegistry: true)
            case .lasting:
                var look = SecondLook(after: 90)
                look.isTimed = true
                judgement.outcome.secondLook = look
            case .delegationChanged:
                judgement.outcome.changes = [
                    Change(name: world.domain, kind: .records(.ns), old: ["a."], new: ["b."], seenBy: ["parent"])
                ]
            default: break
            }
            return judgement
        }

        private mutating func keep() -> Bool {
            if let writing { memory = writing.outcome.state }
            return true
        }

        private mutating func word(_ step: DomainTurn.Step) -> String {
            switch step {
            case .recheck: return "recheck"
            case .recall: return "recall"
            case .gather(_, let reusing): return reusing ? "gather reusing" : "gather"
            case .lookUp: return "lookUp"
            case .judge(let round):
                judging = round
                return "judge"
            case .write(let round):
                writing = round
                return "write"
            case .inspect: return "inspect"
            case .hurryRegistry: return "hurry"
            case .wait(let seconds):
                look = .second(SecondLook())
                return "wait \(seconds)"
            case .done(let ending):
                look = .regular
                return "done \(ending)"
            }
        }
    }
}
