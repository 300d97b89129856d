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
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256(text: String, digest: String) {
        #expect(String(decoding: SHA256.hex(Array(text.utf8)), as: UTF8.self) == digest)
    }

    @Test(arguments: [
        ("/dns/", "/dns"), ("/", ""), ("dns/watch", "/dns/watch"), ("//evil.example", "/evil.example"),
    ])
    func basePaths(text: String, clean: String) { #expect(BasePath.clean(text) == clean) }

    @Test(arguments: ["/a/../b", "/a\"><script>", "/a b", "/%2e", String(repeating: "/a", count: 200)])
    func basePathsThatAreNotBelieved(text: String) { #expect(BasePath.clean(text) == nil) }
}
