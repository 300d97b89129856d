package import DNSWire
package import LapwingCore

/// How long servers took to answer, since the start: a bounded trail for each, coarser the longer it gets.
package struct LatencyTrails: Sendable {
    /// Domains beyond these have none; with 8 servers each the trails take about 40 MB.
    private static let mostDomains = 2000
    private static let mostServers = 16
    /// Points of one trail; when there are more, each two become one.
    private static let mostPoints = 128

    /// The mean of some rounds.
    package struct Point: Sendable {
        /// When the last of these rounds was.
        package var at: Timestamp
        /// Milliseconds that the server took on average.
        package var milliseconds: Float
    }

    private struct Trail {
        var server: String
        var points: [Point] = []
        /// Rounds that make one point, and those that wait to become one.
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
                // In place: a copy of all trails for each answer would cost more than the round.
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
