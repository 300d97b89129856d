"""Configuration files by chance: values of every form at every key, and documents that are odd as a whole."""

import random

SCALARS = ["5", "'5'", '"5"', "true", "True", "TRUE", "tRUE", "false", "yes", "Yes", "no", "on", "off", "y", "n", "'yes'", "'true'", "~", "null", "Null", "", "''", '""', "a", "A", "ip4", "udp", "tcp", "1.5", "-1", "+1", "0x1f", "0o17", "017", "0b11", "1e3",
           "1_000", ".inf", "-.inf", ".nan", "2001-01-01", "2001-01-01T00:00:00Z", "12:30:45", "1:2", "!!str 5", "!!int 5", "!!int '5'", "!!int a", "!!bool yes", "!!bool 'true'", "!!bool x", "!!float 5", "!!null x", "!!null ''", "!!binary YQ==",
           "!!binary '*'", "!!timestamp 2001-01-01", '"\\n"', '"\\x41"', '"\\u00e9"', '"\\ud800"', '"\\q"', "'it''s'", "<<", "=", "a b", "a#b", "a #b", "a: b", "-", "- a", "?", "*x", "&x 5", "&x", "@a", "`a", "%a", "|", ">", "[", "]", "{", "}", ",", "é", "\x07", "1s", "5s", "-5s", "1h2m",
           "1.5h", "'5s'", "1d", "1w", ".5s", "5.s", ".s", "+1s", "--1s", "1s1", "1 s", "1S", "1µs", "1μs", "1us", "1ns", "9223372036s", "9223372037s", "2562047h47m16.854775807s", "2562047h47m16.854775808s", "-2562047h47m16.854775808s", "1e3s", "0", "00", "0s", "-0", "+0", "0.0s", "1_0s", "1h1h", "1m1h", "0.000000000000000000001s",
           "1.9999999999999999999s", "9999999999999999999ns", "TLS10", "TLS12", "TLS13", "TLS14", "tls12", "NOERROR", "IN", "in", "ANY", "CLASS1", "HS", "AAAA", "TYPE65", "HTTPS", "None", "NONE", "Reserved", "NSAP-PTR", "MAILA", "SPF", "ISDN", "ATMA", "LOC"]
GROUPS = ["[]", "{}", "[a]", "[5, yes, ~]", "[[a]]", "[{a: b}]", "{a: b}", "{a: [b]}", "[a, b,]", "[a,, b]", "[a b]", "['(']", "[\"\\\\d+\"]", "['[', a]", "{? a : b}", "{a}", "{a, b}", "[*x]", "[&y a, *y]", "!!seq [a]", "!!map {a: b}", "!!set {a}", "!!omap [a: b]", "{<<: {a: b}}"]
RULES = "{fail_if_matches_regexp: %s}", "{fail_if_all_match_regexp: %s}", "{fail_if_not_matches_regexp: %s, fail_if_none_matches_regexp: [a]}", "{fail_if: %s}", "%s"
DNS = {"preferred_ip_protocol": ["ip4", "ip6", "ip9", "4"], "ip_protocol_fallback": ["true", "no"], "dns_over_tls": ["true", "false"], "source_ip_address": ["127.0.0.1", "x"], "transport_protocol": ["udp", "tcp", "x"], "query_class": ["IN", "CH", "x"],
       "query_name": ["a.test", "5", "."], "query_type": ["A", "SOA", "x"], "recursion_desired": ["true", "off"], "valid_rcodes": ["[NOERROR]", "[x, 5]"], "validate_answer_rrs": ["{}"], "validate_authority_rrs": ["{}"], "validate_additional_rrs": ["{}"],
       "tls_config": ["{}", "{insecure_skip_verify: true}", "{server_name: a}", "{ca_file: /none}", "{min_version: TLS12}", "{min_version: TLS13, max_version: TLS12}", "{cert_file: a, key_file: b}"], "unknown": ["1"], "Query_name": ["a"]}
HTTP = {"valid_status_codes": ["[200]", "[]"], "valid_http_versions": ["[HTTP/1.1]"], "preferred_ip_protocol": ["ip4"], "ip_protocol_fallback": ["false"], "skip_resolve_phase_with_proxy": ["true"], "no_follow_redirects": ["true"], "fail_if_ssl": ["true"], "fail_if_not_ssl": ["true"], "method": ["POST"],
        "headers": ["{a: b}", "{a: 5}"], "fail_if_body_matches_regexp": ["[a]", "['(']"], "fail_if_body_not_matches_regexp": ["[a]"], "fail_if_header_matches": ["[{header: a, regexp: b}]", "[{header: a}]", "[{regexp: b}]", "[{header: a, regexp: '('}]", "[{header: a, allow_missing: true}]"],
        "fail_if_header_not_matches": ["[{header: a, regexp: b, allow_missing: true}]"], "body": ["x"], "compression": ["gzip", "br", "deflate", "identity", "x", "''"], "body_size_limit": ["1MB", "1", "x", "-1", "1KiB", "1.5GB"], "basic_auth": ["{username: a, password: b}", "{username: a, password_file: b}", "{username: a, password: b, password_file: c}"],
        "bearer_token": ["x"], "bearer_token_file": ["x"], "authorization": ["{type: Bearer, credentials: x}", "{type: Basic}", "{credentials: x, credentials_file: y}", "{type: ' basic '}"], "oauth2": ["{client_id: a, client_secret: b, token_url: c}", "{client_id: a}", "{client_secret: a}", "{client_id: a, client_secret: b, client_secret_file: c, token_url: d}"],
        "proxy_url": ["http://a", "'%zz'", "':'"], "proxy_connect_header": ["{a: [b]}"], "tls_config": ["{}", "{insecure_skip_verify: yes}"], "follow_redirects": ["false"], "enable_http2": ["false"], "unknown": ["x"]}
TCP = {"preferred_ip_protocol": ["ip4"], "ip_protocol_fallback": ["false"], "source_ip_address": ["x"], "query_response": ["[{expect: a, send: b, starttls: true}]", "[{expect: '('}]", "[{}]", "{}"], "tls": ["true"], "tls_config": ["{}"], "unknown": ["x"]}
ICMP = {"preferred_ip_protocol": ["ip4"], "ip_protocol_fallback": ["false"], "source_ip_address": ["x"], "payload_size": ["5", "-1"], "dont_fragment": ["true"], "ttl": ["5", "0", "-1", "255", "256", "300"], "unknown": ["x"]}
GRPC = {"service": ["a"], "tls": ["true"], "tls_config": ["{}"], "ip_protocol_fallback": ["false"], "preferred_ip_protocol": ["ip4"], "unknown": ["x"]}
SECTIONS = {"dns": DNS, "http": HTTP, "tcp": TCP, "icmp": ICMP, "grpc": GRPC}

GOOD = "modules: {a: {prober: dns, dns: {query_name: a}}}"
DOCUMENTS = ["", " ", "\n\n", "#", "---", "--- ", "---\n...", "...", "~", "null", "5", "a", "[]", "{}", "''", "modules", "modules:", "modules: ~", "modules: []", "modules: ''", "modules: 5", "modules: {}", "modules: {a: }", "modules: {a: ~}", "modules: {a: []}", "modules: {a: {}}", "modules: {~: {prober: dns}}",
             "modules: {5: {prober: dns}}", "modules: {true: {prober: dns}}", "modules: {1.0: {prober: dns}}", "modules: {'': {prober: dns}}", "modules: {[a]: {prober: dns}}", "modules: {{a: b}: {prober: dns}}", "? modules\n: {a: {prober: dns}}", "\"modules\": {a: {prober: dns}}", "!!str modules: {a: {prober: dns}}",
             "modules: !!map {a: {prober: dns}}", "modules: !x {a: {prober: dns}}", "!y {modules: {a: {prober: dns}}}", GOOD + "\nmodules: {}", GOOD + "\nx: 1", "x: 1\n" + GOOD, GOOD + "\n---\n" + GOOD, GOOD + "\n---\n[", GOOD + "\n...\nx", GOOD + "\n%YAML 1.1\n---", "%YAML 1.1\n---\n" + GOOD, "%YAML 1.2\n---\n" + GOOD,
             "%YAML 1.3\n---\n" + GOOD, "%YAML 2.0\n---\n" + GOOD, "%TAG ! tag:x,2000:\n---\n" + GOOD, "%FOO bar\n---\n" + GOOD, "\ufeff" + GOOD, GOOD.replace(" ", "\t"), GOOD + "\r\n", GOOD.replace("{a", "\r\n {a"), "modules:\n  a:\n    prober: dns\n", "modules:\n  a:\n  prober: dns\n", "modules:\n  a: {prober: dns}\n b: {prober: dns}\n",
             "modules:\n\ta: {prober: dns}\n", "modules:\n  a: \t{prober: dns}\n", "modules:\n  a: {prober: dns}\t\n", "modules:\n  a: {prober: dns} # c\n", "modules:\n  a: {prober: dns}# c\n", "modules: &m {a: {prober: dns}}\n", "modules: *m", "modules: &m\n  a: *m\n", "modules: {a: &m {prober: dns}, b: *m}", "modules: {b: *m, a: &m {prober: dns}}",
             "modules: {a: &m {prober: dns}, b: {<<: *m}}", "modules: {a: &m {prober: dns}, b: {<<: [*m, {timeout: 5s}]}}", "modules: {a: {<<: 5, prober: dns}}", "modules: {a: {<<: [5], prober: dns}}", "modules: {a: {<<: {x: 1}, prober: dns}}", "modules: {a: {<<: {prober: tcp}, prober: dns}}", "modules: {a: {'<<': {prober: dns}}}",
             "modules: {<<: {a: {prober: dns}}}", "<<: {modules: {a: {prober: dns}}}", "modules: {a: {<<: {prober: dns}, <<: {timeout: 5s}}}", "modules: {a: {prober: dns, prober: dns}}", "modules: {a: {prober: dns}, 'a': {prober: dns}}", "modules: {1: {prober: dns}, '1': {prober: dns}}", "modules: {a: {prober: dns, dns: {query_name: a, query_name: b}}}",
             "modules: {a: {prober: dns, <<: {prober: tcp}, <<: {prober: http}}}", "modules: {a: {prober: dns}}}", "modules: {a: {prober: dns}", "modules: {a: {prober: dns}, }", "modules: {a: {prober: dns},, b: {prober: dns}}", "modules: {a: {prober: dns} b: {prober: dns}}", "modules: {a:{prober: dns}}", "modules: {a: {prober:dns}}", "modules: {\"a\":{\"prober\":\"dns\"}}",
             "{\"modules\":{\"a\":{\"prober\":\"dns\",\"timeout\":\"5s\"}}}", "modules:\n  a:\n    prober: |\n      dns\n", "modules:\n  a:\n    prober: >-\n      dns\n", "modules:\n  a:\n    prober: |-\n      dns\n", "modules:\n  a:\n    prober:\n      dns\n", "modules:\n  ? a\n  : prober: dns\n", "modules:\n- a\n", "- modules", "modules: {a: {prober: dns}}\n\x00", "modules: {a\x00: {prober: dns}}",
             "modules: {\x7f: {prober: dns}}", "modules: {a\x01: {prober: dns}}", "modules: {\"a\\0\": {prober: dns}}", "modules: {" + "x" * 200 + ": {prober: dns}}", "? " + "x" * 2000 + "\n: 1", "x" * 1100 + ": 1", "modules: {\u2028: {prober: dns}}", "modules: {\U0001f600: {prober: dns}}", "modules: {a: {prober: dns, dns: {query_name: a, query_name : b}}}", "[" * 200 + "]" * 200, "{a: " * 200 + "}" * 200,
             "modules: {a: {prober: dns, timeout: &t 5s}, b: {prober: dns, timeout: *t}}", "modules: {a: {prober: &p dns, dns: {query_name: *p}}}", "modules: {a: {prober: dns, dns: &d {query_name: a}}, b: {prober: dns, dns: {<<: *d, query_type: A}}}", "modules: {a: {prober: dns, dns: {query_name: a, validate_answer_rrs: &r {fail_if_matches_regexp: &l [a]}, validate_authority_rrs: *r, valid_rcodes: *l}}}",
             "modules: {a: {prober: dns, dns: {<<: {query_name: a}}}}", "modules: {a: {prober: dns, dns: {<<: {query_name: a, x: 1}}}}", "modules: {a: {prober: dns, dns: {<<: [{query_name: a}, {query_name: b}]}}}", "modules: {a: {prober: dns, dns: ~}}", "modules: {a: {prober: dns, dns: {}}}", "modules: {a: {prober: dns, dns: []}}", "modules: {a: {prober: dns, dns: ''}}"]


def value(r, good):
    kind = r.random()
    if kind < 0.7:
        return r.choice(good)
    return r.choice(SCALARS) if kind < 0.88 else r.choice(GROUPS)


def section(r, name):
    keys = SECTIONS[name]
    wanted = r.sample([key for key in keys if key not in ("unknown", "Query_name")], r.choice([0, 1, 1, 2, 3, 4])) + (["unknown"] if r.random() < 0.03 else [])
    if name == "dns" and r.random() < 0.95 and "query_name" not in wanted:
        wanted.insert(0, "query_name")
    odd = r.choice(wanted) if wanted else None
    pairs = []
    for key in wanted:
        text = value(r, keys[key]) if key == odd else r.choice(keys[key])
        if key.startswith("validate_"):
            text = r.choice(RULES) % r.choice(["[a]", "[a, '(']", "[]", "~", value(r, ["[a]"])]) if r.random() < 0.8 else text
        pairs.append("%s: %s" % (key, text))
    return "{" + ", ".join(pairs) + "}"


def draw(seed):
    r = random.Random(seed)
    if r.random() < 0.2:
        return r.choice(DOCUMENTS)
    names = [r.choice(["dns", "dns", "dns", "http", "tcp", "icmp", "grpc"])] + (["tcp"] if r.random() < 0.1 else [])
    parts = ["prober: %s" % (names[0] if r.random() < 0.95 else r.choice(SCALARS))]
    if r.random() < 0.3:
        parts.append("timeout: %s" % (r.choice(SCALARS) if r.random() < 0.8 else "5s"))
    parts += ["%s: %s" % (name, section(r, name)) for name in dict.fromkeys(names)]
    if r.random() < 0.5:
        return "modules: {m: {%s}}" % ", ".join(parts)
    return "modules:\n  m:\n    " + "\n    ".join(parts) + "\n"


def isPrintedAlike(text):
    """Whether /config can be compared: what both understand of a client of HTTP is kept in other words, versions of TLS are
    numbers in 0.23, a text of one line end is a block of its own, and documents that are odd as a whole have keys that are printed oddly."""
    return "http:" not in text and '"\\n"' not in text and "_version" not in text and "!!" not in text and text not in DOCUMENTS
