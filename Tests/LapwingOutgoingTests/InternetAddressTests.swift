import DNSWire
import LapwingOutgoing
import Testing

@Suite("Addresses of the Internet")
struct InternetAddressTests {
    @Test(
        "are none of these, in no form of IPv6 either",
        arguments: [
            "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.88.99.1", "192.168.255.255", "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        ])
    func inside(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isOnInternet)
        let groups = stride(from: 0, to: 4, by: 2).map {
            String(UInt16(address.bytes[$0]) << 8 | UInt16(address.bytes[$0 + 1]), radix: 16)
        }
        let hex = groups.joined(separator: ":")
        for form in ["::ffff:\(hex)", "64:ff9b::\(hex)", "2002:\(hex)::1", "::\(hex)", "64:ff9b:1::\(hex)"] {
            #expect(try !#require(IPAddress(form)).isOnInternet, "\(form)")
        }
    }

    @Test(
        arguments: [
            "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1", "100::1", "2001::1", "5f00::1",
            "64:ff9b:1::808:808",
        ])
    func insideIPv6(_ text: String) throws { #expect(try !#require(IPAddress(text)).isOnInternet) }

    @Test(
        arguments: [
            "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "198.17.0.1",
            "223.255.255.255",
            "2606:4700::1111", "2001:500:8f::53", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "3fff::1",
        ])
    func outside(_ text: String) throws { #expect(try #require(IPAddress(text)).isOnInternet) }
}
