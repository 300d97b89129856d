/// The rights of groups from an external list of people. A person in none of the groups has no rights.
package struct GroupRights: Sendable, Hashable {
    /// The rights by group, as the external list spells the names.
    package var groups: [String: Rights]

    package init(_ groups: [String: Rights]) { self.groups = groups }

    /// Returns the rights of a member of these groups; nil if none of the groups is listed.
    ///
    /// The highest role counts, with the domains of those groups that give it: no person may do with a domain what none
    /// of their groups may do with it.
    package func rights(of memberships: some Sequence<String>) -> Rights? {
        let given = Set(memberships).compactMap { groups[$0] }
        guard let role = given.map(\.role).max() else { return nil }
        let deciding = given.filter { $0.role == role }
        guard deciding.allSatisfy({ $0.tags != nil }) else { return Rights(role) }
        return Rights(role, tags: Set(deciding.flatMap { $0.tags ?? [] }))
    }
}
