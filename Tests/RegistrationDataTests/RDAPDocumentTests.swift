import RegistrationData
import Testing

@Suite struct RDAPDocumentTests {
    static let full = """
        {"objectClassName":"domain","ldhName":"EXAMPLE.COM.","handle":"1_DOMAIN",
         "status":["client transfer prohibited","active","redemption period","somethingNew"],
         "events":[{"eventAction":"registration","eventDate":"1995-08-14T04:00:00Z"},
                   {"eventAction":"expiration","eventDate":"2027-08-13T04:00:00.5+0000"},
                   {"eventAction":"registrar expiration","eventDate":"2026-08-13T04:00:00Z"},
                   {"eventAction":"last changed","eventDate":"2025-08-14T07:01:31"},
                   {"eventAction":"last update of RDAP database","eventDate":"2026-11-01T00:00:00Z"}],
         "entities":[{"roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text","A B"]]]},
                     {"roles":["registrar"],"handle":"376","publicIds":[{"type":"IANA Registrar ID","identifier":"376"}],
                      "vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Registrar, Inc."]]]}],
         "nameservers":[{"ldhName":"A.EXAMPLE.NET."},{"ldhName":"b.example.net"},{"ldhName":"a.example.net"}],
         "secureDNS":{"delegationSigned":true,"dsData":[{"keyTag":370,"algorithm":13,"digestType":2,"digest":"BE74"}]},
         "links":[{"rel":"related","type":"text/html","href":"https://registrar.example/"},
                  {"rel":"related","type":"application/rdap+json","href":"https://rdap.registrar.example/domain/EXAMPLE.COM"}]}
        """

    @Test("a whole answer")
    func whole() throws {
        let registration = try RDAPDocument(Array(Self.full.utf8)).registration
        #expect(registration.isRegistered == true)
        #expect(registration.domain == "example.com")
        #expect(registration.expires?.value.description == "2027-08-13T04:00:00Z")
        #expect(registration.expires?.source == .registryRDAP)
        #expect(registration.registrarExpires?.value.description == "2026-08-13T04:00:00Z")
        #expect(registration.created?.value.description == "1995-08-14T04:00:00Z")
        #expect(registration.updated?.value.description == "2025-08-14T07:01:31")
        #expect(registration.registrar?.value == "Registrar, Inc.")
        #expect(registration.registrarID == "376")
        #expect(registration.statuses?.value == ["clientTransferProhibited", "ok", "redemptionPeriod", "somethingNew"])
        #expect(registration.alarms == [.redemptionPeriod])
        #expect(registration.nameServers?.value == ["a.example.net", "b.example.net"])
        #expect(registration.delegationSigned?.value == true)
        #expect(registration.delegationSigners == ["370 13 2 BE74"])
        #expect(registration.referral == "https://rdap.registrar.example/domain/EXAMPLE.COM")
    }

    @Test(
        "members of a wrong type cost nothing else",
        arguments: [
            "\"status\":{}", "\"status\":\"active\"", "\"events\":7", "\"events\":[7,{\"eventAction\":1}]",
            "\"entities\":[[]]",
            "\"entities\":[{\"roles\":[\"registrar\"],\"vcardArray\":[\"vcard\",[[\"fn\",[],\"text\",[]],[1],{}]]}]",
            "\"nameservers\":[null,1]", "\"secureDNS\":[]", "\"secureDNS\":{\"delegationSigned\":\"yes\"}",
            "\"links\":{}",
            "\"redacted\":[1]",
        ])
    func loose(_ member: String) throws {
        let body = """
            {"objectClassName":"domain","ldhName":"example.ch",\(member),
             "port43":"whois.nic.ch","events":[{"eventAction":"expiration","eventDate":"2027-01-01"}]}
            """
        let registration = try RDAPDocument(Array(body.utf8)).registration
        #expect(registration.isRegistered == true)
        if !member.hasPrefix("\"events") { #expect(registration.expires?.value.description == "2027-01-01") }
        #expect(registration.delegationSigned == nil)
    }

    @Test("an absent end is absent, a redacted one is known not to be published")
    func absence() throws {
        let plain = try RDAPDocument(Array("{\"objectClassName\":\"domain\",\"ldhName\":\"a.no\"}".utf8)).registration
        #expect(plain.expires == nil && plain.expiry == .absent)
        let body = """
            {"objectClassName":"domain","ldhName":"a.au","redacted":[{"name":{"description":"Domain Expiration Date"}}]}
            """
        #expect(try RDAPDocument(Array(body.utf8)).registration.expiry == .notPublished)
    }

    @Test(
        "an error body says nothing of the domain",
        arguments: [(429, .throttled), (400, .invalid), (404, .unavailable), (500, .unavailable)]
            as [(Int, Registration.Outcome)])
    func errors(_ code: Int, _ outcome: Registration.Outcome) throws {
        let registration = try RDAPDocument(Array("{\"errorCode\":\(code),\"title\":\"x\"}".utf8)).registration
        #expect(registration.outcome == outcome)
        #expect(registration.isRegistered == nil)
    }

    @Test(
        "what is no RDAP answer",
        arguments: ["<html></html>", "{}", "[]", "\"x\"", "{\"objectClassName\":\"nameserver\"}", ""])
    func refuses(_ body: String) {
        #expect(throws: RDAPDocument.Failure.self) { try RDAPDocument(Array(body.utf8)) }
    }

    @Test("no part of an answer is a crash")
    func damage() {
        let text = Array(Self.full.utf8)
        for end in stride(from: 0, to: text.count, by: 3) { _ = try? RDAPDocument(Array(text[..<end])).registration }
    }
}
