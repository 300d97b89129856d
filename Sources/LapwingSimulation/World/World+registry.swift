package import DNSWire
import LapwingCore

/// The response of a registry to a look-up.
package enum RegistryReply: Sendable, Hashable {
    case timeout
    /// RDAP over HTTP: status, seconds named in `Retry-After`, body.
    case http(status: Int, retryAfter: Int?, body: String)
    /// Text over port 43.
    case text(String)
}

extension World {
    /// An RDAP look-up of a domain (RFC 9083).
    package func rdap(_ name: Name, at second: Int) -> RegistryReply {
        let state = timeline.state(at: second)
        if isOffline(at: second) { return .timeout }
        guard name == domain else {
            let isFree = state.unregistered.contains { name.isSubdomain(of: $0) }
            return isFree ? Self.notFound : .http(status: 200, retryAfter: nil, body: Self.stranger(name))
        }
        switch state.registry.rdap {
        case .timeout: return .timeout
        case .status(let status, let retryAfter):
            return .http(status: status, retryAfter: retryAfter, body: #"{"errorCode":\#(status),"title":"Try later"}"#)
        case .notFound: return Self.notFound
        case .malformed:
            let body = rdapBody(state: state, second: second)
            return .http(status: 200, retryAfter: nil, body: String(body.prefix(body.count / 3)))
        case .ok, .otherFormat:
            return .http(status: 200, retryAfter: nil, body: rdapBody(state: state, second: second))
        }
    }

    /// Whether the registry has a domain; nil if it does not say.
    func isRegistered(_ name: Name, at second: Int) -> Bool? {
        guard case .http(let status, _, _) = rdap(name, at: second) else { return nil }
        return status == 404 ? false : status == 200 ? true : nil
    }

    /// What registries say of domains outside.
    func terms(at second: Int) -> [Name: DependencyView.Registration] {
        isOffline(at: second) ? [:] : timeline.state(at: second).terms
    }

    /// A WHOIS look-up of the watched domain (RFC 3912).
    package func whois(at second: Int) -> RegistryReply {
        let state = timeline.state(at: second)
        if isOffline(at: second) { return .timeout }
        switch state.registry.whois {
        case .timeout, .status: return .timeout
        case .notFound: return .text("No match for \"\(Self.plain(domain).uppercased())\".\r\n")
        case .malformed: return .text("%% internal error\r\n")
        case .ok: return .text(whoisText(state: state, second: second))
        case .otherFormat: return .text(otherWhoisText(state: state))
        }
    }

    private static let notFound = RegistryReply.http(
        status: 404, retryAfter: nil, body: #"{"errorCode":404,"title":"Not Found"}"#)

    private static func stranger(_ name: Name) -> String {
        #"{"objectClassName":"domain","ldhName":"\#(plain(name))","status":["active"]}"#
    }

    private func rdapBody(state: WorldState, second: Int) -> String {
        let registry = state.registry
        func event(_ action: String, _ moment: Timestamp) -> String {
            #"{"eventAction":"\#(action)","eventDate":"\#(moment)"}"#
        }
        let events =
            [
                event("registration", registry.created), event("last changed", registry.updated),
                event("last update of RDAP database", epoch.adding(seconds: Int64(second))),
            ] + (registry.expires.map { [event("expiration", $0)] } ?? [])
        let hosts = nameServers(state).map { #"{"objectClassName":"nameserver","ldhName":"\#(Self.plain($0))"}"# }
        let statuses = registry.statuses.map { "\"\($0)\"" }
        let entity =
            #"{"objectClassName":"entity","roles":["registrar"],"publicIds":[{"type":"IANA Registrar ID","identifier":"\#(registry.registrarID)"}],"#
            + #""vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","\#(Self.escaped(registry.registrar))"]]]}"#
        return #"{"rdapConformance":["rdap_level_0"],"objectClassName":"domain","ldhName":"\#(Self.plain(domain))","#
            + #""status":[\#(statuses.joined(separator: ","))],"events":[\#(events.joined(separator: ","))],"#
            + #""nameservers":[\#(hosts.joined(separator: ","))],"entities":[\#(entity)],"#
            + #""secureDNS":{"delegationSigned":\#(isSecure(state))}}"#
    }

    private func whoisText(state: WorldState, second: Int) -> String {
        let registry = state.registry
        let name = Self.plain(domain).uppercased()
        var lines = [
            "   Domain Name: \(name)", "   Registrar: \(registry.registrar)",
            "   Registrar IANA ID: \(registry.registrarID)",
            "   Updated Date: \(registry.updated)", "   Creation Date: \(registry.created)",
        ]
        if let end = registry.expires { lines.append("   Registry Expiry Date: \(end)") }
        lines += registry.statuses.map { status in
            let word = Self.eppName(status)
            return "   Domain Status: \(word) https://icann.org/epp#\(word)"
        }
        lines += nameServers(state).map { "   Name Server: \(Self.plain($0).uppercased())" }
        lines.append("   DNSSEC: \(isSecure(state) ? "signedDelegation" : "unsigned")")
        lines.append(">>> Last update of whois database: \(epoch.adding(seconds: Int64(second))) <<<")
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The same facts in the format of another registry.
    private func otherWhoisText(state: WorldState) -> String {
        let registry = state.registry
        func day(_ moment: Timestamp) -> String { String(moment.description.prefix(10)) }
        var lines = [
            "domain:       \(Self.plain(domain))", "registrar:    \(registry.registrar)",
            "created:      \(day(registry.created))", "changed:      \(day(registry.updated))",
        ]
        if let end = registry.expires { lines.append("paid-till:    \(day(end))") }
        lines += nameServers(state).map { "nserver:      \(Self.plain($0))" }
        lines += registry.statuses.map { "status:       \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func nameServers(_ state: WorldState) -> [Name] { state.registry.nameServers ?? state.parent.nameServers }

    private func isSecure(_ state: WorldState) -> Bool { state.registry.secure ?? !state.parent.secureKeys.isEmpty }

    /// Converts RDAP's `client transfer prohibited` to EPP's `clientTransferProhibited`; `active` is EPP's `ok` (RFC
    /// 8056).
    static func eppName(_ status: String) -> String {
        if status == "active" { return "ok" }
        let words = status.split(separator: " ").map(String.init)
        return words.enumerated().map {
            $0.offset == 0 ? $0.element : $0.element.prefix(1).uppercased() + $0.element.dropFirst()
        }
        .joined()
    }

    /// Returns a name without the trailing dot, in lower case.
    private static func plain(_ name: Name) -> String {
        let text = name.folded.description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func escaped(_ text: String) -> String {
        text.filter { $0 != "\"" && $0 != "\\" }
    }
}
