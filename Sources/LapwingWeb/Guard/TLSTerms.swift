import Foundation
import NIOSSL
import Yams

/// The TLS settings of `tls_server_config`.
struct TLSTerms: Sendable {
    enum ClientCertificate: Sendable { case notWanted, verifiedIfGiven, required }

    var certificateFile: String
    var keyFile: String
    var clientAuthority: String?
    var clientCertificate = ClientCertificate.notWanted
    /// Subject alternative names of which a client certificate must have at least one; empty if any certificate is
    /// accepted.
    var allowedNames: [String] = []
    var lowestVersion: TLSVersion = .tlsv12
    var highestVersion: TLSVersion?
    /// For TLS up to 1.2; the suites of TLS 1.3 are not configurable.
    var cipherSuites: [NIOTLSCipher]?
    var curves: [NIOTLSCurve]?

    private static let versions: [(name: String, version: TLSVersion)] = [
        ("TLS10", .tlsv1), ("TLS11", .tlsv11), ("TLS12", .tlsv12), ("TLS13", .tlsv13),
    ]

    private static let suites: [String: NIOTLSCipher] = [
        "TLS_RSA_WITH_AES_128_CBC_SHA": .TLS_RSA_WITH_AES_128_CBC_SHA,
        "TLS_RSA_WITH_AES_256_CBC_SHA": .TLS_RSA_WITH_AES_256_CBC_SHA,
        "TLS_RSA_WITH_AES_128_GCM_SHA256": .TLS_RSA_WITH_AES_128_GCM_SHA256,
        "TLS_RSA_WITH_AES_256_GCM_SHA384": .TLS_RSA_WITH_AES_256_GCM_SHA384,
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305": .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305": .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    private static let knownCurves: [String: NIOTLSCurve] = [
        "CurveP256": .secp256r1, "CurveP384": .secp384r1, "CurveP521": .secp521r1, "X25519": .x25519,
        "X25519MLKEM768": .x25519_MLKEM768,
    ]

    init(_ node: Node, folder: String) throws {
        certificateFile = ""
        keyFile = ""
        var authorityNode: Node?
        var namesNode: Node?
        var highestNode: Node?
        for (key, value) in try node.entries() {
            func text() throws -> String { try value.text(or: "\(key.name): a text is required") }
            func path() throws -> String {
                let text = try text()
                return text.isEmpty || text.hasPrefix("/") ? text : folder + "/" + text
            }
            switch key.name {
            case "cert_file": certificateFile = try path()
            case "key_file": keyFile = try path()
            case "client_ca_file":
                clientAuthority = try path()
                authorityNode = key
            case "client_auth_type": clientCertificate = try Self.clientCertificate(try text(), value)
            case "client_allowed_sans":
                allowedNames = try value.words().map(\.text)
                namesNode = key
                guard !allowedNames.isEmpty else { throw AccessFault(value, "client_allowed_sans: no name is allowed") }
            case "min_version": lowestVersion = try Self.version(try text(), value)
            case "max_version":
                highestVersion = try Self.version(try text(), value)
                highestNode = value
            case "cipher_suites": cipherSuites = try Self.chosen(value, key, from: Self.suites)
            case "curve_preferences": curves = try Self.chosen(value, key, from: Self.knownCurves)
            case "prefer_server_cipher_suites":
                guard try !value.boolean() else {
                    throw AccessFault(key, "prefer_server_cipher_suites: the client's order counts; leave this out")
                }
            default: throw AccessFault(key, "unknown key `\(key.name)` in tls_server_config")
            }
        }
        guard !certificateFile.isEmpty, !keyFile.isEmpty else {
            throw AccessFault(node, "tls_server_config: cert_file and key_file are required")
        }
        if clientAuthority?.isEmpty == true { clientAuthority = nil }
        if clientCertificate != .notWanted, clientAuthority == nil {
            throw AccessFault(node, "client_auth_type: client_ca_file is required to verify certificates")
        }
        if clientCertificate == .notWanted, clientAuthority != nil {
            throw AccessFault(authorityNode ?? node, "client_ca_file: client_auth_type must say what it is for")
        }
        if clientCertificate != .required, let namesNode {
            throw AccessFault(namesNode, "client_allowed_sans: needs client_auth_type: RequireAndVerifyClientCert")
        }
        if let highestVersion, Self.rank(highestVersion) < Self.rank(lowestVersion) {
            throw AccessFault(highestNode ?? node, "max_version is below min_version")
        }
    }

    private static func clientCertificate(_ text: String, _ node: Node) throws -> ClientCertificate {
        switch text {
        case "", "NoClientCert": return .notWanted
        case "VerifyClientCertIfGiven": return .verifiedIfGiven
        case "RequireAnyClientCert", "RequireClientCert", "RequireAndVerifyClientCert": return .required
        case "RequestClientCert":
            throw AccessFault(
                node,
                "client_auth_type: RequestClientCert rejects no client; use VerifyClientCertIfGiven or leave it out")
        default: throw AccessFault(node, "client_auth_type: unknown type `\(text)`")
        }
    }

    private static func version(_ text: String, _ node: Node) throws -> TLSVersion {
        guard let version = versions.first(where: { $0.name == text })?.version else {
            throw AccessFault(node, "unknown TLS version `\(text)`; TLS10, TLS11, TLS12 or TLS13")
        }
        return version
    }

    private static func rank(_ version: TLSVersion) -> Int { versions.firstIndex { $0.version == version } ?? 0 }

    /// Looks up the members of a list; nil for an empty list, which leaves the choice to the library.
    private static func chosen<Choice>(_ node: Node, _ key: Node, from known: [String: Choice]) throws -> [Choice]? {
        let choices = try node.words().map { text, place in
            guard let choice = known[text] else {
                throw AccessFault(place, "\(key.name): `\(text)` cannot be chosen")
            }
            return choice
        }
        return choices.isEmpty ? nil : choices
    }

    /// The files that are read when TLS is set up.
    var files: [String] { [certificateFile, keyFile] + (clientAuthority.map { [$0] } ?? []) }

    /// Reads the files and builds the TLS context. Throws if that fails.
    func context() throws -> NIOSSLContext {
        func reading<Value>(_ path: String, _ read: ([UInt8]) throws -> Value) throws -> Value {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw WebFault.accessFile("cannot read \(path)")
            }
            do {
                return try read(Array(data))
            } catch {
                throw WebFault.accessFile("\(path): \(error)")
            }
        }
        let chain = try reading(certificateFile) { try NIOSSLCertificate.fromPEMBytes($0) }
        guard !chain.isEmpty else { throw WebFault.accessFile("\(certificateFile) holds no certificate") }
        let key = try reading(keyFile) { try NIOSSLPrivateKey(bytes: $0, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = lowestVersion
        configuration.maximumTLSVersion = highestVersion
        if let cipherSuites { configuration.cipherSuiteValues = cipherSuites }
        if let curves { configuration.curves = curves }
        if let clientAuthority {
            let authorities = try reading(clientAuthority) { try NIOSSLCertificate.fromPEMBytes($0) }
            guard !authorities.isEmpty else { throw WebFault.accessFile("\(clientAuthority) holds no certificate") }
            configuration.trustRoots = .certificates(authorities)
            configuration.certificateVerification =
                clientCertificate == .required ? .noHostnameVerification : .optionalVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw WebFault.accessFile("\(certificateFile) and \(keyFile): \(error)")
        }
    }
}
