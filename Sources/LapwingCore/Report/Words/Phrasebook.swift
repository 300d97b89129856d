/// The texts of one language. After adding a text here, the compiler reports each language that lacks it.
protocol Phrasebook: Sendable {
    var language: Language { get }
    func words(_ phrase: Wording.Phrase) -> String
    func words(_ message: Wording.Message) -> String
    /// Returns the meaning of an incident, in one sentence without names.
    func sentence(_ incidentClass: IncidentClass) -> String
    func sentence(_ weakness: Wording.WeaknessKind) -> String
    func words(_ severity: Severity) -> String
    /// Returns the state for the legend and for single days.
    func words(_ day: Report.DayState) -> String
    func words(_ outcome: Report.Work.Outcome) -> String
    func words(_ fact: Wording.Fact) -> String
    func span(_ number: Int, _ unit: Wording.Unit) -> String
    /// Returns a date, in the form of CLDR's medium dates.
    func day(_ day: Int, month: Int, year: Int) -> String
}

extension Phrasebook {
    func number(_ number: Int) -> String { language.number(number) }

    /// Returns a text such as `1 domain` or `2 domains`, for languages with two forms.
    func count(_ number: Int, _ one: String, _ other: String) -> String {
        "\(self.number(number)) \(language.category(of: number) == .one ? one : other)"
    }

    /// Returns the same for languages in which millions require a preposition: `2 000 000 de domaines`.
    ///
    /// - Parameter elided: the preposition before a vowel; nil if it does not change.
    func count(_ number: Int, _ one: String, _ other: String, elided: String?) -> String {
        guard language.category(of: number) == .many else { return count(number, one, other) }
        let isVowel = other.first.map { "aeiouhéè".contains($0.lowercased()) } ?? false
        return "\(self.number(number)) \(isVowel ? elided ?? "de " : "de ")\(other)"
    }

    /// Returns a text such as `1 домен`, `2 домена` or `5 доменов`, for languages with three forms of whole numbers.
    func count(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        "\(self.number(number)) \(form(number, one, few, many))"
    }

    func form(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        switch language.category(of: number) {
        case .one: one
        case .few: few
        case .many, .other: many
        }
    }
}
