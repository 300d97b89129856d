package import DNSWire
package import LapwingCore

/// The response times of servers since the start: a bounded trail for each, which gets coarser as it grows.
package struct LatencyTrails: Sendable {
    /// The largest number of domains with trails; with 8 servers each these take about 40 MB.
    private static let mostDomains = 2000
    private static let mostServers = 16
    /// The largest number of points in a trail; beyond it each two points are merged.
    private static let mostPoints = 128

    /// The mean of several rounds.
    package struct Point: Sendable {
        /// The time of the last of these rounds.
        package var at: Timestamp
        /// The mean response time in milliseconds.
        package var milliseconds: Float
    }

    private struct Trail {
        var server: String
        var points: [Point] = []
        /// The number of rounds per point, and the rounds of the unfinished point.
        var stride = 1
        var waiting: (sum: Double, count: Int) = (0, 0)

        mutating func add(_ milliseconds: Double, at now: Timestamp) {
            waiting = (waiting.sum + milliseconds, waiting.count + 1)
            guard waiting.count >= stride else { return }
            points.append(Point(at: now, milliseconds: Float(waiting.sum / Double(waiting.count))))
            waiting = (0, 0)
            guard points.count >= LatencyTrails.mostPoints else { return }
            points = Swift.stride(from: 0, to: points.count - 1, by: 2).map { place in
                let mean = (points[place].milliseconds + points[place + 1].milliseconds) / 2
                return Point(at: points[place + 1].at, milliseconds: mean)
            }
            stride *= 2
        }
    }

    private var trails: [Name: [Trail]] = [:]

    package init() {}

    mutating func note(_ times: [(server: String, milliseconds: Double)], of domain: Name, at now: Timestamp) {
        guard trails[domain] != nil || trails.count < Self.mostDomains else { return }
        for (server, milliseconds) in times {
            var own = trails[domain] ?? []
            if let place = own.firstIndex(where: { $0.server == server }) {
                // In place: copying all trails for each answer would cost more than the round.
                trails[domain]?[place].add(milliseconds, at: now)
            } else if own.count < Self.mostServers {
                var trail = Trail(server: server)
                trail.add(milliseconds, at: now)
                own.append(trail)
                trails[domain] = own
            }
        }
    }

    mutating func forget(_ domain: Name) { trails[domain] = nil }

    /// The trails of a domain's servers, in the order in which they were first seen.
    package func trails(of domain: Name) -> [(server: String, points: [Point])] {
        (trails[domain] ?? []).map { ($0.server, $0.points) }
    }
}
