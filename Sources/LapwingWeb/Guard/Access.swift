import Foundation
import LapwingCore
import NIOSSL

/// The complete access rules, as one value that a reload replaces as a whole.
package struct Access: Sendable {
    let gate: Gate
    let hosts: OwnHosts
    let headers: [(String, String)]
    let terms: TLSTerms?
    /// Nil if the listener does not use TLS.
    let tls: NIOSSLContext?
    /// Changes when the files behind ``tls`` change.
    let fileMarks: [FileMark?]
    private let admission: Admission

    /// All settings that decide about admission, for comparison with the previous ones.
    private struct Admission: Hashable, Sendable {
        var users: [String: String]
        var tokens: Set<String>
        var speaksTLS: Bool
        var clientCertificate: TLSTerms.ClientCertificate?
        var clientAuthority: Data?
        var allowedNames: [String]
        var provider: IdentityProvider?
        var forwarded: ForwardedIdentity?
    }

    /// Reads the files that the configuration names. Throws ``WebFault`` if the listener cannot be offered this way or
    /// must not be.
    ///
    /// - Parameters:
    ///   - people: the accounts in the store; nil if there is no store.
    ///   - hasAccounts: whether there are accounts, in case there is no store to ask.
    package init(
        _ configuration: WebConfiguration, people: People? = nil, hasAccounts: Bool = false, pool: LoginPool = .shared
    ) throws {
        let file = try configuration.accessFile.map { try AccessFile(path: $0) }
        terms = file?.tls
        fileMarks = terms?.files.map(FileMark.init(path:)) ?? []
        tls = try terms?.context()
        headers = file?.headers ?? []
        hosts = OwnHosts(
            listen: configuration.host, externalURL: configuration.externalURL, hosts: configuration.hosts)
        gate = Gate(
            users: file?.users ?? [:], tokens: configuration.tokens, pool: pool, people: people,
            provider: configuration.provider.map { ProviderLogin($0, configuration.exchange) },
            forwarded: configuration.forwarded, externalURL: configuration.externalURL,
            mayBeOpen: configuration.isLoopback || configuration.isInsecure || terms?.clientCertificate == .required)
        admission = Admission(
            users: file?.users ?? [:], tokens: Set(configuration.tokens), speaksTLS: terms != nil,
            clientCertificate: terms?.clientCertificate,
            clientAuthority: terms?.clientAuthority.flatMap { FileManager.default.contents(atPath: $0) },
            allowedNames: terms?.allowedNames ?? [], provider: configuration.provider,
            forwarded: configuration.forwarded)
        if gate.isUnguarded, !hasAccounts, !configuration.isLoopback, !configuration.isInsecure,
            terms?.clientCertificate != .required
        {
            throw WebFault.openToAll(host: configuration.host)
        }
    }

    /// Returns the same rules with TLS set up anew from its files. Throws if these cannot be used.
    func withFilesReadAgain() throws -> Access { try Access(self) }

    private init(_ other: Access) throws {
        gate = other.gate
        hosts = other.hosts
        headers = other.headers
        terms = other.terms
        fileMarks = other.terms?.files.map(FileMark.init(path:)) ?? []
        tls = try other.terms?.context()
        var admission = other.admission
        admission.clientAuthority = terms?.clientAuthority.flatMap { FileManager.default.contents(atPath: $0) }
        self.admission = admission
    }

    /// Whether both rules admit the same people.
    func admitsTheSame(as other: Access) -> Bool { admission == other.admission }

    /// The inode, size and modification time of a file.
    struct FileMark: Hashable, Sendable {
        private var inode: UInt64
        private var size: Int64
        private var seconds: Int
        private var nanoseconds: Int

        /// Nil if there is no such file.
        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        }
    }
}
