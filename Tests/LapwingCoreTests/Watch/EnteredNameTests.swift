import DNSWire
import LapwingCore
import Testing

@Suite("A domain as it is entered")
struct EnteredNameTests {
    private static let reader = EnteredName(
        ascii: { $0 == "bücher.example" ? "xn--bcher-kva.example" : nil },
        isSuffix: { ["com.", "co.uk.", "uk."].contains($0.description) })

    @Test(
        "is a name",
        arguments: [
            ("example.com", "example.com."), ("example.com.", "example.com."), (" example.com\n", "example.com."),
            ("WWW.Example.com", "WWW.Example.com."), ("a--b.example", "a--b.example."),
            ("xn--bcher-kva.example", "xn--bcher-kva.example."), ("bücher.example", "xn--bcher-kva.example."),
            ("_msdcs.example.com", "_msdcs.example.com."), ("1e3.test", "1e3.test."), ("3.example", "3.example."),
            ("0/25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa."), ("example.co.uk", "example.co.uk."),
        ])
    func name(_ text: String, _ name: String) throws {
        #expect(try Self.reader.read(text).description == name)
    }

    @Test(
        "is none, and it is said why",
        arguments: [
            ("", "it is empty"), ("  ", "it is empty"),
            ("https://example.com/", "is a URL; the domain in it is example.com"),
            ("http://d00041.com:80/x?y", "is a URL; the domain in it is d00041.com"), ("ftp://[::1]/", "is a URL"),
            ("example.com/path", "is a part of a URL; the domain in it is example.com"),
            ("info@example.com", "is an address of mail; the domain in it is example.com"),
            ("info@com", "is an address of mail"), ("@", "is an address of mail"),
            ("d1.com,d2.com", "is a list of 2"), ("d1.com d2.com\nd3.com", "is a list of 3"),
            ("d1.com,d2.comd3.com", "is a list of 2"), ("exa mple.com", "it holds a blank"),
            ("example.com:8443", "it has a port; the domain in it is example.com"),
            ("192.0.2.1", "is an address"), ("2001:db8::1", "is an address"),
            ("10.2", "no top-level domain is a number"),
            ("*.example.com", "is a wildcard; the domain in it is example.com"),
            ("example..com", "a label is empty"), (".example.com", "a label is empty"), ("..", "a label is empty"),
            ("-a.example", "hyphen"), ("a-.example", "hyphen"), ("_.example", "hyphen"),
            ("exa_mple.com", "`_` has no place"), ("exa\\032mple.com", "has no place"), ("a'b.example", "has no place"),
            (String(repeating: "a", count: 64) + ".example", "a label has 64 octets"),
            (String(repeating: "a.", count: 127) + "example", "more than 253 octets"),
            (String(repeating: "a", count: 2000), "too long"), ("bü\u{202E}cher.example", "IDNA"),
            (".", "is the root"), ("com", "is a public suffix"), ("co.uk.", "is a public suffix"),
        ])
    func refusal(_ text: String, _ reason: String) {
        do throws(EnteredName.Refusal) {
            let name = try Self.reader.read(text)
            Issue.record("\(text) was taken as \(name)")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
            #expect(error.entered.count <= 80)
        }
    }

    @Test("a public suffix can be meant")
    func suffix() throws {
        #expect(try Self.reader.read("co.uk", meansSuffix: true).description == "co.uk.")
        #expect(throws: EnteredName.Refusal.self) { try Self.reader.read("https://co.uk", meansSuffix: true) }
    }
}
