import DNSWire
import LapwingCore

/// All states of a world, each from its second on.
struct WorldTimeline: Sendable {
    /// In order; the first one holds from long before the start.
    var states: [WorldState]
    /// The times at which resolvers' caches were flushed.
    var flushes: [(second: Int, resolver: String)]

    /// The state at a second.
    func state(at second: Int) -> WorldState {
        states[index(at: second)]
    }

    func index(at second: Int) -> Int {
        var low = 0
        var high = states.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if states[middle].from <= second { low = middle } else { high = middle }
        }
        return low
    }

    /// Returns when the resolver's caches were last flushed; nil if never.
    func lastFlush(_ resolver: String, through second: Int) -> Int? {
        flushes.last { $0.resolver == resolver && $0.second <= second }?.second
    }

    /// Whether the resolver's caches were flushed after `start` and not after `end`.
    func flushed(_ resolver: String, after start: Int, through end: Int) -> Bool {
        flushes.contains { $0.resolver == resolver && start < $0.second && $0.second <= end }
    }
}

/// Applies the steps of a timeline to the tree of a world, and reads the state after each.
struct TimelineBuilder {
    private var tree: ScenarioTree
    private var conditions: [Condition] = []
    private var zones: [ScenarioTree: Zone] = [:]
    private var timeline = WorldTimeline(states: [], flushes: [])
    private let faults: ScenarioFaultList

    /// Long before any query.
    private static let beginning = -1_200_000_000

    private static let stepKeys: Set<String> = [
        "at", "note", "set", "rr", "policy", "in", "serial", "elsewhere", "cond", "clear", "flush",
    ]

    /// - Parameter start: the second at which the conditions of the world itself begin.
    init(world: ScenarioTree, start: Int, faults: ScenarioFaultList) {
        tree = world
        self.faults = faults
        let state = read(from: Self.beginning)
        conditions = TreeReader(tree: world, faults: faults).required("conds").list.map {
            $0.condition(since: start, in: state)
        }
        timeline.states = [state.under(byActor)]
    }

    mutating func build(steps: [TreeReader]) -> WorldTimeline {
        var minute = Int.min
        for step in steps {
            step.keys(Self.stepKeys, of: "a step")
            let at = step.required("at").integer()
            if at < minute { step.fault("steps must be in order of time") }
            minute = at
            carryOut(step, second: at * 60)
        }
        return timeline
    }

    private mutating func carryOut(_ step: TreeReader, second: Int) {
        for (path, value) in step.optional("set")?.map ?? [] { set(path, value) }
        changeZone(step)
        for entry in step.optional("elsewhere")?.list ?? [] { putElsewhere(entry.tree) }
        let state = read(from: second)
        for item in step.optional("cond")?.oneOrMore ?? [] {
            let condition = item.condition(since: second, in: state)
            conditions.removeAll { $0.id == condition.id }
            conditions.append(condition)
        }
        for item in step.optional("clear")?.list ?? [] {
            let id = item.text
            if !conditions.contains(where: { $0.id == id }) { item.fault("no condition \(id) holds") }
            conditions.removeAll { $0.id == id }
        }
        for item in step.optional("flush")?.list ?? [] {
            if state.resolver(item.text) == nil { item.fault("no resolver \(item.text)") }
            timeline.flushes.append((second, item.text))
        }
        timeline.states.append(state.under(byActor))
    }

    private mutating func read(from second: Int) -> WorldState {
        TreeReader(tree: tree, faults: faults).worldState(from: second, zones: &zones)
    }

    private var byActor: [String: [Condition]] {
        var result: [String: [Condition]] = [:]
        for condition in conditions {
            for actor in condition.actors { result[actor, default: []].append(condition) }
        }
        return result
    }

    private mutating func set(_ path: String, _ value: TreeReader) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // Labels may be added, and hosts to the glue; any other key must exist already.
        let mayAdd = parts.count == 2 || (parts.count > 2 && parts[parts.count - 2] == "glue")
        let known = tree.value(at: parts[...]) != nil
        guard known || mayAdd, tree.replace(at: parts[...], with: value.tree) else {
            return value.fault("no such path in the world: \(path)")
        }
    }

    private mutating func changeZone(_ step: TreeReader) {
        let records = step.optional("rr")
        let policies = step.optional("policy")
        guard records != nil || policies != nil else { return }
        let label = step.optional("in")?.text ?? "main"
        let path = ["zones", label]
        guard var zone = tree.value(at: path[...]) else { return step.fault("no zone \(label)") }
        for item in records?.list ?? [] { zone.put(item.tree) }
        for item in policies?.list ?? [] {
            zone.removeSet(name: item.required("name").tree, type: item.required("type").tree)
            zone.append(item.tree, to: "policy")
        }
        let old = zone["serial"]
        let serial = step.optional("serial")
        switch (serial?.tree.content, old?.content) {
        case (nil, .integer(let number)?), (.text("bump")?, .integer(let number)?):
            zone["serial"] = ScenarioTree(.integer((number &+ 1) & 0xffff_ffff), at: step.tree.place)
        case (.integer(let number)?, _):
            zone["serial"] = ScenarioTree(.integer(number), at: serial?.tree.place ?? step.tree.place)
        case (.text("keep")?, _): break
        default: step.fault("serial must be bump, keep or a number")
        }
        _ = tree.replace(at: path[...], with: zone)
    }

    private mutating func putElsewhere(_ entry: ScenarioTree) {
        guard var list = tree["elsewhere"] else { return }
        let parts = entry.items
        let kept = list.items.filter { old in
            let known = old.items
            guard known.count >= 2, parts.count >= 2, known[0].isSameName(as: parts[0]) else { return true }
            return !(known[1] == parts[1] || known.count == 2 || parts.count == 2)
        }
        list.content = .list(kept + [entry])
        tree["elsewhere"] = list
    }
}

extension ScenarioTree {
    /// Puts an RRset into a zone in place of the one with the same name and type; without data the old one is only
    /// removed.
    mutating func put(_ set: ScenarioTree) {
        let parts = set.items
        guard parts.count >= 2 else { return }
        removeSet(name: parts[0], type: parts[1])
        if parts.count > 3 { append(set, to: "rrs") }
    }

    mutating func removeSet(name: ScenarioTree, type: ScenarioTree) {
        if var sets = self["rrs"] {
            sets.content = .list(
                sets.items.filter { $0.items.count < 2 || !$0.items[0].isSameName(as: name) || $0.items[1] != type })
            self["rrs"] = sets
        }
        if var policies = self["policy"], case .list(let items) = policies.content {
            policies.content = .list(
                items.filter { !($0["name"]?.isSameName(as: name) ?? false) || $0["type"] != type })
            self["policy"] = policies
        }
    }

    mutating func append(_ item: ScenarioTree, to key: String) {
        guard var list = self[key] else {
            self[key] = ScenarioTree(.list([item]), at: item.place)
            return
        }
        list.content = .list(list.items + [item])
        self[key] = list
    }

    func isSameName(as other: ScenarioTree) -> Bool {
        guard let text, let other = other.text else { return false }
        return text.lowercased() == other.lowercased()
    }
}
