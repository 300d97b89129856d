/// Hours on certain days of the week at a place, such as quiet hours or working hours.
package struct WeeklyHours: Sendable, Hashable {
    /// Days on which they begin, 0 for Monday to 6 for Sunday.
    package var days: Set<Int>
    /// The beginning in minutes of the day, 0 to 1440.
    package var from: Int
    /// The end in minutes of the day; an end before the beginning is on the next day, and hours whose end equals their
    /// beginning last a whole day.
    package var to: Int
    /// The clock of the place.
    package var clock: LocalClock

    package init(days: Set<Int> = Set(0...6), from: Int, to: Int, clock: LocalClock) {
        self.days = days
        self.from = from
        self.to = to
        self.clock = clock
    }

    /// Whether the moment is in the hours.
    package func holds(at moment: Timestamp) -> Bool { beginning(at: moment) != nil }

    /// Returns the first moment from this one on that is outside the hours.
    package func end(after moment: Timestamp) -> Timestamp {
        var end = moment
        // Hours may follow one another without a gap; if they still do after a week, they do so for ever.
        for _ in 0..<8 {
            guard let day = beginning(at: end) else { return end }
            let next = clock.moment(showing: day * LocalClock.day + Int64(length + from) * 60)
            guard next > end else { return next }
            end = next
        }
        return end
    }

    private var length: Int { to > from ? to - from : to + 1440 - from }

    /// Returns the day on which the hours that include a moment began.
    private func beginning(at moment: Timestamp) -> Int64? {
        let (day, second) = LocalClock.split(clock.shown(at: moment))
        let minute = Int(second / 60)
        func isOn(_ day: Int64) -> Bool { days.contains(LocalClock.weekday(ofDay: day)) }
        if isOn(day), minute >= from, minute < from + length { return day }
        return isOn(day - 1) && minute + 1440 < from + length ? day - 1 : nil
    }
}

/// A daily time at a place.
package struct DailyHour: Sendable, Hashable {
    /// Minutes of the day, 0 to 1439.
    package var minute: Int
    /// The clock of the place.
    package var clock: LocalClock

    package init(minute: Int, clock: LocalClock) {
        self.minute = minute
        self.clock = clock
    }

    /// Returns the first such time after a moment.
    package func next(after moment: Timestamp) -> Timestamp {
        let (day, _) = LocalClock.split(clock.shown(at: moment))
        for ahead in Int64(-1)...1 {
            let next = clock.moment(showing: (day + ahead) * LocalClock.day + Int64(minute) * 60)
            if next > moment { return next }
        }
        return clock.moment(showing: (day + 2) * LocalClock.day + Int64(minute) * 60)
    }
}
