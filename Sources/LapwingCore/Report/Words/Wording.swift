import DNSWire

/// How a reader is told: in which language, and by which clocks.
package struct Wording: Sendable, Hashable {
    package var language: Language
    /// The clocks of the reader; nil where they are not known: then times are by UTC, and say so.
    package var clock: LocalClock?

    package init(_ language: Language = .english, clock: LocalClock? = nil) {
        self.language = language
        self.clock = clock
    }

    /// English, by UTC.
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

    package subscript(phrase: Phrase) -> String { book.words(phrase) }
    package func say(_ message: Message) -> String { book.words(message) }
    package func word(_ severity: Severity) -> String { book.words(severity) }
    package func word(_ day: Report.DayState) -> String { book.words(day) }
    package func word(_ outcome: Report.Work.Outcome) -> String { book.words(outcome) }
    package func word(_ fact: Fact) -> String { book.words(fact) }
    package func sentence(_ weakness: WeaknessKind) -> String { book.sentence(weakness) }
    package func sentence(_ incidentClass: IncidentClass) -> String { book.sentence(incidentClass) }

    /// What of a name is another: a type stays what it is called everywhere.
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

    package func word(_ condition: DomainCondition) -> String {
        switch condition {
        case .failing: self[.conditionFailing]
        case .warning: self[.conditionWarning]
        case .learning: self[.conditionUnknown]
        case .healthy: self[.conditionWell]
        }
    }

    package func word(_ ending: Report.Ending.Kind) -> String {
        switch ending {
        case .registration: self[.registration]
        case .stated: self[.statedRegistration]
        case .signature: self[.signature]
        }
    }

    // MARK: Numbers

    package func number(_ number: Int) -> String { language.number(number) }

    /// `99.97 %`; that it is not recorded where nothing was looked at.
    package func share(_ share: Share) -> String {
        share.basisPoints.map(language.percent) ?? self[.notRecorded]
    }

    /// Whole units, the largest that fits: `14 min`, `2 days`.
    package func span(_ seconds: Int64) -> String {
        let seconds = Int(max(0, seconds))
        if seconds < 60 { return book.span(seconds, .seconds) }
        if seconds < 3600 { return book.span(seconds / 60, .minutes) }
        if seconds < 172_800 { return book.span(seconds / 3600, .hours) }
        return book.span(seconds / 86_400, .days)
    }

    /// `12.3 ms`; that it is not recorded where it is not.
    package func milliseconds(_ value: Double?) -> String {
        value.map { "\(language.tenths($0))\u{a0}\(language == .russian ? "мс" : "ms")" } ?? self[.notRecorded]
    }

    // MARK: Times

    /// A moment by the reader's clocks: `3 Oct 2026, 08:00`; by UTC, and saying so, where they are not known.
    package func time(_ moment: Timestamp) -> String {
        let shown = clock?.shown(at: moment) ?? moment.seconds
        let (_, second) = LocalClock.split(shown)
        func two(_ number: Int64) -> String { CivilDate.padded(number, 2) }
        let text = "\(day(shown)), \(two(second / 3600)):\(two(second / 60 % 60))"
        return clock == nil || clock?.zone == "UTC" ? text + "\u{a0}UTC" : text
    }

    /// The day of a moment by UTC, as days are counted: `3 Oct 2026`.
    package func day(_ moment: Timestamp) -> String { day(moment.seconds) }

    /// The same of a day by its number.
    package func day(_ number: DayNumber) -> String { day(number.start) }

    private func day(_ seconds: Int64) -> String {
        let (year, month, day) = CivilDate.date(ofDay: LocalClock.split(seconds).day)
        return book.day(Int(day), month: Int(month), year: Int(year))
    }

    /// What a period is called: `October 2026`, `week 44 of 2026`.
    package func title(_ period: ReportPeriod) -> String {
        switch period.kind {
        case .month(let month, let year): say(.month(month, year: year))
        case .week(let week, let year): say(.week(week, year: year))
        case .days: say(.range(day(period.first), day(period.last)))
        }
    }

    /// With a capital at its beginning.
    package static func opening(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

// MARK: Parts of a report

extension Wording {
    /// What an incident was: its class in words, and in English the headline where it may be shown.
    package func text(_ trouble: Report.Trouble) -> String {
        language == .english ? trouble.detail ?? sentence(trouble.incidentClass) : sentence(trouble.incidentClass)
    }

    /// The headline, in English, where ``text(_:)-(Report.Trouble)`` does not say it and it may be shown.
    package func detail(_ trouble: Report.Trouble) -> String? { language == .english ? nil : trouble.detail }

    package func text(_ weakness: Report.Weakness) -> String {
        let plain = sentence(WeaknessKind(weakness.code))
        return language == .english ? weakness.detail ?? plain : plain
    }

    package func detail(_ weakness: Report.Weakness) -> String? { language == .english ? nil : weakness.detail }

    /// Name and kind: `www.example.com MX`.
    package func what(_ change: Report.ChangeLine) -> String { "\(change.name) \(word(change.kind))" }

    /// Who took something for normal; nil where nobody has.
    package func acceptance(_ person: String?) -> String? {
        person.map { $0 == Report.somebody ? self[.acceptedWord] : say(.acceptedBy($0)) }
    }
}
