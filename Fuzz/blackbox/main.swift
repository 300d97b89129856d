import BlackboxProbe
import FuzzDriver

let seed = """
    modules:
      dns_udp:
        prober: dns
        timeout: 5s
        dns:
          query_name: "www.example.com"
          query_type: "A"
          query_class: IN
          recursion_desired: false
          transport_protocol: tcp
          preferred_ip_protocol: ip6
          ip_protocol_fallback: true
          source_ip_address: 192.0.2.1
          dns_over_tls: true
          tls_config: {insecure_skip_verify: true, server_name: a, min_version: TLS12}
          valid_rcodes: [NOERROR, NXDOMAIN]
          validate_answer_rrs:
            fail_if_matches_regexp: [".*127.0.0.1"]
            fail_if_all_match_regexp: [".*127.0.0.1"]
            fail_if_not_matches_regexp: ["www.example.com.\\t300\\tIN\\tA\\t127.0.0.1"]
            fail_if_none_matches_regexp: ["127.0.0.1"]
      http_2xx: &http
        prober: http
        http: {method: POST, headers: {a: b}, body: '{}', preferred_ip_protocol: ip4}
      other:
        <<: *http
        timeout: 1m30s
    """

// Any text as `blackbox.yml`: refused with faults at lines of it, or shown, and read again from what is shown.
fuzz(seeds: [Array(seed.utf8)]) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ConfigurationError) {
        let configuration = try BlackboxConfiguration(yaml: text)
        let shown = ConfigurationDump.text(configuration)
        precondition(!shown.isEmpty && shown == ConfigurationDump.text(configuration))
        for module in configuration.modules.values { precondition(!ConfigurationDump.text(module).isEmpty) }
    } catch {
        precondition(!error.faults.isEmpty && error.faults.allSatisfy { $0.line >= 0 && !$0.text.isEmpty })
        precondition(!error.description.isEmpty)
    }
}
