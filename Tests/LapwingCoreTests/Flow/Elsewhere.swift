import DNSWire
import LapwingCore
import Testing

/// Other places that look at the domain of a small world, each in a world of its own.
///
/// Whoever judges reads what they left before; then all of them look, as they do when they are asked to.
final class Elsewhere {
    var worlds: [String: SmallWorld]
    /// Places that do not look any more.
    var gone: Set<String> = []
    private var trails: [String: PlaceTrail] = [:]
    private var left: [String: (at: Timestamp, sight: PlaceSight)] = [:]

    init(_ places: [String], _ world: SmallWorld) {
        worlds = Dictionary(uniqueKeysWithValues: places.map { ($0, world) })
    }

    func views(at now: Timestamp, minute: Int64, after seconds: Int64) throws -> [PlaceView] {
        let views = worlds.keys.sorted().map { name in
            guard let last = left[name] else { return PlaceView(name) }
            let isFresh = now.seconds(since: last.at) <= 600
            return PlaceView(name, at: last.at, sight: isFresh ? last.sight : nil)
        }
        for name in worlds.keys where !gone.contains(name) {
            worlds[name]?.minute = minute
            if try look(name, after: seconds + 2, isSecond: false) {
                _ = try look(name, after: seconds + 7, isSecond: true)
            }
        }
        return views
    }

    private func look(_ name: String, after seconds: Int64, isSecond: Bool) throws -> Bool {
        guard let world = worlds[name] else { return false }
        let snapshot = try world.snapshot(.regular, after: seconds)
        guard let step = trails[name, default: PlaceTrail()].take(snapshot, of: world.watch, isSecond: isSecond) else {
            return false
        }
        left[name] = (snapshot.at, step.sight)
        return step.hasNews
    }
}
