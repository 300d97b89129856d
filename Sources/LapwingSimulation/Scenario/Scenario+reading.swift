import LapwingCore

extension Scenario {
    private static let keys: Set<String> = [
        "format", "id", "kind", "title", "based_on", "twin", "story", "signals", "rule", "alert", "modes", "monitor",
        "world", "timeline", "end", "expect",
    ]

    /// Reads a scenario and merges it with its base world; throws `ScenarioError` with every fault.
    package init(yaml text: String, file: String, bases: ScenarioTree) throws(ScenarioError) {
        let faults = ScenarioFaultList()
        let tree = try ScenarioTree(yaml: text, file: file)
        let top = TreeReader(tree: tree, faults: faults)
        top.keys(Self.keys, of: "a scenario")
        if top.required("format").integer() != 1 { top.required("format").fault("only format 1 is known") }
        let world = Self.world(of: top, bases: TreeReader(tree: bases, faults: faults))
        epoch = world.required("epoch").moment
        seed = UInt64(world.required("seed").integer(0...Int.max))
        let base = TreeReader(tree: bases, faults: faults).required("monitor").tree
        let settings = tree["monitor"].map { $0.isNull ? base : base.merged(with: $0) } ?? base
        monitor = TreeReader(tree: settings, faults: faults).monitorSettings(epoch: epoch)
        id = top.required("id").text
        kind = top.required("kind").word(Kind.self) ?? .benign
        title = top.required("title").text
        end = top.required("end").integer()
        expectations = top.required("expect").expectations()
        var builder = TimelineBuilder(world: world.tree, start: -monitor.learn * 60, faults: faults)
        timeline = builder.build(steps: top.required("timeline").list)
        if timeline.states.contains(where: { $0.zones["main"]?.origin != monitor.domain }) {
            top.fault("monitor.domain must be the origin of zone main")
        }
        if TreeReader(tree: settings, faults: faults).optional("declared")?.boolean == true {
            monitor.declared = timeline.states[0].zones["main"].map { DeclaredZone($0) }
        }
        try faults.check()
    }

    /// Returns the world at the start: its base merged with its own keys, with copied zones filled in.
    private static func world(of top: TreeReader, bases: TreeReader) -> TreeReader {
        var own = top.required("world").tree
        let base = own["use"]?.text ?? "plain"
        own["use"] = nil
        var world = self.base(base, of: bases, depth: 0).merged(with: own)
        guard var zones = world["zones"], let plain = bases.tree["plain"]?["zones"]?["main"] else {
            return TreeReader(tree: world, faults: bases.faults)
        }
        for entry in zones.entries {
            zones[entry.key] = completed(entry.value, among: zones, plain: plain, faults: bases.faults)
        }
        world["zones"] = zones
        return TreeReader(tree: world, faults: bases.faults)
    }

    private static func base(_ name: String, of bases: TreeReader, depth: Int) -> ScenarioTree {
        var world = bases.required(name).tree
        guard let below = world["use"]?.text else { return world }
        guard depth < 16 else {
            bases.fault("base worlds use each other in a circle")
            return world
        }
        world["use"] = nil
        return self.base(below, of: bases, depth: depth + 1).merged(with: world)
    }

    /// Returns a zone merged with the zone that it copies, and with the defaults of all zones.
    private static func completed(
        _ zone: ScenarioTree, among zones: ScenarioTree, plain: ScenarioTree, faults: ScenarioFaultList
    ) -> ScenarioTree {
        var result = zone
        if let label = zone["copy"]?.text {
            guard let source = zones[label] else {
                faults.add("there is no zone \(label) to copy", at: zone.place)
                return zone
            }
            var changes = zone
            changes["copy"] = nil
            changes["rrs"] = nil
            result = source.merged(with: changes)
            for set in zone["rrs"]?.items ?? [] { result.put(set) }
        }
        for entry in plain.entries where result[entry.key] == nil {
            switch entry.key {
            case "policy": result["policy"] = ScenarioTree(.list([]), at: zone.place)
            case "dnssec": result["dnssec"] = ScenarioTree(.null, at: zone.place)
            default: result[entry.key] = entry.value
            }
        }
        return result
    }
}

extension DeclaredZone {
    /// A zone file with what a zone holds; records that vary are made by the servers and stand in no file.
    fileprivate init(_ zone: Zone) {
        self.init(zone.origin, source: "zones/main.zone", form: .zone, isComplete: zone.policies.isEmpty)
        for (index, (key, set)) in zone.sets.sorted(by: { "\($0.key)" < "\($1.key)" }).enumerated() {
            for data in set.data {
                add(Entry(data: data, ttl: set.ttl, place: "zones/main.zone:\(index + 1)"), to: key)
            }
        }
    }
}
