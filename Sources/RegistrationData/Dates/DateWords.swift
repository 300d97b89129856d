/// The words that dates of registries are made of.
enum DateWords {
    /// Months by name and short form, in the languages registries write.
    static let months: [String: Int] = {
        let rows: [(Int, String)] = [
            (1, "jan january ene enero janv janvier januar januari gen gennaio jän jänner janeiro ocak янв января"),
            (
                2,
                "feb february febrero fev fevereiro févr fevr février fevrier februar februari febbraio şubat фев февраля"
            ),
            (3, "mar march marzo marco março mars mär märz maerz mrz maart mrt mart мар марта"),
            (4, "apr april abr abril avr avril aprile nisan апр апреля"),
            (5, "may mayo mai maio mag maggio mei maj mayıs мая"),
            (6, "jun june junio junho juin juni giu giugno haziran июн июня"),
            (7, "jul july julio julho juil juillet juli lug luglio temmuz июл июля"),
            (8, "aug august ago agosto août aout augustus augusti ağustos авг августа"),
            (9, "sep sept september septiembre setiembre set setembro septembre settembre eylül сен сентября"),
            (10, "oct october octubre out outubro octobre okt oktober ott ottobre ekim окт октября"),
            (11, "nov november noviembre novembro novembre kasım ноя ноября"),
            (12, "dec december dic diciembre dez dezembro déc decembre décembre dezember dicembre aralık дек декабря"),
        ]
        var table: [String: Int] = [:]
        for (month, names) in rows {
            for name in names.split(separator: " ") { table[String(name)] = month }
        }
        return table
    }()

    /// Zones by name, in minutes east of UTC; names that several zones share are left out on purpose.
    static let zones: [String: Int] = [
        "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120,
        "mest": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "wat": 60, "sast": 120, "eat": 180, "jst": 540,
        "kst": 540, "hkt": 480, "sgt": 480, "ict": 420, "wib": 420, "nzst": 720, "nzdt": 780, "aest": 600, "aedt": 660,
        "est": -300, "edt": -240, "pst": -480, "pdt": -420, "brt": -180, "brst": -120,
    ]

    /// Year, month and day in the writing of East Asia, which separate the numbers.
    static let marks: Set<String> = ["年", "月", "日", "년", "월", "일"]

    /// Words that may stand in front of a date or inside it and mean nothing.
    static let fillers: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "tues", "thur", "thurs", "st", "nd", "rd", "th", "of", "de", "del", "the", "on", "at",
        "t", "year", "day", "le", "den", "der",
    ]
}
