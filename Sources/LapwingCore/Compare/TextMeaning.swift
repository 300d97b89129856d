import DNSWire

/// The meaning of the strings in a TXT set, separated so that a token beside an SPF record does not look like a changed
/// SPF.
package struct TextMeaning: Sendable, Hashable {
    /// The sender policy; the last one if there are several, nil if there is none.
    package var spf: SPFPolicy?
    /// The DMARC policy; nil if there is none.
    package var dmarc: DMARCPolicy?
    /// Texts of DKIM keys, sorted.
    package var dkim: [String] = []
    /// Verification tokens and all other texts, sorted.
    package var others: [String] = []

    package init(_ value: SetValue) {
        for member in value.members {
            guard let data = try? RecordData(type: .txt, wire: member.bytes), let text = TXT(data)?.text else {
                continue
            }
            let start = text.prefix(8).lowercased()
            if let policy = SPFPolicy(text) {
                spf = policy
            } else if start.hasPrefix("v=dmarc1") {
                dmarc = DMARCPolicy(text)
            } else if start.hasPrefix("v=dkim1") {
                dkim.append(text)
            } else {
                others.append(text)
            }
        }
        dkim.sort()
        others.sort()
    }
}

/// A sender policy (RFC 7208), as far as it affects its strength.
package struct SPFPolicy: Sendable, Hashable {
    /// The published text.
    package var text: String
    /// The result for all other senders: `-`, `~`, `?` or `+`.
    package var all: Character
    /// Domains that are allowed by name: `include:`, `redirect=`, `exists:`.
    package var includes: [String] = []
    /// All other mechanisms.
    package var senders: [String] = []

    /// All names to which the policy refers: allowed domains, and hosts whose addresses are allowed (`a:`, `mx:`).
    ///
    /// A name that contains a macro cannot be looked up and is left out.
    package var targets: [String] {
        let hosts = senders.compactMap { Self.target($0, "a:") ?? Self.target($0, "mx:") }
        let bare = hosts.map { String($0.prefix { $0 != "/" }) }
        return (includes + bare).filter { !$0.contains("%") && !$0.isEmpty }
    }

    /// Returns nil for a text that is not a sender policy (RFC 7208 §4.5).
    package init?(_ text: String) {
        let start = text.prefix(7).lowercased()
        guard start == "v=spf1" || start == "v=spf1 " else { return nil }
        self.text = text
        all = "?"
        var redirected = false
        for term in text.lowercased().split(separator: " ").dropFirst().prefix(64) {
            let sign = term.first ?? "+"
            let bare = "+-~?".contains(sign) ? String(term.dropFirst()) : String(term)
            if bare == "all" {
                all = "+-~?".contains(sign) ? sign : "+"
            } else if let target = Self.target(bare, "include:") ?? Self.target(bare, "redirect=")
                ?? Self.target(bare, "exists:")
            {
                includes.append(target)
                redirected = redirected || bare.hasPrefix("redirect=")
            } else {
                senders.append(bare)
            }
        }
        if redirected, !text.lowercased().contains("all") { all = "-" }
    }

    private static func target(_ term: String, _ mark: String) -> String? {
        term.hasPrefix(mark) ? String(term.dropFirst(mark.count)) : nil
    }

    /// The strength; greater is stricter.
    package var strength: Int {
        switch all {
        case "-": 3
        case "~": 2
        case "?": 1
        default: 0
        }
    }
}

/// A DMARC policy (RFC 7489), as far as it affects its strength.
package struct DMARCPolicy: Sendable, Hashable {
    /// The published text.
    package var text: String
    /// The treatment of mail that fails, the tag `p`, in lower case; `none` if it is absent.
    package var policy: String
    /// The treatment for subdomains, the tag `sp`; nil if ``policy`` applies to them too.
    package var subdomains: String?
    /// The percentage of messages to which it applies, the tag `pct`, 0 to 100 if valid; 100 if it is absent.
    package var percent: Int
    /// The destination of aggregate reports, the tag `rua`; nil if none are wanted.
    package var reports: String?

    package init(_ text: String) {
        self.text = text
        var tags: [String: String] = [:]
        for part in text.split(separator: ";").prefix(32) {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if pair.count == 2 { tags[pair[0].lowercased()] = pair[1] }
        }
        policy = tags["p"]?.lowercased() ?? "none"
        subdomains = tags["sp"]?.lowercased()
        percent = tags["pct"].flatMap(Int.init) ?? 100
        reports = tags["rua"]
    }

    /// The strength; greater is stricter.
    package var strength: Int { Self.strength(policy) * 100 + min(100, max(0, percent)) }
    /// The strength for subdomains: 0 for `none`, 1 for `quarantine`, 2 for `reject`.
    package var subdomainStrength: Int { Self.strength(subdomains ?? policy) }

    private static func strength(_ policy: String) -> Int {
        switch policy {
        case "reject": 2
        case "quarantine": 1
        default: 0
        }
    }
}

/// The issuers that may issue certificates (RFC 8659).
package struct CAAPolicy: Sendable, Hashable {
    /// Issuers of the property `issue`; empty with ``isOpen`` false means that no issuer may issue.
    package var issuers: Set<String> = []
    /// Issuers of the property `issuewild`; nil if ``issuers`` applies to wildcards too.
    package var wildcardIssuers: Set<String>?
    /// Whether there is no `issue` property, so that any issuer may issue.
    package var isOpen = true

    package init(_ value: SetValue) {
        for member in value.members {
            guard let data = try? RecordData(type: .caa, wire: member.bytes), let record = CAA(data) else { continue }
            let tag = String(decoding: record.tag, as: UTF8.self).lowercased()
            let text = String(decoding: record.value, as: UTF8.self)
            let issuer =
                text.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
            let trimmed = issuer.filter { $0 != " " }
            switch tag {
            case "issue":
                isOpen = false
                if !trimmed.isEmpty { issuers.insert(trimmed) }
            case "issuewild": wildcardIssuers = (wildcardIssuers ?? []).union(trimmed.isEmpty ? [] : [trimmed])
            default: break
            }
        }
    }
}
