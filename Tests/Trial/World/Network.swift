import DNSClient
import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes
import LapwingSimulation

/// What becomes of datagrams, in thousandths.
struct Weather {
    var lost: Int
    /// That come when nobody waits for them any more, or nearly so.
    var late: Int
    /// That come twice.
    var repeated: Int
    /// That are cut short, so that a stream is needed; of streams as many are lost as of datagrams.
    var truncated: Int
    /// Before which a forged one comes, that carries another id, another question or another source.
    var forged: Int

    init(dice: inout Dice) {
        lost = dice.pick([0, 10, 30, 100]) ?? 0
        late = dice.pick([0, 20]) ?? 0
        repeated = dice.pick([0, 50]) ?? 0
        truncated = dice.pick([0, 100]) ?? 0
        forged = dice.pick([0, 300]) ?? 0
    }
}

/// Rounds of one process that are made by all that the daemon has between its engine and the sockets: driver of rounds,
/// locator of servers, resolver, client. Other domains of a trial are seen by a shorter way, which takes less time.
final class WholeRounds: @unchecked Sendable {
    private let trial: Trial.Box
    private let clock: EngineClock
    private let threads: VirtualThreads
    private let life: Int
    private var drivers: [Name: RoundDriver] = [:]
    /// Datagrams and streams that have brought something, by domain.
    private var heard: [Name: Int] = [:]
    /// What was asked by datagram in the round that is under way, by domain: how often, and whether anything came of it.
    private var tries: [Name: [Asked: (count: Int, isHeard: Bool)]] = [:]

    /// A question to a server.
    private struct Asked: Hashable {
        var server: ServerAddress
        var question: Question
    }

    init(_ trial: Trial.Box, _ clock: EngineClock, _ threads: VirtualThreads, life: Int) {
        self.trial = trial
        self.clock = clock
        self.threads = threads
        self.life = life
    }

    /// A round, and whether anything was heard in it.
    func gather(
        _ walk: RoundWalk, _ known: [ProbeTask: ProbeReply]
    ) async -> (gathered: Gathered, sawNothing: Bool)? {
        guard let driver = driver(of: walk.domain) else { return nil }
        let before = heard[walk.domain] ?? 0
        tries[walk.domain] = [:]
        let gathered = await driver.gather(walk, known: known)
        checkTries(walk.domain)
        checkPlaces(gathered.snapshot)
        return (gathered, heard[walk.domain] ?? 0 == before && known.isEmpty)
    }

    func recheck(_ walk: RoundWalk, _ print: RoundPrint) async -> Recheck? {
        guard let driver = driver(of: walk.domain) else { return nil }
        tries[walk.domain] = [:]
        let recheck = await driver.recheck(walk, print)
        checkTries(walk.domain)
        return recheck
    }

    /// No question was given up before its time.
    private func checkTries(_ domain: Name) {
        guard let trial = trial.trial, trial.life.number == life,
            let (asked, _) = tries[domain]?.first(where: { $1.count < 2 && !$1.isHeard })
        else { return }
        trial.finds("\(asked.question.name) \(asked.question.type) was put to \(asked.server) once, and given up")
    }

    /// What this way found out of servers is what is so in the world.
    private func checkPlaces(_ snapshot: Snapshot) {
        guard let trial = trial.trial, trial.life.number == life else { return }
        let domain = snapshot.domain
        for host in snapshot.parent.hosts where host.lookup == nil && !host.addresses.isEmpty {
            // What was found is used again for a while.
            let seconds = stride(from: trial.second, through: max(0, trial.second - Self.longestUse), by: -20)
            let truths = seconds.compactMap { trial.domains.addresses(of: host.name, in: domain, at: $0) }
            guard !truths.isEmpty, !truths.contains(where: { Set($0) == Set(host.addresses) }) else { continue }
            trial.finds("\(host.name) is taken to live at \(host.addresses), and lives at \(truths[0])")
        }
    }

    /// Seconds for which an address may be out of date: the five minutes for which it is used again, and what a round may last.
    private static let longestUse = 300 + 120

    private func driver(of domain: Name) -> RoundDriver? {
        if let known = drivers[domain] { return known }
        guard let trial = trial.trial, trial.whole.contains(domain),
            let place = trial.domains.surroundings(of: domain)
        else { return nil }
        let (box, clock) = (self.trial, clock)
        let surroundings = PlayedSurroundings(
            roots: place.roots, registrable: place.registrable,
            isRegistered: { name in
                guard let trial = box.trial, !trial.isOffline else { return nil }
                return trial.domains.isRegistered(name, in: domain, at: trial.second)
            },
            usesIPv6: false, steady: clock.steady, threads: threads, random: Dice(seed: trial.dice.next()))
        let made = RoundDriver(playing: network(of: domain), in: surroundings, verifier: LibcryptoVerifier())
        drivers[domain] = made
        return made
    }

    private func network(of domain: Name) -> PlayedNetwork {
        let clock = clock
        var network = PlayedNetwork(
            datagrams: { [self] query, server in datagrams(query, server, domain) },
            stream: { [self] query, server in
                try? await clock.sleep(0.04)
                guard let trial = trial.trial, !trial.strikes(trial.weather.lost) else { return nil }
                return answer(query, server, domain, overStream: true)
            })
        network.random = { [trial] in trial.trial?.dice.next() ?? 0 }
        network.now = { Monotonic(nanoseconds: clock.elapsed() * 1_000_000) }
        network.wait = { moment in
            let left = moment.nanoseconds - clock.elapsed() * 1_000_000
            if left > 0 { try? await clock.sleep(Double(left) / 1e9) }
        }
        return network
    }

    private func answer(
        _ query: [UInt8], _ server: ServerAddress, _ domain: Name, overStream: Bool
    ) -> [UInt8]? {
        guard let trial = trial.trial, !trial.isOffline, let address = server.address,
            let answer = trial.domains.answer(
                in: domain, from: address, overStream: overStream, to: query, at: trial.second)
        else { return nil }
        heard[domain, default: 0] += 1
        return answer
    }

    private func datagrams(
        _ query: [UInt8], _ server: ServerAddress, _ domain: Name
    ) -> [PlayedNetwork.Datagram] {
        guard let trial = trial.trial else { return [] }
        let question = (try? Message(decoding: query))?.questions.first
        let asked = question.map { Asked(server: server, question: $0) }
        if let asked { tries[domain, default: [:]][asked, default: (0, false)].count += 1 }
        guard !trial.isOffline else { return [] }
        let weather = trial.weather
        var coming: [PlayedNetwork.Datagram] = []
        if trial.strikes(weather.forged) { coming += trial.forgery(of: query).map { [$0] } ?? [] }
        guard !trial.strikes(weather.lost), let bytes = answer(query, server, domain, overStream: false) else {
            return coming
        }
        if let asked { tries[domain]?[asked]?.isHeard = true }
        var answer = PlayedNetwork.Datagram(bytes)
        if trial.strikes(weather.truncated), let short = Self.truncated(bytes) { answer.bytes = short }
        if trial.strikes(weather.late) { answer.milliseconds = Int64(300 + trial.dice.below(6000)) }
        coming.append(answer)
        if trial.strikes(weather.repeated) {
            answer.milliseconds += Int64(trial.dice.below(1000))
            coming.append(answer)
        }
        return coming
    }

    /// The header and the question with the bit TC.
    private static func truncated(_ bytes: [UInt8]) -> [UInt8]? {
        guard var message = try? Message(decoding: bytes) else { return nil }
        message.flags.insert(.truncated)
        message.answers = []
        message.authorities = []
        message.additionals = []
        return try? message.encoded()
    }
}

extension Trial {
    /// Whether something happens that does so many times in a thousand.
    func strikes(_ thousandths: Int) -> Bool { thousandths > 0 && dice.below(1000) < thousandths }

    /// An answer that would do harm if it were taken: it says that there is nothing, or leads elsewhere.
    func forgery(of query: [UInt8]) -> PlayedNetwork.Datagram? {
        guard var message = try? Message(decoding: query), let question = message.questions.first else { return nil }
        message.flags = [.isResponse, .authoritative, .recursionAvailable]
        message.additionals = []
        if question.type == .a, dice.oneIn(2) {
            message.answers = [
                Record(name: question.name, ttl: 86_400, data: Address(address: .v4(0xC633_6442)).data)
            ]
        } else {
            message.responseCode = .nxDomain
        }
        guard var bytes = try? message.encoded(), bytes.count > 14 else { return nil }
        var datagram = PlayedNetwork.Datagram(bytes, milliseconds: 5)
        switch dice.below(3) {
        case 0: bytes[1] ^= 0x55
        // The first letter of the name is another one.
        case 1 where bytes[12] > 0: bytes[13] = bytes[13] == 0x7A ? 0x79 : 0x7A
        default: datagram.isFromServer = false
        }
        datagram.bytes = bytes
        return datagram
    }
}
