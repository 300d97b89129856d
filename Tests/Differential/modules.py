"""Modules for the differential run: golden ones by hand and any number by chance."""

import json
import random

PATTERNS = [
    r".*127\.0\.0.*", r"\tA\t", r"\tIN\t", r"^www\.example\.com\.\t300\tIN\tA\t", r"^[^\t]+\t\d+\t(IN|CH|CLASS\d+)\t",
    r"example\.(com|net|org)", r"(?i)EXAMPLE", r"TXT\t\"v=spf1", r"\\[0-9]{3}", r"CLASS1\tTYPE65280\t\\# ", r"$^", r".",
    r"", r"^\n;; OPT", r"alpn=\"h2,h3\"", r"[[:digit:]]+$", r"\bMX\b", r"(", r"a{1001}", r"\p{Lu}+", r"(?P<x>mail)\d",
    r"[^\x00-\x7f]", r"RRSIG\tA 13 2 300 \d{14} 20231114221320 4711 example\.com\. ", r"SOA\t", r"\AA", r"\C", r"(?=x)",
    r"caf\\195\\169", r"\"VAX 11\" \"VMS\"", r"0014:4fff:ff20:ee64", r"^[a-z.]+\t", r"\z", r"\Z", r"(?m)^; EDNS",
]
RULES = ["fail_if_matches_regexp", "fail_if_all_match_regexp", "fail_if_not_matches_regexp", "fail_if_none_matches_regexp"]
TYPES = ["A", "AAAA", "ANY", "SOA", "MX", "TXT", "NS", "HTTPS", "CNAME", "None", "Reserved", "NSAP-PTR", "AXFR", "OPT"]
RCODES = ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP", "NOTIMPL", "NOTAUTH", "BADSIG", "noerror", "X"]


def rules(r):
    return {key: [r.choice(PATTERNS) for _ in range(r.choice([1, 1, 2, 0]))] for key in RULES if r.random() < 0.35}


def module(seed, label):
    r = random.Random(seed)
    dns = {"query_name": label + ".Test" + r.choice(["", "."]), "preferred_ip_protocol": r.choice(["ip4", "ip4", "ip9", "ip6"])}
    if r.random() < 0.8:
        dns["query_type"] = r.choice(TYPES)
    if r.random() < 0.2:
        dns["query_class"] = r.choice(["IN", "CH", "HS", "CS", "ANY", "NONE"])
    if r.random() < 0.3:
        dns["recursion_desired"] = r.random() < 0.5
    if r.random() < 0.3:
        dns["transport_protocol"] = r.choice(["tcp", "tcp", "tcp", "udp", "sctp", ""])
    if r.random() < 0.1:
        dns["ip_protocol_fallback"] = r.random() < 0.7
    if r.random() < 0.3:
        dns["valid_rcodes"] = [r.choice(RCODES) for _ in range(r.choice([0, 1, 2, 3]))]
    if r.random() < 0.05:
        dns["source_ip_address"] = r.choice(["127.0.0.7", "nonsense", "127.0.0.1"])
    if r.random() < 0.03:
        dns["dns_over_tls"] = True
    for section in ("answer", "authority", "additional"):
        if r.random() < (0.8 if section == "answer" else 0.2):
            dns["validate_%s_rrs" % section] = rules(r)
    return {"prober": "dns", "timeout": "1s", "dns": dns}


def file(modules):
    """JSON is YAML enough, and leaves no doubt about quoting."""
    return json.dumps({"modules": modules}, indent=1)


DNS = "modules: {a: {prober: dns, dns: {query_name: a, %s}}}"

# (text of the file, whether HEAD is known to differ from 0.23)
FILES = [
    ("", False), ("{}", False), ("modules: {}", False), ("modules:", False), ("a: 1", False), ("[]", False), ("x", False),
    ("modules: {a: {prober: dns, dns: {query_type: A}}}", False),
    ("modules: {a: {prober: tcp, dns: {query_type: A}}}", False),
    ("modules: {a: {prober: dns}}", False), ("modules: {a: {prober: DNS}}", True), ("modules: {a: {timeout: 5s}}", True),
    ("modules: {a: {prober: dns, dns: }}", False),
    ("modules: {a: {prober: dns}, a: {prober: dns}}", False),
    ("modules: {a: {prober: dns, timeout: 5}}", False), ("modules: {a: {prober: dns, timeout: 1d}}", False),
    ("modules: {a: {prober: dns, timeout: -5s}}", False), ("modules: {a: {prober: dns, timeout: 1.5h30m}}", False),
    ("modules: {a: {prober: dns, timeout: '5s'}}", False), ("modules: {a: {prober: dns, timeout: .5s}}", False),
    ("modules: {a: {prober: dns, timeout: 5.s}}", False), ("modules: {a: {prober: dns, timeout: '0'}}", False),
    ("modules: {a: {prober: dns, timeout: 1 s}}", False), ("modules: {a: {prober: dns, timeout: 3us}}", False),
    ("modules: {a: {prober: dns, timeout: s}}", False), ("modules: {a: {prober: dns, timeout: }}", False),
    (DNS % "query_type: a", False), (DNS % "query_type: TYPE65", False), (DNS % "query_type: ''", False),
    (DNS % "query_type: HTTPS", False), (DNS % "query_class: in", False), (DNS % "query_class: CH", False),
    (DNS % "query_name: 5", False), (DNS % "valid_rcodes: [bogus, 5, yes, ~]", False), (DNS % "valid_rcodes: NOERROR", False),
    (DNS % "valid_rcodes: {}", False), (DNS % "valid_rcodes: ", False), (DNS % "preferred_ip_protocol: ip9", False),
    (DNS % "recursion_desired: yes", False), (DNS % "recursion_desired: 'yes'", False),
    (DNS % "recursion_desired: Yes", False), (DNS % "recursion_desired: 'true'", False),
    (DNS % "recursion_desired: TRUE", False), (DNS % "recursion_desired: 1", False), (DNS % "recursion_desired: off", False),
    (DNS % "recursion_desired: n", False), (DNS % "nonsense: 1", False), (DNS % "dns_over_tls: true", False),
    (DNS % "tls_config: {min_version: TLS9}", False), (DNS % "tls_config: {min_version: TLS12, max_version: TLS13}", False),
    (DNS % "tls_config: {cert_file: x}", True), (DNS % "tls_config: {ca: x}", True),
    (DNS % "validate_answer_rrs: {fail_if_matches_regexp: x}", False),
    (DNS % "validate_answer_rrs: {fail_if_matches_regexp: ['(']}", False),
    (DNS % "validate_answer_rrs: {fail_if_matches: ['x']}", False), (DNS % "validate_answer_rrs: []", False),
    ("modules: {a: &m {prober: dns, dns: {query_name: x}}, b: *m}", False),
    ("modules: {a: &m {prober: dns, dns: {query_name: x}}, b: {<<: *m, timeout: 5s}}", False),
    ("modules: {a: {prober: dns}}\n---\nnonsense: [", False),
    ("modules:\n\ta: 1", False), ("modules: {a: {prober: dns", False), ("modules: *x", False),
    ("modules: {a: {prober: http, http: {valid_status_codes: [200, 2xx]}}}", False),
    ("modules: {a: {prober: http, http: {fail_if_body_matches_regexp: ['(']}}}", False),
    ("modules: {a: {prober: http, http: {headers: {a: b}, method: POST, body: x, compression: gzip}}}", False),
    ("modules: {a: {prober: http, http: {basic_auth: {username: a, password: b}}}}", False),
    ("modules: {a: {prober: tcp, tcp: {query_response: [{expect: a, send: b, starttls: true}], tls: true}}}", False),
    ("modules: {a: {prober: tcp, tcp: {query_response: [{expect: '('}]}}}", False),
    ("modules: {a: {prober: icmp, icmp: {ttl: 5, payload_size: 9, dont_fragment: true}}}", False),
    ("modules: {a: {prober: grpc, grpc: {service: x, tls: true}}}", False),
    ("modules: {a: {prober: icmp, icmp: {ttl: x}}}", False),
]
