/// The metric families of one probe.
package struct ProbeMetrics: Sendable {
    /// In the order of their names, as in the output.
    package enum Family: String, CaseIterable, Sendable {
        case additionalRecords = "probe_dns_additional_rrs"
        case answerRecords = "probe_dns_answer_rrs"
        case authorityRecords = "probe_dns_authority_rrs"
        case phases = "probe_dns_duration_seconds"
        case authenticated = "probe_dns_flag_ad"
        case lookupTime = "probe_dns_lookup_time_seconds"
        case querySucceeded = "probe_dns_query_succeeded"
        case responseCode = "probe_dns_rcode"
        case truncated = "probe_dns_reply_truncated"
        case signatureEnd = "probe_dns_rrsig_expiry_timestamp_seconds"
        case serial = "probe_dns_serial"
        case lowestTTL = "probe_dns_ttl_seconds"
        case dnssecStatus = "probe_dnssec_status"
        case duration = "probe_duration_seconds"
        case addressHash = "probe_ip_addr_hash"
        case addressProtocol = "probe_ip_protocol"
        case success = "probe_success"
        case timeout = "probe_timeout_seconds"
    }

    /// The phases of a probe with a measured duration.
    package enum Phase: String, CaseIterable, Sendable {
        case connect, request, resolve
    }

    /// By index in ``Family/allCases``; nil for an absent family.
    private var values = [Double?](repeating: nil, count: Self.count)
    private var phases = [Double?](repeating: nil, count: 3)

    private static let count = Family.allCases.count
    /// The text before a value, for each family in order: help, type and name.
    private static let heads = Family.allCases.map { family in
        "# HELP \(family.rawValue) \(family.help)\n# TYPE \(family.rawValue) gauge\n"
    }
    private static let names = Family.allCases.map { $0.rawValue + " " }
    private static let phaseNames = Phase.allCases.map { "\(Family.phases.rawValue){phase=\"\($0.rawValue)\"} " }

    package init() {}

    /// Sets the value of a family; a family without a value is not printed.
    package mutating func set(_ family: Family, _ value: Double) { values[family.place] = value }

    /// Sets the seconds of a phase.
    package mutating func set(_ phase: Phase, _ value: Double) { phases[phase.place] = value }

    /// Returns the value of a family; nil if it was not set.
    package func value(_ family: Family) -> Double? { values[family.place] }

    /// The metrics in Prometheus' text format, with families and label values in the order of names.
    package var text: String {
        var text = ""
        text.reserveCapacity(2048)
        for place in 0..<Self.count {
            if place == Family.phases.place {
                guard phases.contains(where: { $0 != nil }) else { continue }
                text += Self.heads[place]
                for (phase, value) in phases.enumerated() {
                    guard let value else { continue }
                    text += Self.phaseNames[phase]
                    text += FloatText.text(value)
                    text += "\n"
                }
            } else if let value = values[place] {
                text += Self.heads[place]
                text += Self.names[place]
                text += FloatText.text(value)
                text += "\n"
            }
        }
        return text
    }
}

extension ProbeMetrics.Phase {
    fileprivate var place: Int {
        switch self {
        case .connect: 0
        case .request: 1
        case .resolve: 2
        }
    }
}

extension ProbeMetrics.Family {
    private static let places = Dictionary(
        uniqueKeysWithValues: ProbeMetrics.Family.allCases.enumerated().map { ($1, $0) })

    fileprivate var place: Int { Self.places[self] ?? 0 }

    // The help texts of blackbox_exporter's own families must be identical: Prometheus warns if they differ between two
    // targets of a job.
    fileprivate var help: String {
        switch self {
        case .additionalRecords: "Returns number of entries in the additional resource record list"
        case .answerRecords: "Returns number of entries in the answer resource record list"
        case .authorityRecords: "Returns number of entries in the authority resource record list"
        case .phases: "Duration of DNS request by phase"
        case .authenticated: "Whether the server set the AD flag"
        case .lookupTime: "Returns the time taken for probe dns lookup in seconds"
        case .querySucceeded: "Displays whether or not the query was executed successfully"
        case .responseCode: "Response code of the reply, with the extended bits"
        case .truncated: "Whether the reply was truncated"
        case .signatureEnd: "Earliest end of a signature in the answer"
        case .serial: "Returns the serial number of the zone"
        case .lowestTTL: "Lowest TTL of the answer"
        case .dnssecStatus: "Own validation of the question: 0 secure, 1 insecure, 2 bogus, 3 no verdict"
        case .duration: "Returns how long the probe took to complete in seconds"
        case .addressHash:
            "Specifies the hash of IP address. It's useful to detect if the IP address changes."
        case .addressProtocol: "Specifies whether probe ip protocol is IP4 or IP6"
        case .success: "Displays whether or not the probe was a success"
        case .timeout: "Returns the timeout of the probe in seconds"
        }
    }
}
