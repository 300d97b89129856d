import LapwingCore
import Testing

@Suite("What groups may do")
struct GroupRightsTests {
    private static let groups = GroupRights([
        "admins": Rights(.run), "a": Rights(.act, tags: ["a"]), "b": Rights(.act, tags: ["b", "c"]),
        "night": Rights(.act),
        "look": Rights(.look), "none": Rights(.run, tags: []),
    ])

    static let cases: [(groups: [String], rights: Rights?)] = [
        ([], nil), (["others"], nil), (["Admins", "admins "], nil), (["admins"], Rights(.run)),
        (["others", "a"], Rights(.act, tags: ["a"])), (["a", "b"], Rights(.act, tags: ["a", "b", "c"])),
        (["a", "night"], Rights(.act)), (["look", "a"], Rights(.act, tags: ["a"])), (["a", "admins"], Rights(.run)),
        (["none", "look"], Rights(.run, tags: [])), (["none", "admins"], Rights(.run)),
    ]

    @Test("the highest role counts, with the domains of the groups that give it", arguments: cases.indices)
    func rights(_ index: Int) {
        let (groups, rights) = Self.cases[index]
        #expect(Self.groups.rights(of: groups) == rights)
        #expect(Self.groups.rights(of: groups.reversed() + groups) == rights)
    }

    @Test(
        "a provider is called by its host",
        arguments: [
            ("https://login.example.org", "login.example.org"), ("http://localhost:8080/realms/x", "localhost:8080"),
        ])
    func host(issuer: String, host: String) {
        #expect(IdentityProvider(issuer: issuer, clientID: "c", groups: Self.groups).host == host)
    }
}
