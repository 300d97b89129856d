/// One check of `doctor`, with its result.
struct Diagnosis: Sendable, Encodable {
    enum State: String, Sendable, Encodable, CaseIterable {
        case ok, warning, fault
        /// The check was not possible, so nothing is known.
        case unknown
    }

    /// The subject of the check in one or two words; the same in every run.
    var subject: String
    var state: State
    /// The observation.
    var text: String
    /// The recommended action; nil if none is needed.
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
    /// The exit code by the convention of monitoring plugins: 0 if all is well, 1 for a warning, 2 for a fault, 3 if
    /// something is unknown.
    var exitCode: Int32 {
        let states = Set(map(\.state))
        if states.contains(.fault) { return 2 }
        if states.contains(.warning) { return 1 }
        return states.contains(.unknown) ? 3 : 0
    }
}
