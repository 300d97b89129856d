internal import NIOSSL

/// The expected identity of a DNS-over-TLS server: trusted certificates, and the name in its certificate.
///
/// Names are verified as in Go's `crypto/x509`, which differs from the TLS library: only alternative names are used,
/// never the common name, and an address in the settings replaces that of the connection.
struct TLSIdentity: Sendable {
    let context: NIOSSLContext
    private let name: String
    private let isChecked: Bool

    /// Reads the files in the settings, and throws their faults.
    init(_ settings: ProbeTLSSettings, name: String) throws {
        var configuration = try settings.configuration
        if !settings.skipsVerification { configuration.certificateVerification = .noHostnameVerification }
        context = try NIOSSLContext(configuration: configuration)
        self.name = name
        isChecked = !settings.skipsVerification
    }

    /// The server name indication (RFC 6066 section 3); nil for an address.
    var indication: String? {
        guard address == nil else { return nil }
        let host = String(name.reversed().drop { $0 == "." }.reversed())
        return (1...255).contains(host.utf8.count) && !host.utf8.contains(0) ? host : nil
    }

    private var address: HostAddress? {
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]") && name.utf8.count > 2
        let address = HostAddress(isBracketed ? String(name.dropFirst().dropLast()) : name)
        return address?.zone == nil ? address : nil
    }

    /// Whether a certificate is that of the expected server.
    func accepts(_ certificate: NIOSSLCertificate?) -> Bool {
        guard isChecked else { return true }
        guard let certificate else { return false }
        let wanted = address
        let host = name.lowercasedASCII
        for alternative in certificate._subjectAlternativeNames() {
            switch alternative.nameType {
            case .ipAddress: if let wanted, wanted.matches(Array(alternative.contents)) { return true }
            case .dnsName:
                let pattern = String(decoding: alternative.contents, as: UTF8.self).lowercasedASCII
                if wanted == nil && HostPattern.matches(pattern, host) { return true }
            default: continue
            }
        }
        return false
    }
}

/// Names in certificates, whose first label may be a `*`.
package enum HostPattern {
    /// Whether a host matches a pattern, both in lower case.
    package static func matches(_ pattern: String, _ host: String) -> Bool {
        guard isValid(pattern, isPattern: true), isValid(host, isPattern: false) else {
            // Unusual names match only themselves.
            return !host.isEmpty && host != "." && pattern == host
        }
        let wanted = labels(pattern)
        let given = labels(host.hasSuffix(".") ? String(host.dropLast()) : host)
        return wanted.count == given.count
            && zip(wanted, given).enumerated().allSatisfy { place, pair in
                place == 0 && pair.0 == "*" || pair.0 == pair.1
            }
    }

    private static func labels(_ text: String) -> [Substring] {
        text.split(separator: ".", omittingEmptySubsequences: false)
    }

    private static func isValid(_ text: String, isPattern: Bool) -> Bool {
        let text = !isPattern && text.hasSuffix(".") ? String(text.dropLast()) : text
        guard !text.isEmpty, text != "*" else { return false }
        return labels(text).enumerated().allSatisfy { place, label in
            if label.isEmpty { return false }
            if isPattern && place == 0 && label == "*" { return true }
            return label.first != "-"
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
    }
}

extension HostAddress {
    /// Whether these are the bytes of the address, as IPv4 or as IPv4-mapped IPv6.
    fileprivate func matches(_ other: [UInt8]) -> Bool {
        if other.count == 16, isVersion4, Presentation.isMapped(other[...]) { return Array(other.suffix(4)) == bytes }
        return other == bytes
    }
}

extension String {
    fileprivate var lowercasedASCII: String {
        String(decoding: utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
