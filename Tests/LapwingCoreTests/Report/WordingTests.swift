import Foundation
import LapwingCore
import Testing

@Suite("Words for clients")
struct WordingTests {
    // MARK: Forms

    struct Plural: Sendable, CustomTestStringConvertible {
        var language: Language
        var category: Language.PluralCategory
        var numbers: [Int]
        var testDescription: String { "\(language) \(category)" }
    }

    /// The samples of CLDR 46 (`plurals.xml`), as far as they are whole numbers, and their neighbours.
    static let plurals = [
        Plural(language: .english, category: .one, numbers: [1]),
        Plural(language: .english, category: .other, numbers: [0, 2, 16, 21, 100, 1000, 1_000_000]),
        Plural(language: .german, category: .one, numbers: [1]),
        Plural(language: .german, category: .other, numbers: [0, 2, 16, 101, 1000, 1_000_000]),
        Plural(language: .french, category: .one, numbers: [0, 1]),
        Plural(language: .french, category: .many, numbers: [1_000_000, 2_000_000, 100_000_000]),
        Plural(language: .french, category: .other, numbers: [2, 17, 100, 1000, 100_000, 1_000_001]),
        Plural(language: .spanish, category: .one, numbers: [1]),
        Plural(language: .spanish, category: .many, numbers: [1_000_000, 3_000_000]),
        Plural(language: .spanish, category: .other, numbers: [0, 2, 16, 100, 1000, 100_000, 1_000_001]),
        Plural(language: .portuguese, category: .one, numbers: [0, 1]),
        Plural(language: .portuguese, category: .many, numbers: [1_000_000, 3_000_000]),
        Plural(language: .portuguese, category: .other, numbers: [2, 17, 100, 1000, 100_000, 1_000_001]),
        Plural(language: .russian, category: .one, numbers: [1, 21, 31, 41, 51, 61, 71, 81, 101, 1001]),
        Plural(language: .russian, category: .few, numbers: [2, 3, 4, 22, 23, 24, 32, 62, 102, 1002]),
        Plural(
            language: .russian, category: .many,
            numbers: [0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 100, 111, 112, 114, 1000, 10_000, 1_000_000]),
    ]

    @Test("beside a number are in the form that CLDR says", arguments: plurals)
    func plural(_ one: Plural) {
        for number in one.numbers { #expect(one.language.category(of: number) == one.category, "\(number)") }
    }

    static let days: [(Language, [(Int, String)])] = [
        (.english, [(0, "0 days"), (1, "1 day"), (2, "2 days"), (12_345, "12,345 days")]),
        (.german, [(0, "0 Tage"), (1, "1 Tag"), (2, "2 Tage"), (12_345, "12.345 Tage")]),
        (
            .french,
            [
                (0, "0 jour"), (1, "1 jour"), (2, "2 jours"), (12_345, "12\u{202f}345 jours"),
                (2_000_000, "2\u{202f}000\u{202f}000 de jours"),
            ]
        ),
        (
            .spanish,
            [
                (0, "0 días"), (1, "1 día"), (1234, "1234 días"), (12_345, "12.345 días"),
                (1_000_000, "1.000.000 de días"),
            ]
        ),
        (
            .portuguese,
            [(0, "0 dia"), (1, "1 dia"), (2, "2 dias"), (1234, "1.234 dias"), (1_000_000, "1.000.000 de dias")]
        ),
        (
            .russian,
            [
                (0, "0 дней"), (1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день"),
                (22, "22 дня"), (112, "112 дней"), (12_345, "12\u{a0}345 дней"),
            ]
        ),
    ]

    @Test("are written with their numbers", arguments: days.indices)
    func numbers(place: Int) {
        let (language, cases) = Self.days[place]
        for (number, text) in cases { #expect(Wording(language).say(.days(number)) == text) }
    }

    @Test("millions of what begins with a vowel are elided in French")
    func elision() {
        let line = Wording(.french).say(
            .openedIncidents(critical: 0, warnings: 3_000_000, stillOpen: 1))
        #expect(line == "0 critique, 3\u{202f}000\u{202f}000 d’avertissements, 1 toujours ouvert")
    }

    struct Form: Sendable, CustomTestStringConvertible {
        var language: Language
        var time: String
        var local: String
        var share: String
        var took: String
        var month: String
        var week: String
        var testDescription: String { "\(language)" }
    }

    static let forms = [
        Form(
            language: .english, time: "1 Mar 2026, 23:05\u{a0}UTC", local: "2 Mar 2026, 00:05", share: "99.05 %",
            took: "12.3\u{a0}ms", month: "March 2026", week: "week 9 of 2026"),
        Form(
            language: .german, time: "01.03.2026, 23:05\u{a0}UTC", local: "02.03.2026, 00:05", share: "99,05\u{a0}%",
            took: "12,3\u{a0}ms", month: "März 2026", week: "Kalenderwoche 9/2026"),
        Form(
            language: .french, time: "1er mars 2026, 23:05\u{a0}UTC", local: "2 mars 2026, 00:05",
            share: "99,05\u{202f}%", took: "12,3\u{a0}ms", month: "mars 2026", week: "semaine 9 de 2026"),
        Form(
            language: .spanish, time: "1 mar 2026, 23:05\u{a0}UTC", local: "2 mar 2026, 00:05", share: "99,05\u{a0}%",
            took: "12,3\u{a0}ms", month: "marzo de 2026", week: "semana 9 de 2026"),
        Form(
            language: .portuguese, time: "1 de mar. de 2026, 23:05\u{a0}UTC", local: "2 de mar. de 2026, 00:05",
            share: "99,05%", took: "12,3\u{a0}ms", month: "março de 2026", week: "semana 9 de 2026"),
        Form(
            language: .russian, time: "1 мар. 2026\u{a0}г., 23:05\u{a0}UTC", local: "2 мар. 2026\u{a0}г., 00:05",
            share: "99,05\u{a0}%", took: "12,3\u{a0}мс", month: "март 2026\u{a0}г.", week: "неделя 9 2026\u{a0}г."),
    ]

    @Test("are beside times and numbers in the form of the language", arguments: forms)
    func form(_ one: Form) throws {
        let moment = try #require(Timestamp("2026-03-01T23:05:59Z"))
        let clock = LocalClock(zone: "Europe/Berlin", settings: [.init(from: 0, offset: 3600)])
        let wording = Wording(one.language)
        #expect(wording.time(moment) == one.time)
        #expect(Wording(one.language, clock: clock).time(moment) == one.local)
        // Days are by UTC for everybody.
        #expect(Wording(one.language, clock: clock).day(moment) == one.time.prefix { $0 != "," })
        #expect(wording.share(Share(of: 99_059, in: 100_000)) == one.share)
        #expect(wording.share(Share(of: 0, in: 0)) == wording[.notRecorded])
        #expect(wording.milliseconds(12.34) == one.took)
        #expect(wording.title(try #require(ReportPeriod(code: "2026-03"))) == one.month)
        #expect(wording.title(try #require(ReportPeriod(code: "2026-W09"))) == one.week)
    }

    // MARK: None missing

    /// What is the same word in English and elsewhere.
    private static let common: [Language: Set<Wording.Phrase>] = [
        .german: [.domain], .french: [.incidents],
    ]

    @Test("are there for each text, in the language's own script", arguments: Language.allCases)
    func whole(language: Language) {
        let wording = Wording(language)
        var texts = Wording.Phrase.allCases.map { ("\($0)", wording[$0], Wording.plain[$0]) }
        texts = texts.filter { name, _, _ in
            !(Self.common[language] ?? []).contains { "\($0)" == name }
        }
        texts += IncidentClass.allCases.map { ("\($0)", wording.sentence($0), Wording.plain.sentence($0)) }
        texts += Wording.WeaknessKind.allCases.map { ("\($0)", wording.sentence($0), Wording.plain.sentence($0)) }
        for (name, text, english) in texts {
            #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespaces), "\(name)")
            #expect(language == .english || text != english, "\(name) is in English: \(text)")
            let hasCyrillic = text.unicodeScalars.contains { (0x400...0x4ff).contains($0.value) }
            #expect(hasCyrillic == (language == .russian), "\(name): \(text)")
            // A sentence in English ends as its translation does.
            #expect(text.hasSuffix(".") == english.hasSuffix("."), "\(name): \(text)")
        }
        #expect(wording[.tableColumns].split(separator: ",").count == 9)
    }

    /// A message, and what has to stand in it.
    static let messages: [(Wording.Message, [String])] = [
        (.failing(3, of: 7), ["3", "7"]), (.warned(3, of: 7), ["3", "7"]), (.someUnknown(3, of: 7), ["3", "7"]),
        (.allWell(7), ["7"]), (.lookedAgo("8 min"), ["8 min"]), (.moreIncidents(7), ["7"]), (.days(7), ["7"]),
        (.daysBeing(.good, 7), ["7"]), (.daysBeing(.disturbed, 7), ["7"]), (.daysBeing(.warning, 7), ["7"]),
        (.daysBeing(.critical, 7), ["7"]), (.daysBeing(.unknown, 7), ["7"]), (.resolvedShare("9 %"), ["9 %"]),
        (.domainNumber(7), ["7"]), (.zone("Asia/Tokyo"), ["Asia/Tokyo"]), (.month(3, year: 2031), ["2031"]),
        (.week(7, year: 2031), ["7", "2031"]), (.range("AA", "BB"), ["AA", "BB"]),
        (.dayRange("AA", "BB"), ["AA", "BB", "UTC"]), (.heading("AA"), ["AA"]), (.title("AA", of: "BB"), ["AA", "BB"]),
        (.unseenDays(3, of: 7), ["3", "7"]),
        (.openedIncidents(critical: 3, warnings: 5, stillOpen: 7), ["3", "5", "7"]),
        (.median(of: 3, longest: "7 h"), ["3", "7 h"]), (.acceptedChanges(7), ["7"]),
        (.posture(start: 3, end: 4, new: 5, mended: 6, accepted: 7), ["3", "4", "5", "6", "7"]),
        (.trend(first: 3, last: 7), ["3", "7"]), (.seenDays(3, of: 7), ["3", "7"]), (.acceptedBy("AA"), ["AA"]),
        (.firstShown("AA", 3, of: 7), ["AA", "3", "7", "CSV", "JSON"]), (.ttl(of: "MX"), ["TTL", "MX"]),
        (.availabilityUnknown(7), ["7"]), (.availability(7, resolved: "AA", served: "BB"), ["7", "AA", "BB"]),
        (.seenLine(3, of: 7), ["3", "7"]),
        (.incidentLine(critical: 3, warnings: 4, notices: 5, stillOpen: 7), ["3", "4", "5", "7"]),
        (.changeLine(7, accepted: 3), ["7", "3"]), (.weaknessLine(start: 3, end: 7), ["3", "7"]), (.andMore(7), ["7"]),
        (.longestPeriod(400), ["400"]),
    ]

    @Test("say all that they are filled with", arguments: messages.indices)
    func filled(place: Int) {
        let (message, parts) = Self.messages[place]
        for language in Language.allCases {
            let text = Wording(language).say(message)
            for part in parts { #expect(text.contains(part), "\(language): \(text)") }
        }
    }

    @Test("are all tried above, and each is said somewhere")
    func used() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources").standardized
        let declared = try String(
            contentsOf: root.appending(path: "LapwingCore/Report/Words/Wording+phrases.swift"), encoding: .utf8)
        let part = try #require(declared.firstMatch(of: /enum Message[^{]*\{((?:.|\n)*?)\n    \}/)).output.1
        let names = Set(part.matches(of: /\n        case (\w+)\(/).map { String($0.output.1) })
        let tried = Set(Self.messages.map { String("\($0.0)".prefix { $0 != "(" }) })
        #expect(names == tried)
        var code = ""
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            guard !file.lastPathComponent.hasSuffix("Words.swift"), !file.lastPathComponent.hasSuffix("+phrases.swift")
            else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            if text.contains("ording") { code += text }
        }
        let said = Set(
            code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.filter { $0.hasPrefix(".") }
                .compactMap { $0.split(separator: ".").first.map(String.init) })
        for name in Wording.Phrase.allCases.map({ "\($0)" }) + names {
            #expect(said.contains(name), "\(name) is said nowhere")
        }
    }

    /// Words that would be a second name for something that has one: see the glossary at the head of each language.
    static let synonyms: [Language: [String]] = [
        .english: ["outage ", "nameserver", "alarm"],
        .german: [
            "Namensserver", "DNS-Server", "Störfall", "Ereignis", "Datensatz", "bestätigt", "Registrierungsstelle",
        ],
        .french: ["serveur DNS", "serveurs DNS", "panne générale", "alerte", "changement", "enregistrement DNS"],
        .spanish: ["servidor DNS", "alerta", "modificación", "registro DNS", "resolver "],
        .portuguese: ["servidor DNS", "advertência", "mudança", "registro DNS", "resolver "],
        .russian: ["DNS-сервер", "сервер имен", "тревог", "происшеств", "внимание"],
    ]

    @Test("are the same for one thing", arguments: Language.allCases)
    func glossary(language: Language) {
        let wording = Wording(language)
        let texts =
            Wording.Phrase.allCases.map { wording[$0] } + IncidentClass.allCases.map { wording.sentence($0) }
            + Wording.WeaknessKind.allCases.map { wording.sentence($0) }
            + Self.messages.map { wording.say($0.0) }
        for word in Self.synonyms[language] ?? [] {
            for text in texts { #expect(!text.lowercased().contains(word.lowercased()), "\(word): \(text)") }
        }
    }

    // MARK: Which language

    static let headers: [(String, Language?)] = [
        ("de", .german), ("de-AT,de;q=0.9,en;q=0.8", .german), ("en;q=0.5, fr;q=0.7", .french),
        ("nl, pt-PT;q=0.3", .portuguese), ("ja,zh;q=0.9", nil), ("", nil), ("*", nil), ("de;q=0, ru;q=0.001", .russian),
        ("es;q=2, de;q=0.1", .german), ("DE-de", .german), ("de;q=x", nil), (";;;,,,;q=", nil), ("deu", nil),
        (String(repeating: "x,", count: 100_000) + "de", nil), ("en;q=1.000,de;q=0.9999", .english),
    ]

    @Test("are in the language that the reader wants most", arguments: headers.indices)
    func wanted(place: Int) {
        let (header, language) = Self.headers[place]
        #expect(Language.wanted(by: header) == language, "\(header.prefix(40))")
    }
}
