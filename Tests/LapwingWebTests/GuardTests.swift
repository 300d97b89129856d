import Testing

import LapwingWeb

@Suite struct GuardTests {
    @Test(arguments: [
        ("secret", "$2b$04$abcdefghijklmnopqrstuuxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false), ("", "", false),
        ("x", "*", false), ("x", "$9$nonsense", false),
    ])
    func wrongHashes(password: String, hash: String, matches: Bool) {
        #expect(PasswordHash.matches(password, hash: hash) == matches)
    }

    /// The hash is Solar Designer's published test vector of bcrypt.
    @Test func bcrypt() {
        let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        #expect(PasswordHash.matches("U*U", hash: hash))
        #expect(!PasswordHash.matches("U*V", hash: hash))
    }

    @Test(arguments: [
        ("/dns/", "/dns"), ("/", ""), ("dns/watch", "/dns/watch"), ("//evil.example", "/evil.example"),
    ])
    func basePaths(text: String, clean: String) { #expect(BasePath.clean(text) == clean) }

    @Test(arguments: ["/a/../b", "/a\"><script>", "/a b", "/%2e", String(repeating: "/a", count: 200)])
    func basePathsThatAreNotBelieved(text: String) { #expect(BasePath.clean(text) == nil) }
}
