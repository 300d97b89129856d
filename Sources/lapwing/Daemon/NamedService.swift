import ServiceLifecycle

/// A service with a short name.
///
/// A service group describes each of its services as text; without a name that would be the complete content of the
/// service, including the configuration of all domains.
struct NamedService: Service, CustomStringConvertible {
    let description: String
    private let service: any Service

    init(_ name: String, _ service: any Service) {
        description = name
        self.service = service
    }

    func run() async throws { try await service.run() }
}
