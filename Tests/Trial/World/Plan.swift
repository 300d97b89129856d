import CTrialDisk

/// What goes wrong in a trial, and when.
struct Plan {
    enum Act: CaseIterable { case accept, acknowledge, silence, announce, check }

    enum Event: CustomStringConvertible {
        case story(Int)
        case kill
        case killWhileWriting(Int)
        case powerLoss
        case disk(trial_disk_mode)
        case receiver(String, Receivers.Manner)
        case network(isOffline: Bool)
        case clock(Int64)
        case reload(withAll: Bool)
        case person(Act)

        var description: String {
            switch self {
            case .story(let number): "story \(number)"
            case .kill: "kill"
            case .killWhileWriting(let operations): "kill after \(operations) writes"
            case .powerLoss: "power loss"
            case .disk(let mode): "disk \(mode.rawValue)"
            case .receiver(let channel, let manner): "\(channel) \(manner)"
            case .network(let isOffline): isOffline ? "offline" : "online"
            case .clock(let offset): "clock off by \(offset) ms"
            case .reload(let withAll): withAll ? "reload, everything" : "reload, less"
            case .person(let act): "a person: \(act)"
            }
        }
    }

    /// What is to come, the soonest last.
    private var events: [(at: Int64, event: Event)] = []

    /// Milliseconds at which something happens next; the end of time when nothing does.
    var next: Int64 { events.last?.at ?? .max }

    /// Whether processes are killed while a receiver takes what they send.
    let killsAtSends: Bool
    /// Whether people accept what is open while a round of its domain is under way.
    let actsInRounds: Bool

    init(dice: inout Dice, until end: Int64) {
        // Not every trial has every trouble: some faults hide others.
        let troubles = (1..<8).filter { _ in !dice.oneIn(3) }
        killsAtSends = dice.oneIn(2)
        actsInRounds = dice.oneIn(2)
        var at: Int64 = 60_000
        while at < end {
            if dice.oneIn(5) {
                add(&dice, at, 0, end)
                accompany(&dice, at, troubles, end)
            } else {
                add(&dice, at, dice.pick(troubles) ?? 0, end)
            }
            at += Int64(20_000 + dice.below(240_000))
        }
        events.sort { $0.at > $1.at }
    }

    /// What goes wrong, and what people do, shortly before a story and while it is found, told and ended: at other times there
    /// is little that could be lost.
    private mutating func accompany(_ dice: inout Dice, _ at: Int64, _ troubles: [Int], _ end: Int64) {
        for _ in 0..<dice.below(4) {
            let moment = at + Int64(dice.below(1_500_000)) - 300_000
            guard moment > 0, moment < end else { continue }
            add(&dice, moment, dice.oneIn(2) ? 7 : dice.pick(troubles) ?? 7, end)
        }
    }

    private mutating func add(_ dice: inout Dice, _ at: Int64, _ trouble: Int, _ end: Int64) {
        func length() -> Int64 { Int64(5_000 + dice.below(dice.oneIn(4) ? 1_200_000 : 120_000)) }
        // As long as stories are, so that their end comes while their beginning was not told yet.
        func longer() -> Int64 { dice.oneIn(3) ? Int64(dice.below(5_400_000)) : length() }
        switch trouble {
        case 0: events.append((at, .story(dice.below(100))))
        case 1: events.append((at, .killWhileWriting(dice.below(60))))
        case 2: events.append((at, dice.oneIn(2) ? .kill : .powerLoss))
        case 3:
            let mode = dice.pick([trial_disk_full, trial_disk_broken, trial_disk_read_only]) ?? trial_disk_full
            events.append((at, .disk(mode)))
            events.append((min(end, at + length()), .disk(trial_disk_well)))
        case 4:
            let channel = dice.pick(Trial.channels) ?? "ops"
            events.append((at, .receiver(channel, dice.pick(Receivers.Manner.allCases) ?? .fails)))
            events.append((min(end, at + longer()), .receiver(channel, .takes)))
        case 5:
            events.append((at, .network(isOffline: true)))
            events.append((min(end, at + 60_000 + length()), .network(isOffline: false)))
        case 6:
            events.append((at, .clock(Int64(dice.below(7200) - 3600) * 1000)))
            if !dice.oneIn(3) { events.append((min(end, at + length()), .clock(0))) }
        default:
            if dice.oneIn(4) {
                events.append((at, .reload(withAll: false)))
                events.append((min(end, at + length()), .reload(withAll: true)))
            } else {
                events.append((at, .person(dice.pick(Act.allCases) ?? .check)))
            }
        }
    }

    mutating func take() -> Event { events.removeLast().event }
}
