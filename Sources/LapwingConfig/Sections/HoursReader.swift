import LapwingCore

/// Reads times of day, days of the week and time zones.
struct HoursReader {
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `{days: [mon-fri], from: "08:00", to: "18:00", zone: Europe/Berlin}`
    func hours(_ value: ValueReader, _ mapping: KnownMapping) -> WeeklyHours? {
        guard let fields = value.fields(mapping) else { return nil }
        for key in ["from", "to"] where fields[key] == nil { value.fault("\(value.path): key `\(key)` is missing") }
        let from = fields["from"].flatMap { minute($0, ofDay: 0...1439) }
        let to = fields["to"].flatMap { minute($0, ofDay: 0...1440) }
        let days = fields["days"].map(days) ?? Set(0...6)
        guard let from, let to, let clock = clock(fields["zone"]) else { return nil }
        return WeeklyHours(days: days, from: from, to: to, clock: clock)
    }

    /// `{at: "08:00", zone: Europe/Berlin, quiet_days: true}`, or true.
    func digest(_ value: ValueReader) -> Route.Digest? {
        if value.isScalar { return value.boolean() == true ? .standard : nil }
        guard let fields = value.fields(.digest) else { return nil }
        let minute = fields["at"].map { self.minute($0, ofDay: 0...1439) } ?? Route.Digest.standard.hour.minute
        let quietDays = fields["quiet_days"]?.boolean() ?? false
        guard let minute, let clock = clock(fields["zone"]) else { return nil }
        return Route.Digest(hour: DailyHour(minute: minute, clock: clock), quietDays: quietDays)
    }

    /// UTC by default; nil after a fault.
    func clock(_ value: ValueReader?) -> LocalClock? {
        guard let value else { return .utc }
        guard let name = value.string() else { return nil }
        if let clock = LocalClock.zone(name) { return clock }
        value.fault("\(value.path): expected a time zone such as Europe/Berlin, UTC or local, found `\(name)`")
        return nil
    }

    func minute(_ value: ValueReader, ofDay range: ClosedRange<Int>) -> Int? {
        guard let text = value.string() else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCII) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour >= 0, (0...59).contains(minute), range.contains(hour * 60 + minute)
        {
            return hour * 60 + minute
        }
        value.fault("\(value.path): expected a time such as \"08:00\", in quotes, found `\(text)`")
        return nil
    }

    private func days(_ value: ValueReader) -> Set<Int> {
        var days: Set<Int> = []
        for member in value.list(orSingle: true) ?? [] {
            guard let text = member.string() else { continue }
            let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
                .map { Self.days.firstIndex(of: String($0)) }
            if ends.count == 1, let day = ends[0] {
                days.insert(day)
            } else if ends.count == 2, let first = ends[0], let last = ends[1] {
                days.formUnion((0..<7).filter { (($0 - first) % 7 + 7) % 7 <= ((last - first) % 7 + 7) % 7 })
            } else {
                member.fault(
                    "\(member.path): expected \(Self.days.joined(separator: ", ")) or mon-fri, found `\(text)`")
            }
        }
        return days
    }
}
