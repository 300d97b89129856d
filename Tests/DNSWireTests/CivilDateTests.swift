import DNSWire
import Testing

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            (0, 1970, 1, 1), (-1, 1969, 12, 31), (19_782, 2024, 2, 29), (19_783, 2024, 3, 1), (11_016, 2000, 2, 29),
            (-25_508, 1900, 3, 1), (-25_509, 1900, 2, 28), (2_932_896, 9999, 12, 31), (-719_162, 1, 1, 1),
        ] as [(Int64, Int64, Int64, Int64)])
    func dates(day: Int64, year: Int64, month: Int64, ofMonth: Int64) {
        #expect(CivilDate.date(ofDay: day) == (year, month, ofMonth))
        #expect(CivilDate.day(year: year, month: month, day: ofMonth) == day)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        let lost = (Int64(-150_000)...150_000).filter { day in
            let date = CivilDate.date(ofDay: day)
            return CivilDate.day(year: date.year, month: date.month, day: date.day) != day
        }
        #expect(lost.isEmpty)
    }

    @Test(
        arguments: [(0, "19700101000000"), (4_294_967_295, "21060207062815"), (-1, "19691231235959")]
            as [(Int64, String)])
    func compact(seconds: Int64, text: String) { #expect(CivilDate.compactText(seconds) == text) }
}
