import DNSWire
import LapwingConfig
import LapwingCore
import Testing

@Suite("Who vouches for people, in the configuration")
struct PeopleReaderTests {
    @Test("a provider with all that may be said of it, and with little")
    func provider() throws {
        let settings = try SettingsReaderTests.read(
            """
            web:
              oidc: {issuer: "https://login.example.org/", client_id: lapwing, client_secret: s, groups_claim: roles,
                     name_claim: preferred_username, scopes: [openid, roles], label: Example, session: 8h,
                     private_network: true, groups: {dns admins: {role: run}, a: {role: look, tags: [x, y]}}}
            """)
        let provider = try #require(settings.web.provider)
        #expect(provider.issuer == "https://login.example.org/" && provider.host == "login.example.org")
        #expect(provider.clientID == "lapwing" && provider.clientSecret == "s" && provider.label == "Example")
        #expect(provider.groupsClaim == "roles" && provider.nameClaim == "preferred_username")
        #expect(provider.scopes == ["openid", "roles"] && provider.session == 8 * 3600 && provider.isPrivate)
        #expect(provider.groups.groups == ["dns admins": Rights(.run), "a": Rights(.look, tags: ["x", "y"])])
        let short = try SettingsReaderTests.read(
            "web: {oidc: {issuer: 'http://[::1]:8080/realms/x', client_id: c, groups: {g: {role: act, tags: x}}}}")
        let other = try #require(short.web.provider)
        #expect(
            other.clientSecret == nil && other.groupsClaim == "groups" && other.nameClaim == nil && !other.isPrivate)
        #expect(other.session == 12 * 3600 && other.scopes == ["openid", "email", "profile"])
    }

    @Test("a proxy")
    func proxy() throws {
        let settings = try SettingsReaderTests.read(
            "web: {proxy: {trusted: [127.0.0.1, 'fd00::/64'], user_header: Remote-User, groups: {g: {role: act}}}}")
        let forwarded = try #require(settings.web.forwarded)
        #expect(forwarded.trusted.map(\.description) == ["127.0.0.1/32", "fd00::/64"])
        #expect(forwarded.userHeader == "Remote-User" && forwarded.groupsHeader == "X-Forwarded-Groups")
        #expect(forwarded.groups.groups == ["g": Rights(.act)])
    }

    private static let good = "issuer: 'https://x.example', client_id: c"

    static let faulty: [(text: String, fault: String)] = [
        ("oidc: {client_id: c, groups: {g: {role: run}}}", "web.oidc: key `issuer` is missing"),
        ("oidc: {issuer: 'https://x.example', groups: {g: {role: run}}}", "web.oidc: key `client_id` is missing"),
        ("oidc: {\(good)}", "web.oidc: key `groups` is missing"),
        ("oidc: {\(good), groups: {}}", "expected 1 to 1000 groups; who is in none of them may not come in"),
        ("oidc: {\(good), groups: {g: {}}}", "web.oidc.groups.g: key `role` is missing"),
        ("oidc: {\(good), groups: {g: {role: admin}}}", "`admin` is none of look, act, run"),
        (
            "oidc: {\(good), groups: {g: {role: run, tag: x}}}",
            "unknown key `tag` in web.oidc.groups.g; did you mean `tags`?"
        ),
        ("oidc: {\(good), groups: {g: {role: run, tags: []}}}", "leave it out for every domain"),
        ("oidc: {\(good), groups: {g: {role: run, tags: }}}", "leave it out for every domain"),
        ("oidc: {\(good), groups: {g: {role: run}}, session: 8d}", "web.oidc.session: 8d is outside 5m to 7d"),
        ("oidc: {\(good), groups: {g: {role: run}}, scopes: email}", "`openid` among them"),
        ("oidc: {\(good), groups: {g: {role: run}}, client_secret: ''}", "web.oidc.client_secret: it is empty"),
        ("oidc: {\(good), groups: {g: {role: run}}, client_secret_file: none}", "cannot read none"),
        ("oidc: {issuer: x.example, client_id: c, groups: {g: {role: run}}}", "web.oidc.issuer: expected https://"),
        (
            "oidc: {issuer: 'http://x.example', client_id: c, groups: {g: {role: run}}}",
            "web.oidc.issuer: expected https://"
        ),
        ("oidc: {issuer: 'http://localhost.x.example', client_id: c, groups: {g: {role: run}}}", "expected https://"),
        ("oidc: {issuer: 'https://u@x.example', client_id: c, groups: {g: {role: run}}}", "expected https://"),
        ("oidc: {issuer: 'https://x.example/?a', client_id: c, groups: {g: {role: run}}}", "expected https://"),
        ("proxy: {groups: {g: {role: run}}}", "web.proxy: key `trusted` is missing"),
        ("proxy: {trusted: [], groups: {g: {role: run}}}", "expected 1 to 100 addresses"),
        ("proxy: {trusted: 0.0.0.0/0, groups: {g: {role: run}}}", "is everyone"),
        ("proxy: {trusted: 10.0.0.1/8, groups: {g: {role: run}}}", "expected an address or a block of addresses"),
        ("proxy: {trusted: proxy.example, groups: {g: {role: run}}}", "expected an address or a block of addresses"),
        ("proxy: {trusted: '::1', groups: {'a,b': {role: run}}}", "`a,b` has a comma"),
        ("proxy: {trusted: '::1', user_header: 'X User', groups: {g: {role: run}}}", "expected the name of a header"),
        ("proxy: {trusted: '::1', user_header: Cookie, groups: {g: {role: run}}}", "expected the name of a header"),
        (
            "proxy: {trusted: '::1', user_header: x-forwarded-groups, groups: {g: {role: run}}}",
            "one header cannot name both"
        ),
    ]

    @Test("mistakes are told", arguments: faulty.indices)
    func faults(_ index: Int) {
        let (text, fault) = Self.faulty[index]
        do {
            _ = try SettingsReaderTests.read("web: {\(text)}")
            Issue.record("taken: \(text)")
        } catch {
            #expect("\(error)".contains(fault), "\(error)")
        }
    }

    @Test(
        "a listener on the network wants somebody whom it knows",
        arguments: [
            ("", false, false), ("", true, true), ("web: {insecure: true}", false, true),
            ("web: {config_file: x}", false, true), ("web: {tokens: []}", false, false),
            ("web: {oidc: {\(good), groups: {g: {role: run}}}}", false, true),
            ("web: {proxy: {trusted: 10.0.0.1, groups: {g: {role: run}}}}", false, true),
        ])
    func network(web: String, hasAccounts: Bool, isTaken: Bool) {
        var surroundings = SettingsReader.Surroundings(environment: [:], contents: { _ in nil })
        surroundings.hasAccounts = { $0 == "s.db" && hasAccounts }
        let text = "listen: '0.0.0.0:9053'\nstore: s.db\n\(web)\n"
        let faults: String
        do {
            _ = try SettingsReader(surroundings).read(text, file: "lapwing.yml")
            faults = ""
        } catch {
            faults = "\(error)"
        }
        #expect(faults.isEmpty == isTaken, "\(faults)")
        if !isTaken {
            #expect(faults.contains("lapwing account create") && faults.contains("web.insecure"), "\(faults)")
        }
    }
}
