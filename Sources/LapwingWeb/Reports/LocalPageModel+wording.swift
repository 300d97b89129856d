import LapwingCore

extension LocalPageModel {
    /// - Parameters:
    ///   - sheet: the address of the style sheet; nil if it is inline.
    ///   - script: the address of the script that converts times to the reader's time zone; nil for none.
    ///   - place: returns the address of the page in a language; nil if it has only one language.
    init(_ wording: Wording, sheet: String? = nil, script: String? = nil, place: ((Language) -> String)? = nil) {
        tag = wording.language.tag
        direction = wording.language.direction
        self.sheet = sheet
        self.script = script
        language = wording[.language]
        choices =
            place.map { place in
                Language.allCases.map { language in
                    Choice(
                        path: place(language), tag: language.tag, name: language.ownName,
                        isChosen: language == wording.language)
                }
            } ?? []
        hasChoices = !choices.isEmpty
        clocks =
            wording.clock.map { $0.zone == "UTC" ? wording[.timesUTC] : wording.say(.zone($0.zone)) }
            ?? wording[.timesUTC]
        ownClocks = wording.clock == nil && script != nil ? wording[.timesLocal] : nil
    }
}

extension TimeModel {
    init(_ moment: Timestamp, _ wording: Wording) { self.init(iso: moment.description, words: wording.time(moment)) }
}

extension SpanModel {
    init(from: Timestamp, to: Timestamp?, _ wording: Wording, length: String? = nil) {
        self.init(
            since: to == nil ? wording[.since] : nil, from: TimeModel(from, wording),
            to: to.map { TimeModel($0, wording) }, length: length)
    }
}

extension LegendModel {
    static func all(_ wording: Wording) -> [LegendModel] {
        let days: [(Report.DayState, String)] = [
            (.good, "good"), (.disturbed, "note"), (.warning, "warn"), (.critical, "bad"), (.unknown, "idle"),
        ]
        return days.map { LegendModel(style: $1, word: wording.word($0)) }
    }
}
