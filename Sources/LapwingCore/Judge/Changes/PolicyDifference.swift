import DNSWire

/// The old and the new policy, compared by strength.
struct PolicyDifference {
    /// What became weaker, in words.
    var loosened: [String] = []
    /// New senders that SPF includes, if nothing became weaker, in words.
    var widened: [String] = []
    /// Other changes: stricter or reordered policies, and tokens.
    var others: [String] = []
    var addsToken = false
    var addsSenders = false
    /// Texts that were added or removed and are not a policy.
    var tokens: [String] = []
    /// Whether anything other than such texts and the allowed senders changed.
    var changesMore = false

    init(_ key: RecordSetKey, from old: SetValue, to new: SetValue) {
        if key.type == .caa {
            compare(CAAPolicy(old), CAAPolicy(new))
        } else {
            compare(TextMeaning(old), TextMeaning(new))
        }
    }

    private mutating func compare(_ old: CAAPolicy, _ new: CAAPolicy) {
        changesMore = true
        if new.isOpen, !old.isOpen {
            loosened.append(
                "CAA removed: now any issuer may issue (was only \(old.issuers.sorted().joined(separator: ", ")))")
            return
        }
        if old.isOpen, !new.isOpen {
            others.append("CAA now restricts issuers to \(new.issuers.sorted().joined(separator: ", "))")
            return
        }
        let added = new.issuers.subtracting(old.issuers).sorted()
        let removed = old.issuers.subtracting(new.issuers).sorted()
        if !added.isEmpty {
            loosened.append(
                "CAA now also allows \(added.joined(separator: ", ")) (was only \(old.issuers.sorted().joined(separator: ", ")))"
            )
        }
        if !removed.isEmpty { others.append("CAA no longer allows \(removed.joined(separator: ", "))") }
        let wild = (new.wildcardIssuers ?? new.issuers).subtracting(old.wildcardIssuers ?? old.issuers).subtracting(
            added)
        if !wild.isEmpty { loosened.append("CAA now allows wildcards from \(wild.sorted().joined(separator: ", "))") }
        if added.isEmpty, removed.isEmpty, wild.isEmpty { others.append("CAA changed without other issuers") }
    }

    private mutating func compare(_ old: TextMeaning, _ new: TextMeaning) {
        compareSPF(old.spf, new.spf)
        compareDMARC(old.dmarc, new.dmarc)
        let gone = old.dkim.filter { !new.dkim.contains($0) }
        let came = new.dkim.filter { !old.dkim.contains($0) }
        if !gone.isEmpty || !came.isEmpty { others.append("DKIM key changed") }
        changesMore = old.spf?.all != new.spf?.all || old.dmarc != new.dmarc || !gone.isEmpty || !came.isEmpty
        tokens = new.others.filter { !old.others.contains($0) } + old.others.filter { !new.others.contains($0) }
        for token in new.others where !old.others.contains(token) {
            others.append("token \(token.prefix(80)) added")
            addsToken = true
        }
        for token in old.others where !new.others.contains(token) { others.append("token \(token.prefix(80)) removed") }
    }

    private mutating func compareSPF(_ old: SPFPolicy?, _ new: SPFPolicy?) {
        guard old != new else { return }
        guard let old else {
            others.append("SPF added: \(new?.text ?? "")")
            return
        }
        guard let new else {
            loosened.append("SPF removed (was \(old.text))")
            return
        }
        let includes = new.includes.filter { !old.includes.contains($0) }
        let senders = new.senders.filter { !old.senders.contains($0) }
        addsSenders = !includes.isEmpty || !senders.isEmpty
        if new.strength < old.strength {
            var words = "SPF ends in \(new.all)all now (was \(old.all)all)"
            if !includes.isEmpty { words += " and includes \(includes.joined(separator: ", "))" }
            loosened.append(words)
        } else if !includes.isEmpty {
            widened.append("SPF now includes \(includes.joined(separator: ", "))")
        } else if !senders.isEmpty {
            others.append("SPF: senders added (\(senders.joined(separator: ", ")))")
        } else {
            others.append("SPF changed: \(new.text)")
        }
    }

    private mutating func compareDMARC(_ old: DMARCPolicy?, _ new: DMARCPolicy?) {
        guard old != new else { return }
        guard let old else {
            others.append("DMARC added: p=\(new?.policy ?? "none")")
            return
        }
        guard let new else {
            loosened.append("DMARC removed (was p=\(old.policy))")
            return
        }
        if new.strength < old.strength || new.subdomainStrength < old.subdomainStrength {
            let percent = new.percent < old.percent ? " for \(new.percent) % of mail" : ""
            let reports = old.reports != nil && new.reports == nil ? ", reports address removed" : ""
            loosened.append("DMARC p=\(old.policy) -> p=\(new.policy)\(percent)\(reports)")
        } else {
            others.append("DMARC changed: \(new.text)")
        }
    }
}
