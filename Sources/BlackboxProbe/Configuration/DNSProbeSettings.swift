/// The `dns` section of a module, with blackbox_exporter's defaults.
package struct DNSProbeSettings: Sendable {
    /// Any text except `ip6` and the empty one means IPv4.
    package var preferredProtocol = ""
    /// `ip_protocol_fallback`: whether an address of the other family is acceptable.
    package var protocolFallback = true
    /// `dns_over_tls`: TLS from the first byte, at port 853 unless the target has another one.
    package var overTLS = false
    /// `tls_config`; used with ``overTLS`` and over HTTPS.
    package var tls = ProbeTLSSettings()
    /// `source_ip_address`; empty for the system's choice.
    package var sourceAddress = ""
    /// `transport_protocol`; anything but `udp` and `tcp` fails the probe, not the file.
    package var transport = "udp"
    /// `query_class` as a number; 1 is IN.
    package var queryClass: UInt16 = 1
    /// Empty for the root, which a module without a `dns` section queries.
    package var queryName = ""
    /// `query_type` as a number; ANY by default.
    package var queryType: UInt16 = Mnemonics.any
    /// `recursion_desired`: the RD flag.
    package var recursionDesired = true
    /// Nil means NOERROR only; an empty list accepts nothing.
    package var validResponseCodes: [String]?
    /// `validate_answer_rrs`.
    package var answerRules = RecordRules()
    /// `validate_authority_rrs`.
    package var authorityRules = RecordRules()
    /// `validate_additional_rrs`.
    package var additionalRules = RecordRules()

    package init() {}

    init(_ tree: ConfigurationValue?) throws(ConfigurationFault) {
        guard let tree else { return }
        preferredProtocol = tree["preferred_ip_protocol"]?.text ?? ""
        protocolFallback = tree["ip_protocol_fallback"]?.flag ?? true
        overTLS = tree["dns_over_tls"]?.flag ?? false
        if let settings = tree["tls_config"] { tls = try ProbeTLSSettings(settings) }
        sourceAddress = tree["source_ip_address"]?.text ?? ""
        if let text = tree["transport_protocol"]?.text, !text.isEmpty { transport = text }
        queryName = tree["query_name"]?.text ?? ""
        if queryName.isEmpty { throw ConfigurationFault(line: 0, text: "query name must be set for DNS module") }
        if let text = tree["query_class"]?.text, !text.isEmpty {
            guard let number = Mnemonics.classes[text] else {
                throw ConfigurationFault(line: 0, text: "query class '\(text)' is not valid")
            }
            queryClass = number
        }
        if let text = tree["query_type"]?.text, !text.isEmpty {
            guard let number = Mnemonics.types[text] else {
                throw ConfigurationFault(line: 0, text: "query type '\(text)' is not valid")
            }
            queryType = number
        }
        recursionDesired = tree["recursion_desired"]?.flag ?? true
        validResponseCodes = tree["valid_rcodes"]?.texts
        answerRules = RecordRules(tree["validate_answer_rrs"])
        authorityRules = RecordRules(tree["validate_authority_rrs"])
        additionalRules = RecordRules(tree["validate_additional_rrs"])
    }
}

extension RecordRules {
    init(_ tree: ConfigurationValue?) {
        failIfMatches = tree?["fail_if_matches_regexp"]?.texts ?? []
        failIfAllMatch = tree?["fail_if_all_match_regexp"]?.texts ?? []
        failIfNotMatches = tree?["fail_if_not_matches_regexp"]?.texts ?? []
        failIfNoneMatches = tree?["fail_if_none_matches_regexp"]?.texts ?? []
    }
}
