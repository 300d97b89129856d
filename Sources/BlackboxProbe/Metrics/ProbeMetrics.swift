/// The metric families of one probe.
package struct ProbeMetrics: Sendable {
    /// One sample; families have only gauges.
    private struct Sample {
        var family: Family
        var label: (String, String)?
        var value: Double
    }

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

    private var samples: [Sample] = []

    package init() {}

    package mutating func set(_ family: Family, _ value: Double, label: (String, String)? = nil) {
        if let place = samples.firstIndex(where: { $0.family == family && $0.label?.1 == label?.1 }) {
            samples[place].value = value
        } else {
            samples.append(Sample(family: family, label: label, value: value))
        }
    }

    package func value(_ family: Family) -> Double? { samples.first { $0.family == family }?.value }

    /// Prometheus' text format, families and label values in order of their names.
    package var text: String {
        var text = ""
        for family in Family.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
            let own = samples.filter { $0.family == family }.sorted { ($0.label?.1 ?? "") < ($1.label?.1 ?? "") }
            guard !own.isEmpty else { continue }
            text += "# HELP \(family.rawValue) \(family.help)\n# TYPE \(family.rawValue) gauge\n"
            for sample in own {
                let label = sample.label.map { "{\($0)=\"\($1)\"}" } ?? ""
                text += "\(family.rawValue)\(label) \(FloatText.text(sample.value))\n"
            }
        }
        return text
    }
}

extension ProbeMetrics.Family {
    // The words of blackbox_exporter's own families are part of the drop-in: Prometheus warns when they differ
    // between two targets of a job.
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
