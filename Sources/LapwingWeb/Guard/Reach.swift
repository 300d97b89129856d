import HTTPTypes

/// From where a route may be called. The page that caused a request decides, not the user who sends it.
///
/// Browsers send requests to any address that a page names, with the visitor's credentials and from the visitor's
/// machine. They state the origin: in `Sec-Fetch-Site` to secure and local addresses, in `Origin` and `Referer` to
/// others. Programs send none of these headers and are admitted.
enum Reach: Sendable {
    /// From this site's pages and from programs only; for all routes that change something, show data or cause work.
    case ownSite
    /// Also by links on other sites: pages that cause no work.
    case linked
    /// Also as a picture embedded in other sites.
    case embedded

    /// Whether a request with these headers is allowed.
    func allows(_ request: WebRequest, _ authority: Authority, _ hosts: OwnHosts) -> Bool {
        if case .embedded = self { return true }
        let headers = request.headers
        if let origin = headers[.origin], !hosts.isOwn(origin, authority: authority) { return false }
        switch headers[.fetchSite] {
        case "same-origin", "none": return true
        case "same-site" where isLinked: return true
        case nil:
            // A page can omit its `Referer` but not forge it, so one that is present is believed.
            guard !isLinked, let referrer = headers[.referer] else { return true }
            return hosts.isOwn(referrer, authority: authority)
        default:
            // Only as a navigation of the visitor, not in a frame and not as a picture or script.
            return isLinked && headers[.fetchMode] == "navigate"
                && headers[.fetchDestination] ?? "document" == "document"
        }
    }

    private var isLinked: Bool {
        if case .linked = self { true } else { false }
    }
}
