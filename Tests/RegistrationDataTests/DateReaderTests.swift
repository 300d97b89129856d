import RegistrationData
import Testing

@Suite struct DateReaderTests {
    @Test(
        "every form in which registries write dates",
        arguments: [
            ("2027-04-03T13:38:02Z", "2027-04-03T13:38:02Z"),
            ("2027-04-03T13:38:02.0Z", "2027-04-03T13:38:02Z"),
            ("2027-04-03T13:38:02.123456789Z", "2027-04-03T13:38:02Z"),
            ("2027-04-03T00:00:00-0700", "2027-04-03T07:00:00Z"),
            ("2027-04-03T00:00:00+05:30", "2027-04-02T18:30:00Z"),
            ("2027-04-03T13:38:02", "2027-04-03T13:38:02"),
            ("2027-04-03 07:00:00", "2027-04-03T07:00:00"),
            ("2027-04-03 07:00:00 +03:00", "2027-04-03T04:00:00Z"),
            ("2027-04-03 07:00:00+03", "2027-04-03T04:00:00Z"),
            ("2027-04-03", "2027-04-03"),
            ("2027.04.03", "2027-04-03"),
            ("2027. 04. 03.", "2027-04-03"),
            ("2027/04/03", "2027-04-03"),
            ("2027/04/03 01:01:57 (JST)", "2027-04-02T16:01:57Z"),
            ("20270403", "2027-04-03"),
            ("20270403 17:57:27", "2027-04-03T17:57:27"),
            ("20270403175727", "2027-04-03T17:57:27"),
            ("20010919 #645178", "2001-09-19"),
            ("3.4.2027", "2027-04-03"),
            ("03.04.2027 10:15:55", "2027-04-03T10:15:55"),
            ("03-04-2027", "2027-04-03"),
            ("14-Feb-2027", "2027-02-14"),
            ("14-feb-2027 09:30:13 UTC", "2027-02-14T09:30:13Z"),
            ("15-abr-2011", "2011-04-15"),
            ("28th April 2014", "2014-04-28"),
            ("7th April, 2018", "2018-04-07"),
            ("02nd August 2000", "2000-08-02"),
            ("Monday 16th Jun 2014", "2014-06-16"),
            ("07 Oct 2018 10:02 WAT", "2018-10-07T09:02:00Z"),
            ("Sun Oct 03 23:59:59 GMT 2021", "2021-10-03T23:59:59Z"),
            ("Tue Feb 10 09:42:42 2004", "2004-02-10T09:42:42"),
            ("Tue Dec 12 2000", "2000-12-12"),
            ("January 18 2027", "2027-01-18"),
            ("2001-Aug-23.", "2001-08-23"),
            ("23 de agosto de 2012", "2012-08-23"),
            ("2026-11-09 00:00:00 (UTC+8)", "2026-11-08T16:00:00Z"),
            ("14-05-2009 10:11:12 GMT+1", "2009-05-14T09:11:12Z"),
            ("2014-12-02/14:12:36", "2014-12-02T14:12:36"),
            ("2026-11-09 (YYYY-MM-DD)", "2026-11-09"),
            ("Sep-04-2014", "2014-09-04"),
            ("2027年03月02日", "2027-03-02"),
            ("1998-05-11 by hostmaster", "1998-05-11"),
            ("23-Sep-15", "2015-09-23"),
            ("24-Sep-98", "1998-09-24"),
            ("2014/05/26", "2014-05-26"),
            ("09/28/2027 12:00:00 AM", "2027-09-28T00:00:00"),
            ("31/12/2027", "2027-12-31"),
            ("12/31/2027", "2027-12-31"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("2026-11-20 14:48:02 CLST", "2026-11-20T14:48:02"),
        ] as [(String, String)])
    func reads(_ text: String, _ expected: String) {
        #expect(DateReader().read(text)?.description == expected)
    }

    @Test(
        "what is no date, or could be two",
        arguments: [
            "", " ", "03/04/2027", "2027-02-30", "2027-13-01", "0000-00-00", "0000-00-00T00:00:00+00:00", "9999-12-31",
            "1969-12-31", "N/A", "not defined", "before Aug-1996", "Aug-1996",
            "the date the registrar's sponsorship ends",
            "30th April each year", "99999999999999999999", "2027", "1.2", "12:00:00", "--", "T", "2027-04-",
            "16/09/14",
        ])
    func refuses(_ text: String) {
        #expect(DateReader().read(text) == nil)
    }

    @Test("the order of day and month is the registry's")
    func order() {
        #expect(DateReader(order: .dayFirst).read("03/04/2027")?.description == "2027-04-03")
        #expect(DateReader(order: .monthFirst).read("03/04/2027")?.description == "2027-03-04")
        #expect(DateReader(order: .dayFirst, allowsShortYears: true).read("16/09/14")?.description == "2014-09-16")
        #expect(DateOrder(hint: "dd/mm/yyyy") == .dayFirst)
        #expect(DateOrder(hint: "JJ/MM/AAAA") == .dayFirst)
        #expect(DateOrder(hint: "MM/DD/YYYY") == .monthFirst)
        #expect(DateOrder(hint: "UTC") == nil)
    }

    @Test("days and instants survive their text", arguments: Array(stride(from: 0, to: 84_000, by: 997)))
    func days(_ number: Int) throws {
        let day = try #require(CivilDay(daysSinceEpoch: number))
        #expect(day.daysSinceEpoch == number)
        let text = RegistrationMoment(day: day).description
        #expect(DateReader().read(text)?.day == day)
        let instant = try #require(RegistrationMoment(unixSeconds: number * 86_400 + number))
        #expect(DateReader().read(instant.description) == instant)
        #expect(instant.unixSeconds == number * 86_400 + number)
    }
}
