import NIOCore
import NIOSSL

/// The TLS settings: trusted roots, and the keys to which servers are pinned.
///
/// Contexts are created on first use, since loading the trusted roots takes a while.
final class TLSSettings: Sendable {
    /// Public keys by server, each as the DER encoding of its SubjectPublicKeyInfo.
    typealias Pins = [StreamKey: Set<[UInt8]>]

    private let pins: Pins
    private let strict: Lazy<NIOSSLContext>
    private let pinned: Lazy<NIOSSLContext>
    private let opportunistic: Lazy<NIOSSLContext>

    init(rootsFile: String?, pins: Pins) {
        let roots = rootsFile.map { NIOSSLTrustRoots.file($0) } ?? .default
        self.pins = pins
        strict = Lazy { try Self.context(roots: roots, verification: .fullVerification) }
        // A weaker setting would ignore the verdict of the callback on the key; the roots are never used.
        pinned = Lazy { try Self.context(roots: .certificates([]), verification: .noHostnameVerification) }
        opportunistic = Lazy { try Self.context(roots: .certificates([]), verification: .none) }
    }

    /// Returns a handler for one connection.
    ///
    /// A pinned server is authenticated by its key alone. A server with a name is authenticated by its certificate,
    /// which must be issued for that name or for the address of the connection. A server with neither is not
    /// authenticated (RFC 7858, section 4: the opportunistic and the out-of-band key-pinned profile).
    func handler(for key: StreamKey) throws -> NIOSSLClientHandler {
        if let keys = pins[key] {
            return try NIOSSLClientHandler(
                context: pinned.value(), serverHostname: key.serverName,
                customVerificationCallback: { certificates, promise in
                    let found = try? certificates.first?.extractPublicKey().toSPKIBytes()
                    promise.succeed(found.map(keys.contains) == true ? .certificateVerified : .failed)
                })
        }
        guard let name = key.serverName else {
            return try NIOSSLClientHandler(context: opportunistic.value(), serverHostname: nil)
        }
        return try NIOSSLClientHandler(context: strict.value(), serverHostname: name)
    }

    private static func context(
        roots: NIOSSLTrustRoots, verification: CertificateVerification
    ) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = roots
        configuration.certificateVerification = verification
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["dot"]
        return try NIOSSLContext(configuration: configuration)
    }
}
