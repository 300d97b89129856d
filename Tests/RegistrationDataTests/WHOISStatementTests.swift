import RegistrationData
import Testing

/// What servers say in words, in the languages they say it in.
@Suite struct WHOISStatementTests {
    @Test(
        "the domain is free",
        arguments: [
            "Die Domain x.tld ist frei.",
            "Le domaine x.tld est disponible",
            "El dominio x.tld no existe",
            "Domain x.tld: nie znaleziono",
            "Домен x.tld не зарегистрирован",
            "Domain:  x.tld\nStatus:  free",
            "Domain: x.tld\nStatus: nicht registriert",
            "Domain name: x.tld\nDomain status: LIBRE",
            "x.tld - not found",
            ">>> Domain x.tld is available for registration",
            "% No entries found for query \"x.tld\".",
            "No Object Found",
            "NO OBJECT FOUND!",
            "The domain \"x.tld\" is not registered.",
            "No such domain: x.tld",
            "Domain name x.tld does not exist in database!",
            "Domain Name [x.tld] does not exist in database",
            "% Object \"x.tld\" NOT FOUND.",
            "The queried object does not exist: DOMAIN NOT FOUND",
            "This domain name has not been registered.",
            "No Data Found\n>>> Last update of WHOIS database: 2026-01-01T00:00:00Z <<<",
            "Domain x.tld is not known in our database.",
            "The domain you requested is not known in Foos database.",
            "ERROR:101: no entries found",
            "x.tld is free",
            "No information was found matching that query.",
            "Object does not exist",
            "no matching record",
            "Requested domain: x.tld not found",
            "No Match for X.TLD",
            "Domain Status: No Object Found",
            "Nessun risultato per x.tld",
            "The domain x.tld is available for purchase",
        ])
    func noSuchDomain(_ text: String) {
        let registration = WHOISText(text, domain: "x.tld").registration
        #expect(registration.outcome == .available)
        #expect(registration.isRegistered == false)
    }

    @Test(
        "a limit says nothing of the domain",
        arguments: [
            "Query rate limit exceeded",
            "Trop de requêtes, réessayez plus tard",
            "Zu viele Anfragen von Ihrer IP",
            "Слишком много запросов",
            "查询过于频繁",
            "% Your request has been throttled",
            "You have exceeded your quota",
            "ERROR: too many requests, not found",
            "Error: quota exceeded",
            "WHOIS rate-limit",
            "Demasiadas consultas desde su IP",
            "Too many queries; your IP will be unblocked in 60 seconds",
            "Access temporarily blocked for 300 seconds",
        ])
    func limits(_ text: String) {
        let registration = WHOISText(text, domain: "x.tld").registration
        #expect(registration.outcome == .throttled)
        #expect(registration.isRegistered == nil)
    }

    @Test(
        "a failure says nothing of the domain",
        arguments: [
            "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
            "<!DOCTYPE html><html><body>Service Unavailable</body></html>",
            "Internal error",
            "Connection timed out",
            "The whois service has been decommissioned, please use RDAP",
            "Maintenance: wartungsarbeiten",
        ])
    func failures(_ text: String) {
        let registration = WHOISText(text, domain: "x.tld").registration
        #expect(registration.outcome == .unavailable)
        #expect(registration.isRegistered == nil)
    }

    @Test(
        "the name is withheld",
        arguments: [
            "x.tld is reserved",
            "Reserved Domain Name",
            "Domain: x.tld\nStatus: reserved",
            "This name is reserved by the Registry in accordance with ICANN Policy.",
            "The registration of this domain is restricted, as it is protected by the registry.",
            "Domain x.tld is blocked",
            "Domain Status: Premium\nDomain: x.tld",
        ])
    func withheld(_ text: String) {
        let registration = WHOISText(text, domain: "x.tld").registration
        #expect(registration.outcome == .reserved)
        #expect(registration.isRegistered != false)
    }

    @Test(
        "words that are no statement about the domain",
        arguments: [
            "whois server not found",
            "HTTP/1.1 404 Not Found",
            "hello",
            "x.tld",
            "Domain: x.tld",
            "We could not find a server for this TLD",
        ])
    func nothing(_ text: String) {
        let registration = WHOISText(text, domain: "x.tld").registration
        #expect(registration.isRegistered == nil)
    }

    @Test("terms of use with the same words do not decide")
    func terms() {
        let terms = """
            Queries beyond what is reasonable are refused: whoever has exceeded the limit is blocked and told so
            with the words "access denied" and later service unavailable until further notice is given to all.

            """
        #expect(WHOISText(terms + "x.tld is free\n", domain: "x.tld").registration.outcome == .available)
        #expect(WHOISText(terms + "No match\n", domain: "x.tld").registration.outcome == .available)
    }
}
