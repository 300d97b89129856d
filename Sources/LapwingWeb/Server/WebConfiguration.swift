package import LapwingCore

/// The settings of the listener.
package struct WebConfiguration: Sendable {
    /// The address or host name to listen on.
    package var host: String
    /// The TCP port, 0 to 65535; 0 for any free port.
    package var port: Int
    /// Whether the listener is reachable from this machine only.
    package var isLoopback: Bool
    /// The address under which users reach the site; its path is the base of all pages; nil if it is not configured.
    package var externalURL: String?
    /// The path of the file with TLS settings and passwords, in the format that Prometheus exporters share; nil for
    /// none.
    package var accessFile: String?
    /// SHA-256 of accepted API tokens, in hex.
    package var tokens: [String] = []
    /// Allows a listener for the whole network without authentication.
    package var isInsecure = false
    /// Host names under which the listener may be reached, in addition to its own.
    package var hosts: [String] = []
    /// The largest number of open connections.
    package var mostConnections = 1000
    /// The provider for people who have no account here; nil for none.
    package var provider: IdentityProvider?
    /// Sends requests to ``provider``.
    package var exchange: ProviderExchange = { _ throws(ProviderFault) in
        throw ProviderFault(.provider, "nothing is sent from here")
    }
    /// The headers of a proxy that identifies users; nil for none.
    package var forwarded: ForwardedIdentity?

    package init(host: String, port: Int, isLoopback: Bool) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
    }

    /// The path of ``externalURL`` without a trailing slash; empty at the root.
    var basePath: String {
        guard let url = externalURL else { return "" }
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        guard let slash = rest.firstIndex(of: "/") else { return "" }
        return BasePath.clean(String(rest[slash...])) ?? ""
    }
}

/// The reason why the server does not start.
package enum WebFault: Error, CustomStringConvertible {
    case openToAll(host: String)
    /// A fault in the file of `web.config_file`, or in one that it names, with its position.
    case accessFile(String)

    package var description: String {
        switch self {
        case .openToAll(let host):
            "listen: \(host) is not a loopback address, and access is not protected; make an account with"
                + " `lapwing account create`, configure web.oidc, web.proxy, web.config_file or web.tokens, or say"
                + " web.insecure: true"
        case .accessFile(let reason): reason
        }
    }
}

/// The base path under which a proxy offers the pages.
package enum BasePath {
    /// The longest base path that is accepted.
    private static let longest = 200

    /// Normalises a path: one leading slash and no trailing one; nil for anything that is not a plain path.
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
