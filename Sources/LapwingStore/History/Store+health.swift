package import LapwingCore

extension Store {
    /// Writes down what happened to an incident that no round of a domain found.
    package func commit(_ step: HealthCourse.Step) throws {
        // As with those of rounds, it is on the disk before it is told.
        try persist(under: .desk) { database in
            try write(step.incident, isKept: false, in: database)
            try write(step.event, in: database)
        }
    }
}
