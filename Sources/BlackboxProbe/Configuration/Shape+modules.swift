// The known keys of every section. Only `dns` is supported; the others are read since several programs share one file,
// and a key that is refused there must be refused here.
extension Shape {
    static let file = Shape.section(type: "config.plain", [Field("modules", .table(module))])

    static let module = Shape.section(
        type: "config.plain",
        [
            Field("prober", .text),
            Field("timeout", .duration),
            Field("http", http),
            Field("tcp", tcp),
            Field("icmp", icmp),
            Field("dns", dns),
            Field("grpc", grpc),
            Field("unix", unix),
            Field("websocket", websocket),
            Field("lapwing", lapwing),
        ])

    /// Sections that `/config` prints with their defaults even if the file has none.
    static let alwaysShown: Set<String> = ["http", "tcp", "icmp", "dns"]

    private static let yes = ConfigurationValue.flag(true)

    private static let rules = Shape.section(
        type: "config.plain",
        [
            Field("fail_if_matches_regexp", .list(.text)),
            Field("fail_if_all_match_regexp", .list(.text)),
            Field("fail_if_not_matches_regexp", .list(.text)),
            Field("fail_if_none_matches_regexp", .list(.text)),
        ])

    private static let dns = Shape.section(
        type: "config.plain",
        [
            Field("preferred_ip_protocol", .text),
            Field("ip_protocol_fallback", .flag, yes),
            Field("dns_over_tls", .flag),
            Field("tls_config", tls),
            Field("source_ip_address", .text),
            Field("transport_protocol", .text),
            Field("query_class", .text),
            Field("query_name", .text),
            Field("query_type", .text),
            Field("recursion_desired", .flag, yes),
            Field("valid_rcodes", .list(.text)),
            Field("validate_answer_rrs", rules),
            Field("validate_authority_rrs", rules),
            Field("validate_additional_rrs", rules),
        ])

    static let tls = Shape.section(
        type: "config.plain",
        [
            Field("ca", .text), Field("cert", .text), Field("key", .secret),
            Field("ca_file", .text), Field("cert_file", .text), Field("key_file", .text),
            Field("ca_ref", .text), Field("cert_ref", .text), Field("key_ref", .text),
            Field("server_name", .text),
            Field("insecure_skip_verify", .flag),
            Field("min_version", .text),
            Field("max_version", .text),
        ])

    /// A separate section for options that blackbox_exporter does not have, since it would refuse unknown keys in its
    /// own sections.
    private static let lapwing = Shape.section(
        type: "lapwing",
        [
            Field("metrics", .flag),
            Field("edns_udp_size", .integer),
            Field("dnssec_ok", .flag),
            Field("tcp_fallback", .flag),
            Field("validate", .flag),
            Field("dns_over_https", .flag),
        ])

    private static let headerMatch = Shape.section(
        type: "config.plain",
        [Field("header", .text), Field("regexp", .pattern), Field("allow_missing", .flag)])

    private static let queryResponse = Shape.section(
        type: "config.plain",
        [
            Field("expect", .pattern), Field("expect_bytes", .text), Field("send", .text), Field("starttls", .flag),
            Field(
                "labels",
                .list(.section(type: "config.plain", [Field("name", .text), Field("value", .text)]))),
        ])

    private static let credentials: [Field] = [
        Field("type", .text), Field("credentials", .secret), Field("credentials_file", .text),
        Field("credentials_ref", .text),
    ]

    private static let proxy: [Field] = [
        Field("proxy_url", .text), Field("no_proxy", .text), Field("proxy_from_environment", .flag),
        Field("proxy_connect_header", .table(.list(.secret))),
    ]

    private static let client: [Field] =
        [
            Field(
                "basic_auth",
                .section(
                    type: "config.plain",
                    [
                        Field("username", .text), Field("username_file", .text), Field("username_ref", .text),
                        Field("password", .secret), Field("password_file", .text), Field("password_ref", .text),
                    ])),
            Field("authorization", .section(type: "config.plain", credentials)),
            Field(
                "oauth2",
                .section(
                    type: "config.plain",
                    [
                        Field("client_id", .text), Field("client_secret", .secret),
                        Field("client_secret_file", .text), Field("client_secret_ref", .text),
                        Field("client_certificate_key_id", .text), Field("client_certificate_key", .secret),
                        Field("client_certificate_key_file", .text), Field("client_certificate_key_ref", .text),
                        Field("signature_algorithm", .text), Field("iss", .text), Field("audience", .text),
                        Field("claims", .table(.text)), Field("grant_type", .text),
                        Field("scopes", .list(.text)), Field("token_url", .text),
                        Field("endpoint_params", .table(.text)), Field("tls_config", tls),
                    ] + proxy)),
            Field("bearer_token", .secret), Field("bearer_token_file", .text),
            Field("tls_config", tls),
            Field("follow_redirects", .flag, yes), Field("enable_http2", .flag, yes),
        ] + proxy + [
            Field(
                "http_headers",
                .table(
                    .section(
                        type: "config.plain",
                        [
                            Field("values", .list(.text)), Field("secrets", .list(.secret)),
                            Field("files", .list(.text)),
                        ])))
        ]

    private static let http = Shape.section(
        type: "config.plain",
        [
            Field("valid_status_codes", .list(.integer)), Field("valid_http_versions", .list(.text)),
            Field("preferred_ip_protocol", .text), Field("ip_protocol_fallback", .flag, yes),
            Field("skip_resolve_phase_with_proxy", .flag), Field("no_follow_redirects", .flag),
            Field("fail_if_ssl", .flag), Field("fail_if_not_ssl", .flag), Field("method", .text),
            Field("headers", .table(.text)),
            Field("fail_if_body_matches_regexp", .list(.pattern)),
            Field("fail_if_body_not_matches_regexp", .list(.pattern)),
            Field("fail_if_body_json_matches_cel", .text), Field("fail_if_body_json_not_matches_cel", .text),
            Field("fail_if_header_matches", .list(headerMatch)),
            Field("fail_if_header_not_matches", .list(headerMatch)),
            Field("body", .text), Field("body_file", .text), Field("enable_http3", .flag),
        ] + client + [Field("compression", .text), Field("body_size_limit", .text)])

    private static let tcp = Shape.section(
        type: "config.plain",
        [
            Field("preferred_ip_protocol", .text), Field("ip_protocol_fallback", .flag, yes),
            Field("source_ip_address", .text), Field("query_response", .list(queryResponse)), Field("tls", .flag),
            Field("tls_config", tls),
        ])

    private static let icmp = Shape.section(
        type: "config.plain",
        [
            Field("preferred_ip_protocol", .text), Field("ip_protocol_fallback", .flag, yes),
            Field("source_ip_address", .text), Field("payload_size", .integer), Field("dont_fragment", .flag),
            Field("ttl", .integer, .integer(64)),
        ])

    private static let grpc = Shape.section(
        type: "config.plain",
        [
            Field("service", .text), Field("tls", .flag), Field("tls_config", tls),
            Field("ip_protocol_fallback", .flag, yes), Field("preferred_ip_protocol", .text),
            Field("metadata", .table(.list(.text))),
        ])

    private static let unix = Shape.section(
        type: "config.plain",
        [Field("query_response", .list(queryResponse)), Field("tls", .flag), Field("tls_config", tls)])

    private static let websocket = Shape.section(
        type: "config.plain",
        [
            Field("preferred_ip_protocol", .text), Field("ip_protocol_fallback", .flag, yes),
            Field("headers", .table(.list(.text))), Field("query_response", .list(queryResponse)),
        ] + client)
}
