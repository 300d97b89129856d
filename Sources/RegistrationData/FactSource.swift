/// Who said it, and by which protocol.
public enum FactSource: String, Hashable, Sendable, Codable, CaseIterable {
    case registryRDAP, registrarRDAP, registryWHOIS, registrarWHOIS
    /// Entered by the operator, for registries that publish nothing.
    case manual
}
