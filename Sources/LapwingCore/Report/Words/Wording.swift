import DNSWire

/// The language and the clock for a reader.
package struct Wording: Sendable, Hashable {
    /// The language of all words and numbers.
    package var language: Language
    /// The reader's clock; nil if it is unknown, in which case times are in UTC and marked as such.
    package var clock: LocalClock?

    package init(_ language: Language = .english, clock: LocalClock? = nil) {
        self.language = language
        self.clock = clock
    }

    /// English, in UTC.
    package static let plain = Wording()

    private var book: any Phrasebook {
        switch language {
        case .english: EnglishWords()
        case .german: GermanWords()
        case .french: FrenchWords()
        case .spanish: SpanishWords()
        case .portuguese: PortugueseWords()
        case .russian: RussianWords()
        }
    }

    /// Returns the words of a phrase.
    package subscript(phrase: Phrase) -> String { book.words(phrase) }
    /// Returns a message with its parameters filled in.
    package func say(_ message: Message) -> String { book.words(message) }
    /// Returns the word for a severity.
    package func word(_ severity: Severity) -> String { book.words(severity) }
    /// Returns the state of a day in words, for the legend and for single days.
    package func word(_ day: Report.DayState) -> String { book.words(day) }
    /// Returns what became of announced work, in words.
    package func word(_ outcome: Report.Work.Outcome) -> String { book.words(outcome) }
    /// Returns the word for a fact that is not a record.
    package func word(_ fact: Fact) -> String { book.words(fact) }
    /// Returns what a kind of weakness means, in one sentence without names.
    package func sentence(_ weakness: WeaknessKind) -> String { book.sentence(weakness) }
    /// Returns what an incident of a class means, in one sentence without names.
    package func sentence(_ incidentClass: IncidentClass) -> String { book.sentence(incidentClass) }

    /// Returns the kind of a change in words; record types have the same name in every language.
    package func word(_ kind: Change.Kind) -> String {
        switch kind {
        case .records(let type): "\(type)"
        case .ttl(let type): say(.ttl(of: "\(type)"))
        case .aliasTarget: word(Fact.aliasTarget)
        case .glue: word(Fact.address)
        case .registryDelegation: word(Fact.delegation)
        case .registrar: word(Fact.registrar)
        case .status: word(Fact.status)
        }
    }

    /// Returns the condition of a domain in words.
    package func word(_ condition: DomainCondition) -> String {
        switch condition {
        case .failing: self[.conditionFailing]
        case .warning: self[.conditionWarning]
        case .learning: self[.conditionUnknown]
        case .healthy: self[.conditionWell]
        }
    }

    /// Returns what ends, in words.
    package func word(_ ending: Report.Ending.Kind) -> String {
        switch ending {
        case .registration: self[.registration]
        case .stated: self[.statedRegistration]
        case .signature: self[.signature]
        }
    }

    // MARK: Numbers

    /// Returns a whole number with the separators of the language, such as `12,345`.
    package func number(_ number: Int) -> String { language.number(number) }

    /// Returns a share such as `99.97 %`, or the words for not recorded if there were no looks.
    package func share(_ share: Share) -> String {
        share.basisPoints.map(language.percent) ?? self[.notRecorded]
    }

    /// Returns a duration in whole units, the largest that fits: `14 min`, `2 days`.
    package func span(_ seconds: Int64) -> String {
        let seconds = Int(max(0, seconds))
        if seconds < 60 { return book.span(seconds, .seconds) }
        if seconds < 3600 { return book.span(seconds / 60, .minutes) }
        if seconds < 172_800 { return book.span(seconds / 3600, .hours) }
        return book.span(seconds / 86_400, .days)
    }

    /// Returns a time such as `12.3 ms`, or the words for not recorded if there is none.
    package func milliseconds(_ value: Double?) -> String {
        value.map { "\(language.tenths($0))\u{a0}\(language == .russian ? "мс" : "ms")" } ?? self[.notRecorded]
    }

    // MARK: Times

    /// Returns a moment by the reader's clock: `3 Oct 2026, 08:00`; in UTC, marked as such, if the clock is unknown.
    package func time(_ moment: Timestamp) -> String {
        let shown = clock?.shown(at: moment) ?? moment.seconds
        let (_, second) = LocalClock.split(shown)
        func two(_ number: Int64) -> String { CivilDate.padded(number, 2) }
        let text = "\(day(shown)), \(two(second / 3600)):\(two(second / 60 % 60))"
        return clock == nil || clock?.zone == "UTC" ? text + "\u{a0}UTC" : text
    }

    /// Returns the day of a moment in UTC, the days of reports: `3 Oct 2026`.
    package func day(_ moment: Timestamp) -> String { day(moment.seconds) }

    /// Returns the date of a day, in the same form.
    package func day(_ number: DayNumber) -> String { day(number.start) }

    private func day(_ seconds: Int64) -> String {
        let (year, month, day) = CivilDate.date(ofDay: LocalClock.split(seconds).day)
        return book.day(Int(day), month: Int(month), year: Int(year))
    }

    /// Returns the title of a period: `October 2026`, `week 44 of 2026`.
    package func title(_ period: ReportPeriod) -> String {
        switch period.kind {
        case .month(let month, let year): say(.month(month, year: year))
        case .week(let week, let year): say(.week(week, year: year))
        case .days: say(.range(day(period.first), day(period.last)))
        }
    }

    /// Returns the text with a capital letter at its beginning.
    package static func opening(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

// MARK: Parts of a report

extension Wording {
    /// Returns the text of an incident: its class in words, or in English the headline if it may be shown.
    package func text(_ trouble: Report.Trouble) -> String {
        language == .english ? trouble.detail ?? sentence(trouble.incidentClass) : sentence(trouble.incidentClass)
    }

    /// Returns the headline, which is in English, if ``text(_:)-(Report.Trouble)`` does not contain it and it may be
    /// shown; nil otherwise.
    package func detail(_ trouble: Report.Trouble) -> String? { language == .english ? nil : trouble.detail }

    /// Returns the text of a weakness: its kind in words, or in English the headline if it may be shown.
    package func text(_ weakness: Report.Weakness) -> String {
        let plain = sentence(WeaknessKind(weakness.code))
        return language == .english ? weakness.detail ?? plain : plain
    }

    /// Returns the headline, which is in English, if ``text(_:)-(Report.Weakness)`` does not contain it and it may be
    /// shown; nil otherwise.
    package func detail(_ weakness: Report.Weakness) -> String? { language == .english ? nil : weakness.detail }

    /// Returns the name and the kind: `www.example.com MX`.
    package func what(_ change: Report.ChangeLine) -> String { "\(change.name) \(word(change.kind))" }

    /// Returns the words for an acceptance; nil if nothing was accepted.
    package func acceptance(_ person: String?) -> String? {
        person.map { $0 == Report.somebody ? self[.acceptedWord] : say(.acceptedBy($0)) }
    }
}
