import Testing

import BlackboxProbe

@Suite struct ConfigurationTests {
    private func faults(_ yaml: String) -> [ConfigurationFault] {
        do throws(ConfigurationError) {
            _ = try BlackboxConfiguration(yaml: yaml)
            return []
        } catch {
            return error.faults
        }
    }

    @Test func faultsHaveLines() {
        let yaml = """
            modules:
              a:
                prober: dns
                timeout: 5
                dns:
                  query_name: x
                  colour: red
            """
        #expect(
            faults(yaml) == [
                .init(line: 4, text: "cannot unmarshal !!int `5` into time.Duration"),
                .init(line: 7, text: "field colour not found in type config.plain"),
            ])
    }

    @Test func defaults() throws {
        let file = try BlackboxConfiguration(
            yaml: "modules: {a: {prober: dns, dns: {query_name: x}}, b: {prober: dns}}")
        let module = try #require(file.modules["a"])
        #expect(module.dns.queryType == 255 && module.dns.queryClass == 1 && module.dns.recursionDesired)
        #expect(module.dns.protocolFallback && module.dns.validResponseCodes == nil && module.timeout == .zero)
        #expect(file.modules["b"]?.dns.queryName == "")
    }

    @Test func dumpHidesSecretsAndFalse() throws {
        let yaml =
            "modules: {a: {prober: http, http: {basic_auth: {username: u, password: p}, ip_protocol_fallback: no}}}"
        let text = ConfigurationDump.text(try BlackboxConfiguration(yaml: yaml))
        #expect(text.contains("password: <secret>") && !text.contains("password: p"))
        #expect(text.ranges(of: "ip_protocol_fallback: true").count == 3)
    }

    @Test(
        "headers that are credentials are hidden, others are shown",
        arguments: [
            ("Authorization", true), ("proxy-authorization", true), ("Cookie", true), ("X-Api-Key", true),
            ("X-Auth-Token", true), ("PRIVATE-TOKEN", true), ("Accept-Language", false), ("Host", false),
        ])
    func headers(name: String, isHidden: Bool) throws {
        let file = try BlackboxConfiguration(yaml: "modules: {a: {prober: http, http: {headers: {\(name): hunter2}}}}")
        let module = try #require(file.modules["a"])
        for text in [ConfigurationDump.text(file), ConfigurationDump.text(module)] {
            #expect(text.contains("\(name): <secret>") == isHidden && text.contains("hunter2") != isHidden)
        }
    }

    @Test func aliasesCannotMultiply() {
        var yaml = "modules: {a: &a0 {prober: dns}}\n"
        yaml =
            "x: &x0 [a,a,a,a,a,a,a,a,a,a]\n"
            + (1..<12).map {
                "x\($0): &x\($0) [" + Array(repeating: "*x\($0 - 1)", count: 10).joined(separator: ",") + "]\n"
            }.joined() + yaml
        #expect(!faults(yaml).isEmpty)
    }
}
