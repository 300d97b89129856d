extension ReportOrder {
    /// Returns when the report of a period is sent: at its hour on the first day after the period, by its clock, but
    /// not before the period is over in UTC.
    package func moment(of period: ReportPeriod) -> Timestamp {
        let shown = Int64(period.last.number + 1) * 86_400 + Int64(hour.minute) * 60
        return max(hour.clock.moment(showing: shown), period.end)
    }

    /// Returns the last period whose report is due at a moment.
    package func due(at now: Timestamp) -> ReportPeriod {
        let last = before(now)
        return moment(of: last) <= now ? last : before(last.start)
    }

    /// Returns when the next report is sent.
    package func next(after now: Timestamp) -> Timestamp {
        let last = due(at: now)
        return moment(of: every == .month ? .month(of: last.end) : .week(of: last.end))
    }

    private func before(_ moment: Timestamp) -> ReportPeriod {
        every == .month ? .lastMonth(before: moment) : .lastWeek(before: moment)
    }
}
