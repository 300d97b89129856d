/// The endpoints that are compatible with blackbox_exporter, as closures that hide the implementation.
package struct ProbeEndpoints: Sendable {
    /// An HTTP response.
    package struct Answer: Sendable {
        /// The HTTP status.
        package var status: Int
        /// The `Content-Type`; nil for none.
        package var contentType: String?
        /// The body, as UTF-8.
        package var body: String
        /// Whether the body is the text of an error.
        package var isError: Bool

        package init(status: Int, contentType: String?, body: String, isError: Bool) {
            self.status = status
            self.contentType = contentType
            self.body = body
            self.isError = isError
        }
    }

    /// The parameters of the query in order; a name may occur more than once.
    package typealias Parameters = [(name: String, value: String)]

    /// `/probe`: makes one probe. The time limit is the unparsed header that Prometheus sends.
    package var probe: @Sendable (_ parameters: Parameters, _ scrapeTimeout: String?) async -> Answer
    /// `/config`: the modules in force.
    package var configuration: @Sendable () -> Answer
    /// `/logs`: the log of an earlier probe.
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
