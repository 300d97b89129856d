import CTrialDisk
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingSimulation
import LapwingStore
import LapwingWeb

/// The whole program in one world that a seed decides: domains with stories, a disk and receivers that fail, people who act,
/// and processes that are killed between any two effects.
///
/// Everything runs on one thread, on virtual time; the same seed gives the same run to the byte.
final class Trial: @unchecked Sendable {
    /// Milliseconds of trouble, and then of rest, in which everything must come to an end that was begun.
    struct Length {
        var trouble: Int64 = 3 * 3_600_000
        var rest: Int64 = 2 * 3_600_000
    }

    let seed: UInt64
    let time: VirtualTime
    let receivers = Receivers()
    let checks: Checks
    private(set) var life: Life
    private(set) var settings: Settings {
        didSet { watched = Self.watched(settings) }
    }
    /// As the page wants them, in the order of their names; one list as long as the settings are the same, as in the daemon.
    private var watched: [WatchedDomain]
    var dice: Dice
    var domains: DemoDomains
    /// Domains that are seen through all that the daemon has between its engine and the sockets.
    let whole: Set<Name>
    /// What becomes of their datagrams.
    let weather: Weather
    /// What may happen in the world.
    private let stories: [DemoEvent]
    /// What a part of the trial has found that must never be so.
    private var found: String?
    private let length: Length
    private let folder: String
    /// What happened, for who looks for the cause of a violation.
    private(set) var log: [String] = []
    var steps = 0
    /// The same until the last process was asked to end.
    private(set) var played = 0
    private(set) var kills = 0
    var trace = Trace()
    private(set) var isDiskWell = true
    private(set) var isOffline = false
    /// Whether the latest regular round of a domain in this process saw anything, and when that was.
    private(set) var sights: [Name: (sawNothing: Bool, at: Int64)] = [:]
    /// What goes wrong.
    private var plan: Plan
    /// Whether the process that was killed while it sent something lost its power as well.
    private var losesPower = false
    /// Whether everything is well from now on.
    private(set) var isHealed = false
    /// Killed processes, whose tasks are never run again.
    private var dead: [Life] = []

    private static let epoch = Timestamp(seconds: 1_790_000_000)
    static let channels = ["ops", "pager", "chat"]

    init(seed: UInt64, folder: String, length: Length = Length()) throws {
        self.seed = seed
        self.folder = folder
        self.length = length
        var dice = Dice(seed: seed)
        time = VirtualTime(beginning: Self.epoch, lead: Int64(DemoDomains.learning) * 1000)
        domains = try DemoDomains(DemoScript(epoch: Self.epoch))
        settings = Self.settings(domains, withAll: true)
        watched = Self.watched(settings)
        // Always the one to which nothing happens, and one in five of the others.
        let all = domains.watches.map(\.domain)
        var whole = Set(all.filter { "\($0)".hasPrefix("kiosk.") })
        for domain in all where dice.oneIn(5) { whole.insert(domain) }
        let renumbered = dice.pick(DemoEvent.scenes).flatMap { try? Name($0) }
        if let renumbered { whole.insert(renumbered) }
        self.whole = whole
        stories = DemoEvent.all + Array(repeating: renumbered.map(DemoEvent.renumbering), count: 3).compactMap(\.self)
        weather = Weather(dice: &dice)
        plan = Plan(dice: &dice, until: length.trouble)
        self.dice = dice
        guard trial_disk_install(seed) != 0 else { throw Violation("no disk") }
        let path = folder + "/0"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let box = Box()
        self.box = box
        life = try Self.makeLife(0, path, settings, time, box)
        checks = Checks(receivers: receivers)
        box.trial = self
        for visitor in Visitor.all { try visitor.enter(life.store, at: Self.epoch) }
        for watch in domains.watches {
            guard let outcome = domains.learnt(watch.domain) else { continue }
            _ = try life.store.commit(
                RoundRecord(
                    domain: watch.domain, at: Self.epoch, sightings: [], outcome: outcome, keepsState: true))
        }
        life = try Self.makeLife(1, try renewed(to: 1, withoutPower: false), settings, time, box)
    }

    private let box: Box
    /// Writes of the disk when ``touch()`` last looked.
    private var touched: Int64 = 0

    /// What a process reaches its world by; it is made before the world is.
    final class Box: @unchecked Sendable {
        weak var trial: Trial?
    }

    static func settings(_ domains: DemoDomains, withAll: Bool) -> Settings {
        var settings = Settings()
        settings.watches = withAll ? domains.watches : Array(domains.watches.dropFirst(2))
        for place in settings.watches.indices where settings.watches[place].domain.description.utf8.count % 2 == 0 {
            settings.watches[place].tags = [Visitor.tag]
        }
        settings.resolvers = domains.resolvers
        settings.secondLook = 30
        settings.channels = [
            Channel(name: "ops", kind: .webhook(url: "http://ops.test/", secret: nil)),
            Channel(name: "pager", kind: .pagerDuty(url: "http://pager.test/", routingKey: "k")),
        ]
        if withAll { settings.channels.append(Channel(name: "chat", kind: .slack(url: "http://chat.test/"))) }
        var all = Route(channels: ["ops"], severity: .info, changes: true)
        all.goesOn = true
        var pages = Route(channels: ["pager"], severity: .critical)
        pages.goesOn = true
        if withAll {
            pages.fallback = ["chat"]
            pages.escalations = [Route.Escalation(after: 1800, channels: ["chat"])]
        }
        settings.routes = [all, pages]
        if withAll { settings.routes.append(Route.standard(["chat"], digest: .standard)) }
        return settings
    }

    /// The files as the next process finds them.
    private func renewed(to number: Int, withoutPower: Bool) throws -> String {
        let path = "\(folder)/\(number)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        trial_disk_restart("\(folder)/\(number - 1)/", path + "/", withoutPower ? 1 : 0)
        return path
    }

    private static func makeLife(
        _ number: Int, _ path: String, _ settings: Settings, _ time: VirtualTime, _ box: Box
    ) throws -> Life {
        try Life(
            number, directory: path, settings: settings, time: time,
            parts: { clock, threads in
                let rounds = WholeRounds(box, clock, threads, life: number)
                return EngineParts(
                    gather: { walk, known in
                        guard let trial = box.trial else { return Gathered(snapshot: walk.blank) }
                        return await trial.gather(walk, known, clock, rounds, life: number)
                    },
                    recheck: { walk, print in
                        guard let trial = box.trial else { return .different([:]) }
                        return await trial.recheck(walk, print, clock, rounds)
                    },
                    lookUp: { box.trial?.lookUp($0) }, registry: { "\($0.parent ?? $0)" },
                    verifier: LibcryptoVerifier(), clock: clock, reachesIPv6: false, bench: .inPlace)
            }, chance: { box.trial?.chance() ?? 0.5 }, watches: { box.trial?.watched ?? [] },
            courier: { clock, store, notice in
                guard let trial = box.trial else { return .refused("no world") }
                return await trial.take(notice, clock, store, life: number)
            })
    }

    private static func watched(_ settings: Settings) -> [WatchedDomain] {
        settings.watches.sorted { $0.domain < $1.domain }.map { WatchedDomain(watch: $0, isFromFile: true) }
    }

    func chance() -> Double { Double(dice.below(1000)) / 1000 }
}

// MARK: What processes see of the world

extension Trial {
    var second: Int { Int(time.passed / 1000) }

    private func gather(
        _ walk: RoundWalk, _ known: [ProbeTask: ProbeReply], _ clock: EngineClock, _ rounds: WholeRounds, life: Int
    ) async -> Gathered {
        if let (gathered, sawNothing) = await rounds.gather(walk, known) {
            note(sawNothing: sawNothing, gathered.snapshot, life)
            return gathered
        }
        try? await clock.sleep(Double(dice.below(3000)) / 1000)
        if plan.actsInRounds, !isHealed, dice.oneIn(8) { acceptsWhatIsOpen(of: walk.domain) }
        // The answers come, and are judged, after what people do meanwhile was carried out.
        try? await clock.sleep(Double(dice.below(3000)) / 1000)
        guard !isOffline, var gathered = domains.gather(walk, known: known, isSealed: true, at: second) else {
            let blank = walk.blank
            note(sawNothing: true, blank, life)
            return Gathered(snapshot: blank)
        }
        note(sawNothing: false, gathered.snapshot, life)
        gathered.snapshot.at = clock.now()
        return gathered
    }

    private func note(sawNothing: Bool, _ snapshot: Snapshot, _ life: Int) {
        guard self.life.number == life else { return }
        sights[snapshot.domain] = snapshot.look == .regular ? (sawNothing, time.passed) : nil
    }

    private func recheck(
        _ walk: RoundWalk, _ print: RoundPrint, _ clock: EngineClock, _ rounds: WholeRounds
    ) async -> Recheck {
        if let recheck = await rounds.recheck(walk, print) { return recheck }
        try? await clock.sleep(Double(dice.below(1000)) / 1000)
        guard !isOffline else { return .different([:]) }
        return domains.recheck(walk, print, at: second)
    }

    func lookUp(_ domain: Name) -> RegistryView? {
        isOffline ? nil : domains.lookUp(domain, at: second)
    }

    private func take(_ notice: Notice, _ clock: EngineClock, _ store: Store, life: Int) async -> Receipt {
        try? await clock.sleep(Double(dice.below(500)) / 1000)
        // What a dead process was about to send is not sent.
        guard trial_disk_is_dead() == 0, self.life.number == life else { return .tryAgain(reason: "dead", after: nil) }
        let answer = receivers.answer(notice, at: time.passed, isFromMemory: store.trouble != nil)
        trace.note("\(time.passed) \(notice.id) \(answer.receipt)")
        if plan.killsAtSends, !isHealed, dice.oneIn(12) {
            losesPower = dice.oneIn(2)
            trial_disk_die()
        }
        try? await clock.sleep(answer.seconds)
        return answer.receipt
    }
}

extension RoundWalk {
    /// A round in which nothing was seen.
    var blank: Snapshot {
        var snapshot = broken(off: RootSight(known: 0, arePublic: false))
        snapshot.roots = nil
        return snapshot
    }
}

// MARK: The course of a trial

extension Trial {
    /// Runs to the end, or to the first violation.
    func run() throws {
        life.begin()
        checks.allowLateness(self)
        while time.passed < length.trouble {
            try step(to: min(plan.next, length.trouble))
            while plan.next <= time.passed { try happen(plan.take()) }
        }
        try heal()
        let end = time.passed + length.rest
        while time.passed < end { try step(to: end) }
        try checks.end(self)
        // Who asks a process to end is a library with threads of its own. What comes after is checked like everything else, but
        // in which order the services end, and within how many jobs, no seed decides.
        trace.note("\(trial_disk_digest(life.directory))")
        played = steps
        life.end()
        var left = 5000
        while !life.hasEnded, left > 0 {
            try step(to: time.passed + 1000)
            // Otherwise the time of the trial runs ahead of the threads of the system, and looks would be overdue.
            if !life.hasEnded { usleep(20_000) }
            left -= 1
        }
        if !life.hasEnded { throw Violation("the process does not end when it is asked to") }
        try checks.afterEnd(self)
    }

    /// Lets everything happen that is ready, and goes on to the next moment.
    private func step(to limit: Int64) throws {
        var jobs = 0
        while life.threads.runOne({ dice.below($0) }) {
            steps += 1
            jobs += 1
            touch()
            if trial_disk_is_dead() != 0 {
                defer { losesPower = false }
                return try restart("it was killed while it wrote or sent", withoutPower: losesPower)
            }
            if jobs > 200_000 { throw Violation("more than 200,000 jobs at one moment") }
        }
        if let found { throw Violation(found) }
        try checks.step(self)
        time.advance(to: limit)
    }

    /// Whoever looks at the log of the store sees that it was written.
    private func touch() {
        let operations = trial_disk_operations()
        guard operations != touched else { return }
        touched = operations
        let descriptor = open(life.mark, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { return }
        _ = ftruncate(descriptor, off_t(operations))
        close(descriptor)
    }

    private func restart(_ how: String, withoutPower: Bool = false) throws {
        kills += 1
        say("\(how)\(withoutPower ? ", and the power was lost" : "")")
        time.bury(life: life.number)
        dead.append(life)
        let number = life.number + 1
        let path = try renewed(to: number, withoutPower: withoutPower)
        if withoutPower { time.switchOn() }
        life = try Self.makeLife(number, path, settings, time, box)
        sights = [:]
        try checks.restarted(self)
        life.begin()
    }

    /// Ends the trial with what was found at the next moment.
    func finds(_ fault: String) { found = found ?? fault }

    func say(_ text: String) { log.append("\(Double(time.passed) / 1000) s: \(text)") }

    private func heal() throws {
        say("everything is well from now on")
        trial_disk_set_mode(trial_disk_well)
        isDiskWell = true
        isHealed = true
        checks.allowLateness(self)
        checks.clockWasSet()
        isOffline = false
        time.set(offset: 0)
        for channel in Self.channels { receivers.set(channel, .takes) }
        if settings.channels.count < 3 { reload(withAll: true) }
    }

    private func reload(withAll: Bool) {
        settings = Self.settings(domains, withAll: withAll)
        life.reload(settings)
        checks.allowLateness(self)
    }

    private func happen(_ event: Plan.Event) throws {
        say("\(event)")
        switch event {
        case .story(let place):
            let moment = try domains.cause(stories[place % stories.count], at: second)
            say(moment.map { "\($0.domain): \($0.text)" } ?? "it is still under way")
        case .kill: try restart("it was killed")
        case .killWhileWriting(let operations): trial_disk_die_after(Int64(operations))
        case .powerLoss:
            trial_disk_die()
            try restart("it was killed", withoutPower: true)
        case .disk(let mode):
            trial_disk_set_mode(mode)
            isDiskWell = mode == trial_disk_well
            if !isDiskWell { checks.diskFails() }
        case .receiver(let channel, let manner): receivers.set(channel, manner)
        case .network(let isOffline):
            self.isOffline = isOffline
            // Two absences may overlap.
            if isOffline { checks.blinded(self) } else { try checks.seesAgain(self) }
            checks.allowLateness(self)
        case .clock(let offset):
            time.set(offset: offset)
            checks.clockWasSet()
        case .reload(let withAll): reload(withAll: withAll)
        case .person(let act): person(act)
        }
    }
}

/// Something that must never be so.
struct Violation: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// A number made of all that happened: two runs of one seed have the same one.
struct Trace {
    private(set) var value: UInt64 = 14_695_981_039_346_656_037

    mutating func note(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 1_099_511_628_211 }
    }
}
