package import LapwingCore

extension Store {
    /// Writes a step of an incident that does not come from a round of a domain.
    package func commit(_ step: HealthCourse.Step) throws {
        // As with incidents of rounds, it is on the disk before it is reported.
        try persist(under: .desk) { database in
            try write(step.incident, isKept: false, in: database)
            try write(step.event, in: database)
        }
    }
}
