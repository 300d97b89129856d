import RegistrationData
import Testing

/// The same answer as different servers send it.
@Suite struct WHOISTransportTests {
    static let answer = """
        Domain Name: example.com
        Domain Status: CLIENT TRANSFER PROHIBITED
        Domain Status: serverHold HTTPS://icann.org/epp#serverHold

        Creation Date: 1999-03-02
        Expiry Date: 2027-03-02T10:00:00Z
        Registrar: A & B Ltd

        Name Servers:
           ns1.example.net
           ns2.example.net

        """

    @Test(
        "line ends, blanks and marks of a page change no fact",
        arguments: [
            answer, answer.replacing("\n", by: "\r\n"), answer.replacing("\n", by: "\r"),
            answer.replacing("\n", by: "\r\r\n"), "\u{FEFF}" + answer, answer.replacing(": ", by: ":\u{A0}"),
            answer.replacing(": ", by: "： "), answer.replacing("\n", by: "\n\n"), answer.replacing("\n", by: "<br>\n"),
            "<html><body><pre>\n" + answer.replacing("&", by: "&amp;") + "</pre></body></html>", answer.uppercased(),
            answer.replacing(": ", by: "...........: "), answer.replacing(": ", by: " : "),
        ])
    func forms(_ text: String) {
        let registration = WHOISText(text, domain: "example.com").registration
        #expect(registration.outcome == .registered)
        #expect(registration.expires?.value.description == "2027-03-02T10:00:00Z")
        #expect(registration.created?.value.description == "1999-03-02")
        #expect(registration.statuses?.value == ["clientTransferProhibited", "serverHold"])
        #expect(registration.nameServers?.value == ["ns1.example.net", "ns2.example.net"])
        #expect(registration.registrar?.value.lowercased() == "a & b ltd")
        #expect(registration.alarms == [.serverHold])
    }

    @Test("a page of a web server is no answer", arguments: ["404 Not Found", "503 Service Unavailable", "No match"])
    func pages(_ words: String) {
        let page = "<html><head><title>\(words)</title></head><body><h1>\(words)</h1><hr>nginx</body></html>\n"
        let registration = WHOISText(page, domain: "example.com").registration
        #expect(registration.outcome == .unavailable)
        #expect(registration.isRegistered == nil)
    }

    @Test(
        "an order of day and month is taken from what it would make of the others",
        arguments: [
            ("Created: 03/01/2027\nExpires: 02/02/2027\n", "2027-02-02"),
            ("Created: 05/04/2026\nChanged: 04/05/2026\nExpires: 05/04/2027\n", "2027-04-05"),
            ("Created: 03/04/2026\nExpires: 03/04/2027\n", nil),
        ])
    func order(_ dates: String, _ expected: String?) {
        let registration = WHOISText("Domain: x.tld\n" + dates, domain: "x.tld").registration
        #expect(registration.expires?.value.description == expected)
        #expect(registration.outcome == .registered)
    }
}

extension String {
    fileprivate func replacing(_ text: Character, by other: String) -> String {
        String(flatMap { $0 == text ? Array(other) : [$0] })
    }

    fileprivate func replacing(_ text: String, by other: String) -> String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(text) {
                result += other
                rest = rest.dropFirst(text.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
