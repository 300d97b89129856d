import LapwingOutgoing
import Testing

@Suite struct OutgoingProxyTests {
    @Test(arguments: [
        ("rdap.example", true), ("localhost", false), ("LOCALHOST.", false), ("127.0.0.1", false), ("127.9.9.9", false),
        ("::1", false), ("hooks.corp.example", false), ("corp.example", false), ("notcorp.example", true),
        ("Chat.Example.", false), ("a.chat.example", true), ("192.0.2.7", false), ("192.0.2.8", true),
    ])
    func whoIsSpokenToThroughIt(host: String, isServed: Bool) {
        let proxy = OutgoingProxy(
            host: "proxy.example", port: 3128, exceptions: [".corp.example", "chat.example", "192.0.2.7"])
        #expect(proxy.serves(host) == isServed)
    }
}
