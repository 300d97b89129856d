import Foundation
import NIOSSL
import Yams

/// The file with TLS and passwords that Prometheus exporters share; relative paths begin where the file is.
struct AccessFile: Sendable {
    var certificateFile: String?
    var keyFile: String?
    var clientAuthority: String?
    var requiresClientCertificate = false
    var lowestVersion: TLSVersion = .tlsv12
    var highestVersion: TLSVersion?
    var headers: [(String, String)] = []
    /// Password hashes by user.
    var users: [String: String] = [:]

    private static let knownKeys: [String: Set<String>] = [
        "tls_server_config": [
            "cert_file", "key_file", "client_auth_type", "client_ca_file", "min_version", "max_version",
            "cipher_suites", "prefer_server_cipher_suites", "curve_preferences", "client_allowed_sans",
        ],
        "http_server_config": ["http2", "headers"],
    ]

    private static let knownHeaders: Set<String> = [
        "content-security-policy", "x-frame-options", "x-content-type-options", "x-xss-protection",
        "strict-transport-security",
    ]

    private static let versions: [String: TLSVersion] = [
        "TLS10": .tlsv1, "TLS11": .tlsv11, "TLS12": .tlsv12, "TLS13": .tlsv13,
    ]

    init(path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.utf8.count < 1 << 20 else {
            throw WebFault.accessFile("cannot read \(path)")
        }
        do {
            try self.init(yaml: text, folder: URL(filePath: path).deletingLastPathComponent().path)
        } catch let fault as WebFault {
            throw fault
        } catch {
            throw WebFault.accessFile("\(path): \(error)")
        }
    }

    init(yaml: String, folder: String) throws {
        guard let root = try Yams.compose(yaml: yaml) else { return }
        guard let sections = root.mapping else { throw Self.fault(root, "a mapping is wanted") }
        for (key, node) in sections {
            switch key.string ?? "" {
            case "tls_server_config": try readTLS(node, folder: folder)
            case "http_server_config": try readHTTP(node)
            case "basic_auth_users":
                for (user, hash) in node.mapping ?? [:] {
                    guard let user = user.string, let hash = hash.string, hash.hasPrefix("$") else {
                        throw Self.fault(hash, "a password hash is wanted")
                    }
                    users[user] = hash
                }
            default: throw Self.fault(key, "unknown key \(key.string ?? "")")
            }
        }
    }

    private mutating func readTLS(_ node: Node, folder: String) throws {
        try Self.checkKeys(node, of: "tls_server_config")
        func path(_ key: String) -> String? {
            guard let text = node[key]?.string, !text.isEmpty else { return nil }
            return text.hasPrefix("/") ? text : folder + "/" + text
        }
        certificateFile = path("cert_file")
        keyFile = path("key_file")
        clientAuthority = path("client_ca_file")
        guard certificateFile != nil, keyFile != nil else {
            throw Self.fault(node, "cert_file and key_file are wanted")
        }
        if let text = node["min_version"]?.string { lowestVersion = try Self.version(text, node) }
        if let text = node["max_version"]?.string { highestVersion = try Self.version(text, node) }
        switch node["client_auth_type"]?.string ?? "NoClientCert" {
        case "NoClientCert", "RequestClientCert", "VerifyClientCertIfGiven": break
        case "RequireAnyClientCert", "RequireAndVerifyClientCert": requiresClientCertificate = true
        default: throw Self.fault(node, "unknown client_auth_type")
        }
        if requiresClientCertificate && clientAuthority == nil { throw Self.fault(node, "client_ca_file is wanted") }
    }

    private mutating func readHTTP(_ node: Node) throws {
        try Self.checkKeys(node, of: "http_server_config")
        for (name, value) in node["headers"]?.mapping ?? [:] {
            guard let name = name.string, let value = value.string, Self.knownHeaders.contains(name.lowercased()) else {
                throw Self.fault(value, "this header cannot be configured")
            }
            headers.append((name, value))
        }
    }

    private static func version(_ text: String, _ node: Node) throws -> TLSVersion {
        guard let version = versions[text] else { throw fault(node, "unknown TLS version: \(text)") }
        return version
    }

    private static func checkKeys(_ node: Node, of section: String) throws {
        for (key, _) in node.mapping ?? [:] where !(knownKeys[section] ?? []).contains(key.string ?? "") {
            throw fault(key, "unknown key \(key.string ?? "")")
        }
    }

    private static func fault(_ node: Node, _ text: String) -> WebFault {
        .accessFile("line \(node.mark?.line ?? 0): \(text)")
    }

    /// Nil when the file says nothing about TLS.
    func tlsConfiguration() throws -> TLSConfiguration? {
        guard let certificateFile, let keyFile else { return nil }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
        configuration.minimumTLSVersion = lowestVersion
        configuration.maximumTLSVersion = highestVersion
        if requiresClientCertificate, let clientAuthority {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .file(clientAuthority)
        }
        return configuration
    }
}
