/// One thing that `doctor` looked at, and how it was.
struct Diagnosis: Sendable, Encodable {
    enum State: String, Sendable, Encodable, CaseIterable {
        case ok, warning, fault
        /// It could not be looked at, so nothing is known of it.
        case unknown
    }

    /// What was looked at, in one or two words; the same in every run.
    var subject: String
    var state: State
    /// What was seen.
    var text: String
    /// What to do about it; nil where there is nothing to do.
    var remedy: String?

    static func ok(_ subject: String, _ text: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .ok, text: text)
    }

    static func warning(_ subject: String, _ text: String, do remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .warning, text: text, remedy: remedy)
    }

    static func fault(_ subject: String, _ text: String, do remedy: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .fault, text: text, remedy: remedy)
    }

    static func unknown(_ subject: String, _ text: String) -> Diagnosis {
        Diagnosis(subject: subject, state: .unknown, text: text)
    }
}

extension [Diagnosis] {
    /// As monitoring plugins end: 0 when all is well, 1 with a warning, 2 with a fault, 3 when something is unknown.
    var exitCode: Int32 {
        let states = Set(map(\.state))
        if states.contains(.fault) { return 2 }
        if states.contains(.warning) { return 1 }
        return states.contains(.unknown) ? 3 : 0
    }
}
