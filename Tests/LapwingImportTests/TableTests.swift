import LapwingCore
import LapwingImport
import Testing

@Suite("Tables of registrars")
struct TableTests {
    static let tables: [(String, [String])] = [
        ("Domain Name,TLD,Expiration Date\nexample.com,com,2027-03-02\n", [#"example.com. {"expires": "2027-03-02"}"#]),
        ("\u{FEFF}Domain;Ablaufdatum\r\nexample.org;02.03.2027\r\n", [#"example.org. {"expires": "2027-03-02"}"#]),
        ("sep=;\nDomäne;läuft ab am\n\"example.org\";\"1.4.2027\"\n", [#"example.org. {"expires": "2027-04-01"}"#]),
        ("domain\texpires\nexample.com\tMar 2, 2027\n", [#"example.com. {"expires": "2027-03-02"}"#]),
        (
            "Nom de domaine,Date d'expiration\nexample.com,2 février 2027\n",
            [#"example.com. {"expires": "2027-02-02"}"#]
        ),
        ("Домен;Оплачен до\nexample.com;2027.03.02\n", [#"example.com. {"expires": "2027-03-02"}"#]),
        ("SLD,TLD,Expires On\nexample,co.uk,02-Mar-2027\n", [#"example.co.uk. {"expires": "2027-03-02"}"#]),
        (
            "Domain,Expires,Auto-renew\nexample.com,2027-03-02 04:05:06,ON\n",
            [
                #"example.com. {"auto_renew": "true", "expires": "2027-03-02"}"#
            ]
        ),
        ("Domain,Expires\nexample.com,2027-03-02T04:05:06Z\n", [#"example.com. {"expires": "2027-03-02T04:05:06Z"}"#]),
        (
            "Domain,Expires\na.example,03/04/2027\nb.example,03/24/2027\n",
            [
                #"a.example. {"expires": "2027-03-04"}"#, #"b.example. {"expires": "2027-03-24"}"#,
            ]
        ),
        (
            "Domain,Expires\na.example,03/04/2027\nb.example,24/03/2027 11:00\n",
            [
                #"a.example. {"expires": "2027-04-03"}"#, #"b.example. {"expires": "2027-03-24"}"#,
            ]
        ),
        ("Domain,Tags\na.example,\"x, y|z\"\n", [#"a.example. {"tags": ["x", "y", "z"]}"#]),
        ("My domains\n\nDomain,Expires\na.example,n/a\n", ["a.example. {}"]),
        ("Domain,Note\na.example,\"two\nlines, \"\"quoted\"\"\"\nb.example,\n", ["a.example. {}", "b.example. {}"]),
    ]

    @Test("columns are found by their names, dates by their form", arguments: tables.indices)
    func table(_ index: Int) throws {
        let result = try Reading.read(Self.tables[index].0)
        #expect(result.format == .csv)
        #expect(Reading.lines(result) == Self.tables[index].1)
        #expect(result.faults.isEmpty, "\(result.faults)")
    }

    static let unclear: [(String, String)] = [
        ("03/04/2027", "is ambiguous"), ("03/04/27", "no form that is known"), ("soon", "no form"),
        ("31.02.2027", "no day of the calendar"), ("2027-13-01", "no form"), ("0000-01-01", "no form"),
    ]

    @Test("a date that is not certain is told, and none is made up", arguments: unclear.indices)
    func unclearDate(_ index: Int) throws {
        let result = try Reading.read("Domain,Expires\na.example,\(Self.unclear[index].0)\n")
        #expect(Reading.lines(result) == ["a.example. {}"])
        #expect(result.faults.first?.description.contains(Self.unclear[index].1) == true, "\(result.faults)")
        #expect(result.faults.first?.place.line == 2)
    }

    @Test("a column that writes dates in two ways tells nothing")
    func mixed() throws {
        let result = try Reading.read("Domain,Expires\na.example,03/24/2027\nb.example,24/03/2027\n")
        #expect(Reading.lines(result) == ["a.example. {}", "b.example. {}"])
        #expect(result.faults.count == 2)
    }

    @Test("the user may say what a date means")
    func said() throws {
        let result = try Reading.read("Domain,Expires\na.example,03/04/2027\n", dates: .dayFirst)
        #expect(Reading.lines(result) == [#"a.example. {"expires": "2027-04-03"}"#])
    }

    @Test("a quote that is never closed has a place")
    func quote() {
        #expect(Reading.fault("Domain,Note\na.example,\"b\nc\n") == "input:2: a quote is opened here and never closed")
        #expect(Reading.fault("a,b\n", format: .csv).contains("no column is called Domain"))
    }
}
