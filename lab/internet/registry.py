"""The registries: RDAP over TLS and WHOIS on port 43, with the failures that real ones show.

Every registry's host name leads to one address. What is said of a domain comes from a few facts that can be set;
name servers and DS come from the lab's own zones unless set.
"""

import json
import os
import socketserver
import ssl
import subprocess
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import world

RDAP_MODES = ("ok", "redirect", "loop", "limit", "unavailable", "absent", "malformed", "html", "huge", "slow", "closed")
WHOIS_MODES = ("ok", "limit", "empty", "huge", "slow", "closed", "latin1", "iso2022jp")
SERVICES = {
    "https://rdap.verisign.com/com/v1/": ["com"], "https://rdap.verisign.com/net/v1/": ["net"],
    "https://rdap.publicinterestregistry.org/rdap/": ["org"], "https://rdap.nic.ch/": ["ch"],
    "https://rdap.nominet.uk/uk/": ["uk"], "https://rdap.registry.net/": ["zz"],
}
WHOIS_SERVERS = {
    "com": "whois.verisign-grs.com", "net": "whois.verisign-grs.com", "org": "whois.publicinterestregistry.org",
    "ch": "whois.nic.ch", "uk": "whois.nic.uk", "se": "whois.iis.se", "zz": "whois.registry.net",
}
DAY = timedelta(days=1)


class Registry:
    def __init__(self, internet):
        self.internet = internet
        self.directory = internet.directory
        self.facts = {}
        self.rdap, self.whois = ("ok", ""), ("ok", "")
        self.requests = []
        self.lock = threading.Lock()

    # Changes

    def perform(self, words):
        changes = {"set": self.set, "rdap": self.set_rdap, "whois": self.set_whois, "log": self.log}
        if not words or words[0] not in changes:
            raise ValueError(
                "registry set DOMAIN expires|created|updated|registrar|status|nameservers|secure|registered VALUE\n"
                f"registry rdap {'|'.join(RDAP_MODES)} [SECONDS]\nregistry whois {'|'.join(WHOIS_MODES)}\nregistry log")
        return changes[words[0]](*words[1:])

    def set(self, domain, field, value):
        """A date is RFC 3339 or days from now (`+29d`); lists are separated by commas; flags are yes or no."""
        facts = self.kept(domain)
        if field in ("expires", "created", "updated"):
            facts[field] = moment(value)
        elif field in ("status", "nameservers"):
            facts[field] = [item for item in value.split(",") if item]
        elif field in ("secure", "registered"):
            facts[field] = value == "yes"
        elif field == "registrar":
            facts[field] = value
        elif field == "addresses":
            # What WHOIS says of name servers: HOST=ADDRESS, with commas between them.
            facts[field] = dict(pair.split("=") for pair in value.split(",") if pair)
        else:
            raise ValueError(f"no field {field}")

    def set_rdap(self, mode, argument=""):
        if mode not in RDAP_MODES:
            raise ValueError(f"no mode {mode}")
        self.rdap = (mode, argument)

    def set_whois(self, mode, argument=""):
        if mode not in WHOIS_MODES:
            raise ValueError(f"no mode {mode}")
        self.whois = (mode, argument)

    def log(self):
        with self.lock:
            return "\n".join(self.requests)

    def note(self, text):
        with self.lock:
            self.requests.append(f"{time.time():.3f} {text}")

    # Facts

    def kept(self, domain):
        """The facts that can be set; a domain of the lab is registered, any other is not."""
        domain = domain.lower().rstrip(".")
        if domain not in self.facts:
            today = datetime.now(timezone.utc).replace(hour=4, minute=0, second=0, microsecond=0)
            self.facts[domain] = {
                "registered": domain + "." in self.internet.zones, "created": today - 3000 * DAY,
                "updated": today - 60 * DAY, "expires": today + 300 * DAY, "registrar": "Reed Registrar, Inc.",
                "status": ["clientDeleteProhibited", "clientTransferProhibited", "clientUpdateProhibited"],
            }
        return self.facts[domain]

    def of(self, domain):
        """What the registry says of a domain."""
        facts = dict(self.kept(domain))
        zone = self.internet.zones.get(domain.lower().rstrip(".") + ".")
        if zone:
            facts.setdefault("nameservers", [host.rstrip(".") for host in zone.delegation or zone.servers])
            facts.setdefault("secure", bool(self.internet.ds_of(zone)))
            facts.setdefault("ds", self.internet.ds_of(zone))
        return facts

    def rdap_document(self, domain):
        facts = self.of(domain)
        if not facts["registered"]:
            return None
        events = [("registration", "created"), ("expiration", "expires"), ("last changed", "updated")]
        return {
            "rdapConformance": ["rdap_level_0", "icann_rdap_response_profile_0"], "objectClassName": "domain",
            "handle": "1_DOMAIN-LAB", "ldhName": domain.upper(),
            "status": [spaced(status) for status in facts["status"]],
            "events": [{"eventAction": action, "eventDate": text(facts[key])} for action, key in events] + [
                {"eventAction": "last update of RDAP database", "eventDate": text(datetime.now(timezone.utc))}],
            "entities": [{
                "objectClassName": "entity", "handle": number(facts["registrar"]), "roles": ["registrar"],
                "publicIds": [{"type": "IANA Registrar ID", "identifier": number(facts["registrar"])}],
                "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", facts["registrar"]]]],
            }],
            "nameservers": [{"objectClassName": "nameserver", "ldhName": host.upper()}
                            for host in facts.get("nameservers", [])],
            "secureDNS": {"delegationSigned": facts.get("secure", False), "dsData": [
                dict(zip(("keyTag", "algorithm", "digestType", "digest"), [*map(int, ds.split()[:3]), ds.split()[3]]))
                for ds in facts.get("ds", []) if facts.get("secure")]},
            "notices": [{"title": "Terms of Use", "description": ["The expiration date shown is that of the registry."]}],
        }

    def whois_text(self, domain):
        facts = self.of(domain)
        if not facts["registered"]:
            return f'No match for domain "{domain.upper()}".\r\n>>> Last update of whois database: now <<<\r\n'
        lines = [
            f"Domain Name: {domain.upper()}", "Registry Domain ID: 1_DOMAIN-LAB",
            f"Updated Date: {text(facts['updated'])}", f"Creation Date: {text(facts['created'])}",
            f"Registry Expiry Date: {text(facts['expires'])}", f"Registrar: {facts['registrar']}",
            f"Registrar IANA ID: {number(facts['registrar'])}",
            *(f"Domain Status: {status} https://icann.org/epp#{status}" for status in facts["status"]),
            *(f"Name Server: {host.upper()} {facts.get('addresses', {}).get(host, '')}".rstrip()
              for host in facts.get("nameservers", [])),
            "DNSSEC: " + ("signedDelegation" if facts.get("secure") else "unsigned"),
            f">>> Last update of whois database: {text(datetime.now(timezone.utc))} <<<",
        ]
        return "\r\n".join(lines) + "\r\n"

    # Servers

    def write_tables(self):
        """The bootstrap file of RFC 9224, and a table of WHOIS servers, for the names the lab has."""
        services = [[labels, [base]] for base, labels in SERVICES.items()]
        with open(os.path.join(self.directory, "dns.json"), "w") as file:
            json.dump({"version": "1.0", "publication": "2026-01-01T00:00:00Z", "services": services}, file)
        with open(os.path.join(self.directory, "servers.json"), "w") as file:
            json.dump({"tlds": {label: {"whois": server} for label, server in WHOIS_SERVERS.items()}}, file)

    def start(self):
        self.write_tables()
        contexts = certificates(self.directory)
        for address, context in zip((world.REGISTRY_ADDRESS, world.WRONG_NAME_ADDRESS), contexts):
            run(TLSServer((address, 443), rdap_handler(self), context))
        run(WhoisServer((world.REGISTRY_ADDRESS, 43), whois_handler(self)))


class TLSServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address, handler, context):
        super().__init__(address, handler)
        self.context = context

    def finish_request(self, request, client):
        # The handshake belongs to the connection's own thread, or one silent client would hold up all.
        request.settimeout(30)
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client)

    def handle_error(self, *_):
        pass


class WhoisServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_):
        pass


def run(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()


def rdap_handler(registry):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = self.headers.get("Host", "")
            registry.note(f"rdap {host}{self.path}")
            if self.path.endswith("/dns.json"):
                with open(os.path.join(registry.directory, "dns.json"), "rb") as file:
                    return self.answer(200, file.read(), "application/json")
            domain = self.path.rstrip("/").rpartition("/")[2].lower()
            mode, argument = registry.rdap
            document = registry.rdap_document(domain)
            body = json.dumps(document or {"errorCode": 404, "title": "Not Found"}).encode()
            if mode == "redirect" and not self.path.startswith("/moved/"):
                return self.answer(302, b"", more={"Location": f"https://{host}/moved/domain/{domain}"})
            if mode == "loop":
                return self.answer(302, b"", more={"Location": f"https://{host}{self.path}"})
            if mode == "limit":
                return self.answer(429, b'{"errorCode":429}', more={"Retry-After": argument or "60"})
            if mode == "unavailable":
                return self.answer(503, b"Service Unavailable", "text/plain")
            if mode == "absent":
                return self.answer(404, b'{"errorCode":404,"title":"Not Found"}')
            if mode == "malformed":
                return self.answer(200, body[:len(body) // 2])
            if mode == "html":
                return self.answer(200, b"<!DOCTYPE html><html><body>Please enable cookies.</body></html>", "text/html")
            if mode == "huge":
                return self.answer(200, body[:-1] + b',"remarks":["' + b"x" * 50_000_000 + b'"]}')
            if mode == "closed":
                self.close_connection = True
                return None
            return self.answer(200 if document else 404, body, pause=1 if mode == "slow" else 0)

        def answer(self, status, body, kind="application/rdap+json", more=None, pause=0):
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            if not pause:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(pause)

        def log_message(self, *_):
            pass

    return Handler


def whois_handler(registry):
    class Handler(socketserver.StreamRequestHandler):
        timeout = 30

        def handle(self):
            query = self.rfile.readline(1024).decode("utf-8", "replace").strip()
            registry.note(f"whois {query}")
            mode, _ = registry.whois
            domain = query.split()[-1].lstrip("=").removesuffix("/e").lower() if query else ""
            body = registry.whois_text(domain)
            if mode in ("closed", "empty"):
                return
            if mode == "limit":
                self.wfile.write(b"WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\r\n")
            elif mode == "huge":
                self.wfile.write(body.encode() + b"x" * 50_000_000)
            elif mode == "slow":
                for byte in body.encode():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(1)
            elif mode == "latin1":
                self.wfile.write((body + "Registrant Name: Jürgen Müßig\r\n").encode("latin-1"))
            elif mode == "iso2022jp":
                self.wfile.write((body + "[登録者名] 株式会社\r\n").encode("iso2022_jp"))
            else:
                self.wfile.write(body.encode())

    return Handler


def certificates(directory):
    """An authority of the lab's own, trusted inside it, and two servers' contexts: one right, one for another name."""
    place = os.path.join(directory, "tls")
    os.mkdir(place)
    names = ["*.verisign.com", "*.publicinterestregistry.org", "*.nic.ch", "*.nominet.uk", "*.registry.net", "*.iana.org"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"]

    def openssl(*arguments):
        subprocess.run(["openssl", "req", "-x509", *key, *arguments], cwd=place, check=True, capture_output=True)

    openssl("-subj", "/CN=Lab authority", "-keyout", "ca.key", "-out", "ca.crt")
    signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE"]
    openssl("-subj", "/CN=registry", "-keyout", "right.key", "-out", "right.crt", *signed,
            "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names))
    openssl("-subj", "/CN=other", "-keyout", "wrong.key", "-out", "wrong.crt", *signed,
            "-addext", "subjectAltName=DNS:another.example.com")
    contexts = []
    for name in ("right", "wrong"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(place, name + ".crt"), os.path.join(place, name + ".key"))
        contexts.append(context)
    return contexts


def number(registrar):
    """The registrar's number at IANA; another registrar has another."""
    return str(9997 if registrar.startswith("Reed ") else 9000 + sum(registrar.encode()) % 900)


def moment(value):
    if value[0] in "+-" and value.endswith("d"):
        return datetime.now(timezone.utc).replace(microsecond=0) + int(value[:-1]) * DAY
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


def text(when):
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def spaced(status):
    """An EPP status as RDAP writes it (RFC 8056)."""
    return "active" if status == "ok" else "".join(f" {c.lower()}" if c.isupper() else c for c in status)
