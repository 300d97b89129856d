/// A date at the precision in which a registry gave it.
public struct RegistrationMoment: Hashable, Sendable {
    /// In UTC for an instant, otherwise in whatever zone the registry keeps.
    public let day: CivilDay
    /// Seconds from the start of the day, 0 to 86399; 0 when only the day is known.
    public let secondOfDay: Int
    /// How much of it the registry gave.
    public let precision: Precision

    /// How exact a date is.
    public enum Precision: Hashable, Sendable {
        /// A calendar day, in whatever zone the registry keeps.
        case day
        /// A clock time without a zone.
        case clock
        /// An instant, in UTC.
        case instant
    }

    public init(day: CivilDay) {
        self.init(day: day, secondOfDay: 0, precision: .day)
    }

    private init(day: CivilDay, secondOfDay: Int, precision: Precision) {
        self.day = day
        self.secondOfDay = secondOfDay
        self.precision = precision
    }

    /// A clock time; with an offset in minutes east of UTC it is an instant. Nil if a number is out of its range; a
    /// leap second counts as the second before it.
    public init?(day: CivilDay, hour: Int, minute: Int, second: Int, offset: Int?) {
        // A leap second counts as the second before it.
        guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
        let local = hour * 3600 + minute * 60 + min(second, 59)
        guard let offset else {
            self.init(day: day, secondOfDay: local, precision: .clock)
            return
        }
        guard abs(offset) <= 14 * 60 else { return nil }
        self.init(unixSeconds: day.daysSinceEpoch * 86_400 + local - offset * 60)
    }

    /// An instant, in seconds since 1970; nil outside 1970 to 2199.
    public init?(unixSeconds: Int) {
        guard unixSeconds >= 0, let day = CivilDay(daysSinceEpoch: unixSeconds / 86_400) else { return nil }
        self.init(day: day, secondOfDay: unixSeconds % 86_400, precision: .instant)
    }

    /// Seconds since 1970; a day counts from its start and a clock time without a zone as UTC.
    public var unixSeconds: Int {
        day.daysSinceEpoch * 86_400 + secondOfDay
    }
}

extension RegistrationMoment: CustomStringConvertible, Codable {
    /// `2027-03-02`, `2027-03-02T10:00:00` or `2027-03-02T10:00:00Z`.
    public var description: String {
        let date = "\(day.year)-\(Self.two(day.month))-\(Self.two(day.day))"
        if precision == .day { return date }
        let time =
            Self.two(secondOfDay / 3600) + ":" + Self.two(secondOfDay / 60 % 60) + ":" + Self.two(secondOfDay % 60)
        return date + "T" + time + (precision == .instant ? "Z" : "")
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = DateReader().read(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date: \(text)")
        }
        self = moment
    }

    /// In the form of `description`, so that the precision is kept.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
