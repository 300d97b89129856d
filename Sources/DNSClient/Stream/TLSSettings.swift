import NIOCore
import NIOSSL

/// How TLS is spoken: whom to trust, and which keys servers are pinned to.
///
/// Contexts are made at the first use, since loading the trust roots takes a while.
final class TLSSettings: Sendable {
    /// Public keys by server address, each as the DER of its SubjectPublicKeyInfo.
    typealias Pins = [StreamKey: Set<[UInt8]>]

    private let pins: Pins
    private let strict: Lazy<NIOSSLContext>
    private let pinned: Lazy<NIOSSLContext>
    private let opportunistic: Lazy<NIOSSLContext>

    init(rootsFile: String?, pins: Pins) {
        let roots = rootsFile.map { NIOSSLTrustRoots.file($0) } ?? .default
        self.pins = pins
        strict = Lazy { try Self.context(roots: roots, verification: .fullVerification) }
        // With less the verdict on the key would be asked for and passed over; the roots are never looked at.
        pinned = Lazy { try Self.context(roots: .certificates([]), verification: .noHostnameVerification) }
        opportunistic = Lazy { try Self.context(roots: .certificates([]), verification: .none) }
    }

    /// A handler for one connection.
    ///
    /// A pinned server is known by its key alone; one with a name by its certificate, which must be issued for that
    /// name or for the address that is connected to; one with neither is not verified at all (RFC 7858, section 4: the opportunistic and the out-of-band key-pinned profile).
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
