"""Cases for the wide comparison: each kind by chance from a seed of its own, so that one case can be run again alone."""

import random
import struct
import urllib.parse

import rdata
from modules import PATTERNS, RCODES, RULES

TYPES = ["A", "AAAA", "ANY", "SOA", "MX", "TXT", "NS", "HTTPS", "SVCB", "CNAME", "CAA", "CERT", "URI", "NAPTR", "DS", "DNSKEY", "None", "Reserved", "NSAP-PTR", "AXFR"]
CODES = RCODES + ["YXDOMAIN", "YXRRSET", "NXRRSET", "NOTZONE", "BADKEY", "BADTIME", "BADMODE", "BADNAME", "BADALG", "BADTRUNC", "BADCOOKIE", "BADVERS", "0", ""]
OWNERS = [b"\xc0\x0c"] * 3 + [b"\3www\7example\3com\0", b"\0", b"\7Example\3COM\0", b"\4a.b;\3c d\0", b"\3\x07\xff@\4test\0"]


class Case:
    """One request to both; what stands in `module` goes into the file under `label`."""

    def __init__(self, kind, label, module=None, script=None, target=None, **more):
        self.kind, self.label, self.module, self.script, self.target = kind, label, module, script, target
        self.method = more.get("method", "GET")
        self.headers = more.get("headers", {"X-Prometheus-Scrape-Timeout-Seconds": "3"})
        self.path = more.get("path")

    def request(self, port):
        if self.path is not None:
            return self.path.replace("{port}", str(port))
        target = (self.target or "127.0.0.1:{port}").replace("{port}", str(port))
        return "/probe?debug=true&module=%s&target=%s" % (self.label, urllib.parse.quote(target, safe=""))

    def __str__(self):
        return "%s %s %s module %s" % (self.method, self.path or self.target, self.headers, self.module)


class Reply:
    """A reply as bytes behind the question, and how it is sent."""

    def __init__(self, flags=0x8180, counts=(0, 0, 0), body=b"", way="plain", question=True):
        self.flags, self.counts, self.body, self.way, self.question = flags, counts, body, way, question

    def message(self, query, other=0):
        end = 12
        while query[end]:
            end += query[end] + 1
        number = struct.unpack(">H", query[:2])[0] ^ other
        head = struct.pack(">HHHHHH", number, self.flags, 1 if self.question else 0, *self.counts)
        return head + (query[12 : end + 5] if self.question else b"") + self.body

    def datagrams(self, query):
        good = self.message(query)
        return {"silent": [], "late": [(0.3, good)], "stranger": [(0, self.message(query, 0x5555)), (0, good)], "strangers": [(0, self.message(query, 0x5555))] * 2,
                "empty": [(0, b"")], "short": [(0, good[:7])], "header": [(0, good[:12])], "noise": [(0, b"\xff" * 40)], "twice": [(0, good), (0, good)]
                }.get(self.way, [(0, good)])

    def stream(self, query):
        good = self.message(query)
        framed = struct.pack(">H", len(good)) + good
        return {"silent": [(3, b"")], "late": [(0.3, framed)], "stranger": [(0, struct.pack(">H", len(good)) + self.message(query, 0x5555)), (0, framed)],
                "empty": [(0, b"\0\0"), (0.2, b"")], "short": [(0, b"\0\7" + good[:7]), (0.1, b"")], "header": [(0, b"\0\x0c" + good[:12])], "close": [], "reset": [(0, None)],
                "half": [(0, framed[: len(framed) // 2])], "one": [(0, b"\0")], "pieces": [(0, framed[:1]), (0.05, framed[1:9]), (0.05, framed[9:])],
                "twice": [(0, framed + framed)], "noise": [(0, b"\0\x28" + b"\xff" * 40)]}.get(self.way, [(0, framed)])


def module(r, label, **more):
    dns = {"query_name": label + ".Test", "query_type": r.choice(TYPES), "preferred_ip_protocol": "ip4"}
    dns.update(more)
    return {"prober": "dns", "timeout": "700ms", "dns": dns}


def rules(r):
    return {key: [r.choice(PATTERNS) for _ in range(r.choice([1, 1, 2]))] for key in RULES if r.random() < 0.12}


def sections(r, rtypes=None):
    counts, body = [0, 0, 0], b""
    for section in range(3):
        for _ in range(r.choice([1, 1, 2]) if section == 0 else r.choice([0, 0, 0, 1])):
            rtype, data = rdata.draw(r, r.choice(rtypes) if rtypes else None)
            counts[section] += 1
            rclass = r.choice([1] * 8 + [2, 3, 4, 254, 255, 77, 0]) if rtype != 41 else r.choice([512, 1232, 4096])
            ttl = r.choice([0, 60, 300, 86400, 2**31, 2**32 - 1]) if rtype != 41 else r.choice([0, 0x8000, 0x10000, 0x018000])
            body += r.choice(OWNERS) + struct.pack(">HHIH", rtype, rclass, ttl, len(data)) + data
    return tuple(counts), body


def record(r, label):
    counts, body = sections(r)
    tcp = r.random() < 0.35 or len(body) > 450
    more = {"transport_protocol": "tcp"} if tcp else {}
    for section in ("answer", "authority", "additional"):
        if r.random() < 0.3:
            more["validate_%s_rrs" % section] = rules(r)
    return Case("record", label, module(r, label, **more), Reply(counts=counts, body=body))


def rcode(r, label):
    low, high = r.randrange(16), r.choice([None, None, 0, 1, 1, 1, 2, 255])
    counts, body = [0, 0, 0], b""
    if r.random() < 0.5:
        counts[0], body = 1, b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"
    for _ in range(0 if high is None else r.choice([1, 1, 2])):
        counts[2] += 1
        body += b"\0" + struct.pack(">HHIH", 41, 1232, (high << 24) | r.choice([0, 0x8000]), 0)
    more = {"valid_rcodes": [r.choice(CODES) for _ in range(r.choice([0, 1, 1, 2, 3, 8]))]} if r.random() < 0.85 else {}
    if r.random() < 0.5 and more.get("valid_rcodes"):
        more["valid_rcodes"].append(r.choice([code for code in CODES if code.isupper()]))
    flags = 0x8000 | low | r.choice([0, 0x0180, 0x0400, 0x0020, 0x0040, 0x0010, 0x0800, 0x2000, 0x2800, 0x7800])
    if r.random() < 0.05:
        flags &= 0x7FFF
    return Case("rcode", label, module(r, label, **more), Reply(flags, tuple(counts), body, question=r.random() < 0.9))


WAYS = ["plain", "late", "stranger", "strangers", "empty", "short", "header", "noise", "twice", "silent", "close", "reset", "half", "one", "pieces", "twice"]


def transport(r, label):
    counts, body = sections(r, [1, 6, 16, 53])
    if r.random() < 0.1:
        counts = tuple(min(65535, count + r.choice([0, 1, 300])) for count in counts)
    if r.random() < 0.1:
        body += b"trailing"
    if r.random() < 0.15:
        body += b"\xc0\x0c\0\x10\0\1\0\0\0\1\0\xff\xfe" + b"x" * 254
        counts = (counts[0], counts[1], counts[2] + 1)
    more = {"transport_protocol": r.choice(["tcp", "tcp", "udp", "", "TCP", "sctp"] if r.random() < 0.2 else ["tcp", "udp"])}
    if r.random() < 0.15:
        more["source_ip_address"] = r.choice(["127.0.0.7", "::1", "nonsense", "127.0.0.1", "10.1.2.3", "127.0.0.01", "::ffff:127.0.0.9", " 127.0.0.1", "fe80::1%lo"])
    if r.random() < 0.05:
        more["dns_over_tls"] = True
    if r.random() < 0.15:
        more["recursion_desired"] = r.random() < 0.5
    if r.random() < 0.15:
        more["query_class"] = r.choice(["IN", "CH", "HS", "CS", "ANY", "NONE"])
    way = r.choice(WAYS) if r.random() < 0.7 else "plain"
    made = module(r, label, **more)
    made["timeout"] = "400ms"
    return Case("transport", label, made, Reply(0x8180 | r.choice([0, 0x0200]), counts, body, way))


QUERY_NAMES = ["{label}", "{label}.", "{label}.a\\.b", "{label}.\\065\\000\\255", "{label}..x", "{label}.x..", ".", "..", "{label}." + "y" * 63, "{label}." + "y" * 64,
               "{label}." + "z" * 60 + "." + "z" * 60 + "." + "z" * 60 + "." + "z" * 55, "{label}." + "z" * 60 + "." + "z" * 60 + "." + "z" * 60 + "." + "z" * 70,
               "{label}.bücher", "{label}.a b", "{label}.a\\", "{label}.a\\1", "{label}.a\\12", "{label}.\\999", "{label}.x\\..", "{label}.\\@", "{label}.\"q\"", "{label}.x\ty",
               "{label}.a\\.", "{label}.a\\\\.", "{label}.a\\\\", ".{label}", "{label}.-._.*", "*.{label}", "{label}.A" + "\\.B" * 25]


def query(r, label):
    made = module(r, label, query_name=r.choice(QUERY_NAMES).replace("{label}", label), transport_protocol=r.choice(["udp", "udp", "tcp"]))
    return Case("query", label, made, Reply(counts=(1, 0, 0), body=b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"))


# Without `%` and `+`: the exporter's head decodes a target twice.
HOSTS = ["127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.01", "127.0.0.1.", "127.0.0.256", "1.2.3.4.5", "::1", "::ffff:127.0.0.1",
         "0:0:0:0:0:0:0:1", "::1%lo", "::1%1", "::127.0.0.1", "fe80::1%lo", "fe80::1", "127.0.0.1%lo", "localhost", "LOCALHOST", "localhost.", "Localhost", "one.hosts", "ONE.hosts", "one.hosts.",
         "one-alias.hosts", "two.hosts", "two.hosts.", "both.hosts", "six.hosts", "8.8.8.8.hosts", "0x7f.hosts", "bad-name-.hosts", "under_score.hosts", "a.names", "a.names.", "A.NAMES", "aaaa.names",
         "both.names", "twice.names", "mapped.names", "under_score.names", "bücher.names", "xn--bcher-kva.names", "1.2.3.names", "-dash.names", "dash-.names", "upper.names", "none.names", "nonexistent",
         "nonexistent.invalid", "a..names", ".names", ".", "..", "", " ", "a b", "a.names ", " a.names", "a\tb", "x" * 64 + ".names", "x" * 63 + ".names", "y." * 130 + "names", "http://127.0.0.1", "dns://a.names",
         "user@a.names", "a.names/", "a,names", "*.names", "a\\.names", "*", "0", "00", "0.0.0.0", "0x", "1e1", "127.0.0.1/8", "[127.0.0.1]", "[::1]", "[a.names]", "[::1%lo]", "[]", "café.names"]
PORTS = [":{port}"] * 8 + ["", ":", ":0", ":99999", ":65536", ":-1", ":domain", ":domain-s", ":http", ":nonsense", ":0{port}", ": {port}", ":{port} ", ":{port}x", ":0x14b4", ":1", ":{port}:1", ":53_00", ":DOMAIN",
                           ":4294967296", ":70836"]


def target(r, label):
    host, port = r.choice(HOSTS), r.choice(PORTS)
    if ":" in host and port and not host.startswith(("[", "http", "dns")) and r.random() < 0.8:
        host = "[%s]" % host
    if host.count(":") > 1 and not host.startswith("[") and port.startswith(":0"):
        # With more than four digits in a group; newer versions of Go, and the head with them, take no such address.
        port = ""
    more = {"preferred_ip_protocol": r.choice(["ip4", "ip6", "", "ip9"]), "transport_protocol": r.choice(["udp", "udp", "tcp"]), "query_type": "A"}
    if r.random() < 0.4:
        more["ip_protocol_fallback"] = r.random() < 0.3
    if r.random() < 0.1:
        more["source_ip_address"] = r.choice(["127.0.0.7", "::1", "nonsense"])
    made = module(r, label, **more)
    return Case("target", label, made, Reply(counts=(1, 0, 0), body=b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"), host + port)


SECONDS = ["Inf", "+Inf", "-Inf", "inf", "infinity", "Infinity", "-infinity", "infinit", "nan", "NaN", "-nan", "+nan", "1e308", "1e309", "-1e308", "-1e309", "1e999", "1e10", "9.3e9", "9223372037.5", "1e19", "1e-5", "1e-320", "1e-400", "0", "-0", "0.0", "0.5",
           "0.50001", "0.500000001", "0.5000000001", "0.49", "-1", "-5", "-0.5", "1", "1.5", "2", "119", "120.5", "0x1p-1", "0x1p1", "0x1.8p0", "0x1", "0x.8p1", "0xp1", "1_0", "1__0", "_1", "1_", "0x_1p0", "1_0.5", "0_5", " 1", "1 ", "+1", "++1", "+-1",
           "1e", "1e+", ".", ".5e0", "5.", "1.e0", "1,5", "١", "1f", "1d", "0b1", "", "abc", "1e1_0", "1.5e-1", "1p1", "0X1P1", "1E0", "e5", "1;2", "1\"2", "a\\b", "1\u00e9", "0x1p-1074", "0x1p2000", "00000001", "1e00000000001"]
TIMEOUTS = [None, None, "200ms", "1s", "-1s", "0s", "0", "1ns", "1us", "1h", "-2562047h", "1m30s", "0.3s", "1.5s"]


def limit(header, own):
    """Whether both may wait long for a server that is silent; then it answers instead."""
    return "silent" if own in ("200ms", "0.3s", "1ns", "1us") else "plain"


def timeout(r, label):
    own, text = r.choice(TIMEOUTS), r.choice(SECONDS)
    if r.random() < 0.2:
        text = "%s%s" % (r.choice(["", "-", "+"]), r.choice(["%d.%d", "%de-%d", "0x%dp-%d"]) % (r.randrange(100), r.randrange(9)))
    made = module(r, label, query_type="A", transport_protocol=r.choice(["udp", "udp", "tcp"]))
    made.pop("timeout")
    if own is not None:
        made["timeout"] = own
    way = limit(text, own) if r.random() < 0.3 else "plain"
    return Case("timeout", label, made, Reply(counts=(1, 0, 0), body=b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1", way=way), headers={"X-Prometheus-Scrape-Timeout-Seconds": text})


T = "127.0.0.1:{port}"
# Left out: what the head decodes twice, what it says of /logs without an id, and parameters that are no UTF-8.
QUERIES = ["", "?", "?module=ok", "?module=ok&target=", "?module=ok&target=" + T, "?target=" + T, "?module=nope&target=" + T, "?module=&target=" + T, "?module=tcp", "?module=http_2xx",
           "?module=ok;target=" + T, "?module=ok&target=" + T + ";debug=true", "?module=ok&target=" + T + "&a;b=c", "?;module=ok&target=" + T, "?module=ok&target=" + T + "&;", "?a;&module=ok&target=" + T,
           "?module=ok%3b&target=" + T, "?module=ok&target=%3127.0.0.1:{port}", "?module=ok&target=127.0.0.1%3a{port}", "?module=ok&target=127.0.0.1%zz:{port}&x=1",
           "?module=ok&target=%", "?module=ok&target=%4", "?module=%&target=" + T, "?module=ok%&module=ok&target=" + T, "?mod%75le=ok&target=" + T, "?module=ok&target=" + T + "&module=nope", "?module=nope&module=ok&target=" + T,
           "?module=ok&target=" + T + "&target=x", "?module=ok&target=&target=" + T, "?Module=ok&target=" + T, "?module=ok&target=" + T + "&debug=true", "?module=ok&target=" + T + "&debug=1", "?module=ok&target=" + T + "&debug=TRUE",
           "?module=ok&target=" + T + "&debug=true&debug=false", "?module=ok&target=" + T + "&debug=false&debug=true", "?module=ok&target=" + T + "&debug", "?module=ok&&target=" + T, "?&module=ok&target=" + T + "&", "?module==ok&target=" + T,
           "?module=ok=&target=" + T, "?module=o+k&target=" + T, "?module=ok+&target=" + T, "?module=ok&target=" + T + "#frag", "?module=ok&target=" + T + "?x",
           "?module=%00&target=x", "?module=%22%0a%09%0d%07&target=x", "?module=caf%c3%a9&target=x", "?module=%e2%80%a8%c2%a0%7f%1b&target=x", "?module=\\\"&target=x", "?module=%F0%9F%98%80&target=x",
           "?module=ok&target=" + T + "&hostname=x", "?module=ok&hostname=x&target=" + T, "?module=ok&target=%00", "?module=with%20blank&target=" + T, "?module=with+blank&target=" + T, "?module=%C3%9Cml&target=" + T,
           "?=x&module=ok&target=" + T, "?module&target=" + T, "?module=ok&target", "?module=ok&target=" + T + "&x=%", "?x", "?=", "?&", "?;", "?%", "?module=ok&target=" + T + "&" + "x=1&" * 200]
# Words that are no registered methods are refused before anybody looks at the path.
METHODS = ["GET"] * 6 + ["POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
PATHS = ["/-/healthy", "/-/healthy?x", "/logs?id=x", "/logs?id=999999", "/logs?id=-1", "/logs?id=1e3", "/logs?id=+1", "/logs?id=99999999999999999999", "/logs?id=0x1", "/logs?id=1_0", "/logs?id=%31x"]


def http(r, label):
    headers = {} if r.random() < 0.7 else {"X-Prometheus-Scrape-Timeout-Seconds": r.choice(["2", "x", "", "1"])}
    if r.random() < 0.1:
        headers["Accept"] = r.choice(["application/openmetrics-text", "*/*", "text/html", "application/json"])
    method = r.choice(METHODS)
    if r.random() < 0.2:
        path = r.choice(PATHS)
        return Case("http", label, path=path, method=method if method not in ("TRACE",) else "GET", headers={})
    return Case("http", label, path="/probe" + r.choice(QUERIES), method=method, headers=headers)


TLS_NAMES = [None, None, None, "dot.test", "DOT.test", "dot.test.", "other.test", "x.dot.test", "y.x.dot.test", "127.0.0.1", "::1", "[127.0.0.1]", "client", "under_score.test", "bücher.test", "*.dot.test", " ", "a..b", "x" * 64 + ".test"]
CERTIFICATES = ["good", "client", "other", "wrong", "missing", "garbage", "empty", "broken", "ca"]


def tls(r, label, ports, folder):
    way = r.choice(list(ports) + ["good"] * 6)
    settings = {}
    kind = r.random()
    if kind < 0.8:
        # Not a server's own certificate that another has signed: Go trusts it as it is, our library wants its signer.
        settings["ca_file"] = "%s/%s.pem" % (folder, r.choice(["ca"] * 8 + ["two", "wrong", "missing", "garbage", "empty", "broken", "self", "self"]))
    if r.random() < 0.15 or kind > 0.95:
        settings["insecure_skip_verify"] = True
    chosen = r.choice(TLS_NAMES)
    if chosen is not None:
        settings["server_name"] = chosen
    if r.random() < 0.25:
        settings["min_version"] = r.choice(["TLS10", "TLS11", "TLS12", "TLS13"])
    if r.random() < 0.2:
        settings["max_version"] = r.choice(["TLS11", "TLS12", "TLS13"] if settings.get("min_version") is None else ["TLS13", "TLS12"] if settings["min_version"] != "TLS13" else ["TLS13"])
    if r.random() < (0.7 if way == "client" else 0.12):
        certificate = r.choice(CERTIFICATES + ["client"] * 8)
        settings["cert_file"] = "%s/%s.pem" % (folder, certificate)
        settings["key_file"] = "%s/%s.key" % (folder, certificate if r.random() < 0.9 else r.choice(CERTIFICATES))
    host = r.choice(["127.0.0.1", "dot.test", "wild.dot.test", "dot.test.", "DOT.test", "127.0.0.1", "localhost", "one.hosts"])
    made = module(r, label, query_type="A", transport_protocol="tcp" if r.random() < 0.97 else "udp", dns_over_tls=True, tls_config=settings)
    made["timeout"] = "400ms" if way == "mute" else "2s"
    return Case("tls", label, made, None, "%s:%d" % (host, ports[way]))


KINDS = {"record": record, "rcode": rcode, "transport": transport, "query": query, "target": target, "timeout": timeout, "http": http}
