import ServiceLifecycle

/// A service under a short name.
///
/// A group puts each of its services into words; of a bare one that would be everything it holds, the configuration of
/// all domains among it.
struct NamedService: Service, CustomStringConvertible {
    let description: String
    private let service: any Service

    init(_ name: String, _ service: any Service) {
        description = name
        self.service = service
    }

    func run() async throws { try await service.run() }
}
