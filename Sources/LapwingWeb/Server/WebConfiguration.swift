package import LapwingCore

/// How the pages are offered.
package struct WebConfiguration: Sendable {
    /// The address or host name that is listened on.
    package var host: String
    /// The TCP port, 0 to 65535; 0 for any that is free.
    package var port: Int
    /// Whether the listener is reachable from this machine only.
    package var isLoopback: Bool
    /// What people type to get here; its path is where the pages begin.
    package var externalURL: String?
    /// Path of a file with TLS and passwords, in the form that Prometheus exporters share.
    package var accessFile: String?
    /// SHA-256 of accepted API tokens, in hex.
    package var tokens: [String] = []
    /// Allows a listener for the whole network that asks nobody who they are.
    package var isInsecure = false
    /// Names under which the listener may be spoken to, beside its own.
    package var hosts: [String] = []
    /// Connections that may be open at the same time.
    package var mostConnections = 1000
    /// Where people log in who have no account here.
    package var provider: IdentityProvider?
    /// How ``provider`` is spoken to.
    package var exchange: ProviderExchange = { _ throws(ProviderFault) in
        throw ProviderFault(.provider, "nothing is sent from here")
    }
    /// A proxy that says who people are.
    package var forwarded: ForwardedIdentity?

    package init(host: String, port: Int, isLoopback: Bool) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
    }

    /// The path of ``externalURL`` without a slash at its end; empty at the root.
    var basePath: String {
        guard let url = externalURL else { return "" }
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        guard let slash = rest.firstIndex(of: "/") else { return "" }
        return BasePath.clean(String(rest[slash...])) ?? ""
    }
}

/// Why the server is not started.
package enum WebFault: Error, CustomStringConvertible {
    case openToAll(host: String)
    /// The file of `web.config_file`, or one that it names, with its place and what is wrong there.
    case accessFile(String)

    package var description: String {
        switch self {
        case .openToAll(let host):
            "listen: \(host) is not a loopback address, and nobody is known who may come in; make an account with"
                + " `lapwing account create`, configure web.oidc, web.proxy, web.config_file or web.tokens, or say"
                + " web.insecure: true"
        case .accessFile(let reason): reason
        }
    }
}

/// The part of the path under which a proxy offers the pages.
package enum BasePath {
    /// Longer ones are not believed.
    private static let longest = 200

    /// The path with one slash in front and none at the end; nil for anything that is not a plain path.
    package static func clean(_ text: String) -> String? {
        guard text.utf8.count <= longest else { return nil }
        let segments = text.split(separator: "/")
        let isPlain = segments.allSatisfy { segment in
            segment != "." && segment != ".."
                && segment.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                        || byte == UInt8(ascii: "~")
                }
        }
        guard isPlain else { return nil }
        return segments.map { "/" + $0 }.joined()
    }
}
