import HTTPTypes

/// From where a route may be called: what is known of the page behind a request decides, not who sends it.
///
/// Browsers send requests to any address that a page names, with the visitor's passwords and from the visitor's machine.
/// They say so: in `Sec-Fetch-Site` to secure and local addresses, in `Origin` and `Referer` to others. Programs say
/// nothing of the kind and are let through.
enum Reach: Sendable {
    /// From our own pages and from programs only; for all that changes something, shows data or causes work.
    case ownSite
    /// By links on other sites too: plain pages that cause no work.
    case linked
    /// As a picture on other sites too.
    case embedded

    /// Whether a request with these headers may come.
    func allows(_ request: WebRequest, _ authority: Authority, _ hosts: OwnHosts) -> Bool {
        if case .embedded = self { return true }
        let headers = request.headers
        if let origin = headers[.origin], !hosts.isOwn(origin, authority: authority) { return false }
        switch headers[.fetchSite] {
        case "same-origin", "none": return true
        case "same-site" where isLinked: return true
        case nil:
            // A page can hide where it is from, but not as somebody else; what is left of `Referer` is taken at its word.
            guard !isLinked, let referrer = headers[.referer] else { return true }
            return hosts.isOwn(referrer, authority: authority)
        default:
            // Only where the visitor sees the page: not in a frame, not as a picture or script.
            return isLinked && headers[.fetchMode] == "navigate"
                && headers[.fetchDestination] ?? "document" == "document"
        }
    }

    private var isLinked: Bool {
        if case .linked = self { true } else { false }
    }
}
