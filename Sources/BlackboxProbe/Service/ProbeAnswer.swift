/// The response to an HTTP client: status, type and text, identical to blackbox_exporter's.
package struct ProbeAnswer: Hashable, Sendable {
    /// The HTTP status.
    package var status: Int
    /// Nil for a response without the header.
    package var contentType: String?
    /// The text with its final line break.
    package var body: String
    /// Errors have the header `X-Content-Type-Options: nosniff`.
    package var isError: Bool

    /// `/-/healthy`.
    package static let healthy = ProbeAnswer(
        status: 200, contentType: "text/plain; charset=utf-8", body: "Healthy", isError: false)

    static func text(_ body: String) -> ProbeAnswer {
        ProbeAnswer(status: 200, contentType: "text/plain", body: body, isError: false)
    }

    static func metrics(_ body: String) -> ProbeAnswer {
        ProbeAnswer(
            status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", body: body, isError: false)
    }

    static func error(_ status: Int, _ body: String) -> ProbeAnswer {
        ProbeAnswer(status: status, contentType: "text/plain; charset=utf-8", body: body + "\n", isError: true)
    }
}

/// The parameters of `/probe`, from the URL only.
package struct ProbeRequest: Hashable, Sendable {
    /// The name of the module; nil for the default one.
    package var module: String?
    /// The server to query; nil is a fault of the request.
    package var target: String?
    /// Whether the debug page is requested instead of metrics.
    package var isDebug = false
    /// The header with Prometheus' time limit; nil without it.
    package var scrapeTimeout: String?
    /// Lapwing's extension: another name or type than the module's; nil for the module's.
    package var queryName: String?
    /// A record type by name or number; nil for the module's.
    package var queryType: String?

    /// Uses the first value of each parameter.
    package init(parameters: [(name: String, value: String)], scrapeTimeout: String?) {
        func first(_ name: String) -> String? {
            guard let value = parameters.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
            return value
        }
        module = first("module")
        target = first("target")
        isDebug = first("debug") == "true"
        queryName = first("query_name")
        queryType = first("query_type")
        self.scrapeTimeout = scrapeTimeout.flatMap { $0.isEmpty ? nil : $0 }
    }
}
