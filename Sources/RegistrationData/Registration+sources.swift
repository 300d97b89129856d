extension Registration {
    /// These facts, with those of another source where they have none of their own.
    ///
    /// Nothing that is known is replaced, and an answer that says nothing of the domain adds nothing.
    public func completed(by other: Registration) -> Registration {
        guard other.outcome == .registered || other.outcome == .reserved, isRegistered != false else { return self }
        var whole = self
        whole.expires = expires ?? other.expires
        whole.registrarExpires = registrarExpires ?? other.registrarExpires
        whole.created = created ?? other.created
        whole.updated = updated ?? other.updated
        whole.registrar = registrar ?? other.registrar
        whole.registrarID = registrarID ?? other.registrarID
        whole.statuses = statuses ?? other.statuses
        whole.nameServers = nameServers ?? other.nameServers
        whole.delegationSigned = delegationSigned ?? other.delegationSigned
        if delegationSigners.isEmpty { whole.delegationSigners = other.delegationSigners }
        if delegationKeys.isEmpty { whole.delegationKeys = other.delegationKeys }
        if nameServerAddresses.isEmpty { whole.nameServerAddresses = other.nameServerAddresses }
        whole.refreshed = refreshed ?? other.refreshed
        whole.alarms = alarms.union(other.alarms)
        whole.referral = referral ?? other.referral
        if whole.expires != nil {
            whole.expiry = .given
        } else if expiry == .absent {
            whole.expiry = other.expiry
        }
        return whole
    }

    /// These facts of the registry, with the registrar's own end beside the registry's.
    ///
    /// A registrar's word on dates and statuses never counts as the registry's.
    public func completed(byRegistrar other: Registration) -> Registration {
        guard other.outcome == .registered else { return self }
        var whole = self
        whole.registrarExpires = registrarExpires ?? other.registrarExpires ?? other.expires
        whole.registrar = registrar ?? other.registrar
        whole.registrarID = registrarID ?? other.registrarID
        if whole.expires == nil, let end = whole.registrarExpires {
            whole.expires = end
            whole.expiry = .given
        }
        return whole
    }
}
