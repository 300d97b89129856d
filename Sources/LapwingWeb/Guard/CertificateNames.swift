import DNSWire
import NIOSSL

extension NIOSSLCertificate {
    /// The subject alternative names as text: host names, IP addresses, mail addresses, URIs.
    var alternativeNames: [String] {
        _subjectAlternativeNames().compactMap { name in
            name.contents.withUnsafeBufferPointer { bytes in
                switch name.nameType {
                case .dnsName, .email, .uri: String(validating: bytes, as: UTF8.self)
                case .ipAddress: IPAddress(bytes: bytes)?.description
                default: nil
                }
            }
        }
    }
}
