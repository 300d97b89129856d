import DNSWire

/// The host names and addresses under which the listener may be reached.
///
/// If an attacker points a domain name at this machine (DNS rebinding), browsers treat the attacker's site and Lapwing
/// as one. Only the name in the `Host` header tells them apart.
package struct OwnHosts: Hashable, Sendable {
    private var names: Set<String> = ["localhost"]
    /// Whether the listener is bound to all addresses of the machine. An address literal is safe, since no domain name
    /// is involved.
    private var hasEveryAddress = false
    /// The scheme and authority of the external URL.
    private var external: Site?

    private struct Site: Hashable, Sendable {
        var scheme: String
        var authority: Authority

        /// The origin of an HTTP URL; nil for anything else.
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
    ///   - externalURL: the address under which users reach the site.
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

    /// Whether a request for this host is meant for this listener.
    ///
    /// - Parameter arrivedAt: the local address of the connection.
    package func includes(_ authority: Authority, arrivedAt address: String?) -> Bool {
        if names.contains(authority.host) { return true }
        guard let wanted = authority.address else { return false }
        if wanted.isLoopback || hasEveryAddress { return true }
        return address.flatMap { IPAddress($0) }?.unmapped == wanted
    }

    /// Whether a URL belongs to this site.
    ///
    /// - Parameters:
    ///   - place: the value of an `Origin` or `Referer` header.
    ///   - authority: the value of the `Host` header of the request.
    package func isOwn(_ place: String, authority: Authority) -> Bool {
        guard let site = Site(place) else { return false }
        return site == external || site.authority == authority.withoutPort(of: Substring(site.scheme))
    }
}
