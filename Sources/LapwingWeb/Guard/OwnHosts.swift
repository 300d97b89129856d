import DNSWire

/// The names and addresses under which the listener may be spoken to.
///
/// A site whose name is made to point at this machine (DNS rebinding) is the same site as Lapwing in a browser's eyes; the
/// name in the `Host` header is all that tells them apart.
package struct OwnHosts: Hashable, Sendable {
    private var names: Set<String> = ["localhost"]
    /// Whether the listener has every address of the machine; no name can be made to point at an address in digits.
    private var hasEveryAddress = false
    /// Scheme and authority of the external address.
    private var external: Site?

    private struct Site: Hashable, Sendable {
        var scheme: String
        var authority: Authority

        /// The beginning of an address on the web; nil for anything else.
        init?(_ url: String) {
            guard let mark = url.firstRange(of: "://") else { return nil }
            scheme = url[..<mark.lowerBound].lowercased()
            let rest = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard scheme == "http" || scheme == "https", let authority = Authority(rest) else { return nil }
            self.authority = authority.withoutPort(of: Substring(scheme))
        }
    }

    /// - Parameters:
    ///   - listen: the host of `listen`.
    ///   - externalURL: what people type to get here.
    ///   - hosts: further names, from `web.hosts`.
    package init(listen: String, externalURL: String? = nil, hosts: [String] = []) {
        external = externalURL.flatMap { Site($0) }
        if let external { names.insert(external.authority.host) }
        for host in hosts + [listen] {
            let bracketed = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
            guard let authority = Authority(bracketed) else { continue }
            if host == listen, authority.address?.isEvery == true {
                hasEveryAddress = true
            } else {
                names.insert(authority.host)
            }
        }
    }

    /// Whether a request for this host is meant for us.
    ///
    /// - Parameter arrivedAt: the address of this machine to which the connection goes.
    package func includes(_ authority: Authority, arrivedAt address: String?) -> Bool {
        if names.contains(authority.host) { return true }
        guard let wanted = authority.address else { return false }
        if wanted.isLoopback || hasEveryAddress { return true }
        return address.flatMap { IPAddress($0) }?.unmapped == wanted
    }

    /// Whether a page at this place is one of ours.
    ///
    /// - Parameters:
    ///   - place: an `Origin` or `Referer` header.
    ///   - authority: what the request has in its `Host` header.
    package func isOwn(_ place: String, authority: Authority) -> Bool {
        guard let site = Site(place) else { return false }
        return site == external || site.authority == authority.withoutPort(of: Substring(site.scheme))
    }
}
