/// The endpoints that answer as blackbox_exporter does, without knowing how.
package struct ProbeEndpoints: Sendable {
    package struct Answer: Sendable {
        package var status: Int
        package var contentType: String?
        package var body: String
        package var isError: Bool

        package init(status: Int, contentType: String?, body: String, isError: Bool) {
            self.status = status
            self.contentType = contentType
            self.body = body
            self.isError = isError
        }
    }

    package typealias Parameters = [(name: String, value: String)]

    package var probe: @Sendable (_ parameters: Parameters, _ scrapeTimeout: String?) async -> Answer
    package var configuration: @Sendable () -> Answer
    package var logs: @Sendable (_ parameters: Parameters) -> Answer

    package init(
        probe: @escaping @Sendable (_ parameters: Parameters, _ scrapeTimeout: String?) async -> Answer,
        configuration: @escaping @Sendable () -> Answer, logs: @escaping @Sendable (_ parameters: Parameters) -> Answer
    ) {
        self.probe = probe
        self.configuration = configuration
        self.logs = logs
    }
}
