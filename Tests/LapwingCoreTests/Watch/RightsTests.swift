import LapwingCore
import Testing

@Suite("Rights") struct RightsTests {
    private static let roles: [Rights.Role] = Rights.Role.allCases

    @Test("a role may do what those before it may, and no more", arguments: roles)
    func ladder(_ own: Rights.Role) {
        for (place, wanted) in Self.roles.enumerated() {
            let verdict = Rights(own).verdict(on: .init(wanted))
            let isAllowed = (Self.roles.firstIndex(of: own) ?? 0) >= place
            #expect((verdict == .allowed) == isAllowed, "\(own) for \(wanted)")
            if !isAllowed {
                #expect(verdict == .refused("This needs the role \(wanted.rawValue); yours is \(own.rawValue)."))
            }
        }
    }

    @Test("what is about all domains is for those who see all", arguments: roles)
    func all(_ role: Rights.Role) {
        let demand = Rights.Demand(role, isOfAll: true)
        #expect(Rights(role).verdict(on: demand) == .allowed)
        #expect(Rights(role, tags: ["a"]).verdict(on: demand) != .allowed)
        #expect(Rights(role, tags: []).verdict(on: demand) != .allowed)
        #expect(Rights(role, tags: ["a"]).verdict(on: .init(role)) == .allowed)
    }

    @Test(
        "a domain exists for somebody by its tags",
        arguments: [
            (nil, [], true), (nil, ["a"], true), ([], [], false), ([], ["a"], false), (["a"], [], false),
            (["a"], ["b"], false), (["a"], ["b", "a"], true), (["a", "c"], ["c"], true), (["a"], ["A"], false),
        ] as [(Set<String>?, [String], Bool)])
    func sight(_ own: Set<String>?, _ tags: [String], _ sees: Bool) {
        #expect(Rights(.look, tags: own).sees(tags) == sees)
    }

    @Test(
        "a domain may be given tags of one's own, and keeps those that it has",
        arguments: [
            (nil, [], nil, true), (nil, ["b"], ["a"], true), (["a"], [], nil, false), (["a"], ["a"], nil, true),
            (["a"], ["a", "b"], nil, false), (["a"], ["a", "b"], ["a", "b"], true), (["a"], ["b"], ["a", "b"], false),
            (["a", "c"], ["c"], ["a"], true), (["a"], ["a", "b"], ["a"], false), ([], ["a"], nil, false),
        ] as [(Set<String>?, [String], [String]?, Bool)])
    func wishes(_ own: Set<String>?, _ tags: [String], _ known: [String]?, _ may: Bool) {
        #expect(Rights(.run, tags: own).mayTag(tags, known: known) == may)
    }

    @Test func inWords() {
        #expect(Rights.all.sentence == "run on every domain")
        #expect(Rights(.act, tags: ["b", "a"]).sentence == "act on a, b")
        #expect(Rights(.look, tags: []).sentence == "look on no domain")
    }
}
