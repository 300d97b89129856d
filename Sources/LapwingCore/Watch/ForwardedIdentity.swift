/// A proxy that authenticates people and names them in headers.
package struct ForwardedIdentity: Sendable, Hashable {
    /// The only addresses from which the headers are accepted.
    package var trusted: [AddressBlock]
    /// The header with the person's name.
    package var userHeader = "X-Forwarded-User"
    /// The header with their groups, separated by commas.
    package var groupsHeader = "X-Forwarded-Groups"
    /// The rights of these groups.
    package var groups: GroupRights

    package init(trusted: [AddressBlock], groups: GroupRights) {
        self.trusted = trusted
        self.groups = groups
    }
}
