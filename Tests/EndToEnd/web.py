"""The web page, the API and the metrics of `lapwing run`, with the software they meet: Chromium, nginx, Prometheus."""

import http.server
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from harness import LAPWING, TREE, Daemon, case, change, expect, expect_equal, main, script, wait_for

CONFIG = """\
interval: 10s
domains:
  - {name: example.com, names: ["@", www]}
  - {name: example.org, names: ["@", www]}
  - {name: fir.ch}
"""
URL = "http://127.0.0.1:9053"
RULES = os.path.join(TREE, "contrib/prometheus/lapwing.rules.yml")

BLACKBOX = """\
modules:
  validated: {prober: dns, timeout: 9s, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4}, lapwing: {validate: true, metrics: true}}
  https: {prober: dns, timeout: 5s, dns: {query_name: example.com, query_type: A, tls_config: {insecure_skip_verify: true}}, lapwing: {dns_over_https: true}}
"""

daemon = Daemon(CONFIG)
with open(os.path.join(daemon.directory, "blackbox.yml"), "w") as file:
    file.write(BLACKBOX)
daemon.write(CONFIG + f"blackbox: {daemon.directory}/blackbox.yml\n")


@case
def it_serves_from_the_start():
    daemon.start()
    wait_for(daemon.is_ready, 30, lambda: "not ready: " + daemon.tail())
    wait_for(lambda: "example.org" in daemon.get("/domains"), 30, "no domain on /domains")


@case
def pages_in_a_browser():
    script("web_pages.py", URL)


@case
def behind_a_proxy_under_a_path():
    script("web_proxy.py", URL)


def api(method, path, body=None):
    request = urllib.request.Request(
        URL + "/api/v1" + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def names():
    return {row["name"]: row for row in api("GET", "/domains?limit=500")[1]["domains"]}


def probe(**parameters):
    """The metrics of one probe by name."""
    text = daemon.get("/probe?" + urllib.parse.urlencode(parameters))
    return {line.split()[0]: float(line.split()[1]) for line in text.splitlines() if line and line[0] != "#"}


@case
def probe_tells_what_our_own_validation_says():
    for name, status in [("example.com", 0), ("fir.ch", 0), ("example.net", 1)]:
        found = probe(module="validated", target="8.8.8.8", query_name=name)
        expect_equal((found["probe_success"], found["probe_dnssec_status"], found["probe_dns_rcode"]), (1, status, 0), name)
    change("sign", "example.com", "expired")
    try:
        wait_for(lambda: probe(module="validated", target="8.8.8.8", query_name="www.example.com",
                               query_type="TXT")["probe_dnssec_status"] == 2, 30, "an expired signature is not bogus")
        def tiles():
            page = daemon.get("/domains/example.com")
            return {kind: style for style, kind in re.findall(r'class="card tile (\w+)"[^>]*><span class="kind">(\w+)<', page)}
        wait_for(lambda: tiles()["DNSSEC"] == "bad", 40, "the page does not say so")
        # Nothing that validating resolvers refuse looks good.
        expect_equal({tiles()["Records"], tiles()["Resolvers"]} & {"good"}, set(), f"tiles: {tiles()}")
        checked = daemon.get("/check?name=example.com")
        expect("Resolver" in checked, "no resolver in the check-up")
        for style, title in re.findall(r'<li class="(\w+)"[^>]*>.*?<b[^>]*>([^<]*)', checked):
            expect(style != "good" or not title.startswith("Resolver"), f"{title} is {style}")
    finally:
        change("sign", "example.com")


@case
def probe_asks_over_https():
    key, certificate = os.path.join(daemon.directory, "key.pem"), os.path.join(daemon.directory, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=doh.test", "-keyout", key, "-out", certificate], check=True, capture_output=True)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
                upstream.settimeout(3)
                upstream.sendto(query, ("8.8.8.8", 53))
                reply = upstream.recv(4096)
            self.send_response(200 if self.path == "/dns-query" else 404)
            self.send_header("Content-Type", "application/dns-message")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8443), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        found = probe(module="https", target="https://127.0.0.1:8443/dns-query")
        expect_equal((found["probe_success"], found["probe_dns_answer_rrs"] > 0), (1, True), "over HTTPS")
        expect_equal(probe(module="https", target="https://127.0.0.1:8443/other")["probe_success"], 0, "another path")
        expect_equal(probe(module="https", target="https://127.0.0.1:9/")["probe_success"], 0, "nobody there")
    finally:
        server.shutdown()


@case
def domains_come_and_go_while_it_runs():
    expect_equal(api("POST", "/domains", {"name": "b\u00fccher.example"})[0], 201, "an internationalised name")
    status, added = api("POST", "/domains", {"name": "catalogue.ch", "interval": "20s", "tags": ["added"]})
    expect_equal((status, added["interval"], added["from_file"]), (201, 20, False), "adding")
    wait_for(lambda: names()["catalogue.ch."]["checked"], 20, "the added domain is not checked")
    expect_equal(api("PUT", "/domains/catalogue.ch", {"interval": "30s"})[1]["interval"], 30, "changing")
    expect_equal(api("PUT", "/domains/catalogue.ch", {"interval": "1s"})[0], 400, "an interval out of bounds")
    expect_equal(api("POST", "/domains", {"name": "elm.ch", "file": "/etc/passwd"})[0], 400, "a file")
    for method, path, body in [("POST", "/domains", {"name": "example.com"}), ("PUT", "/domains/example.com", {}),
                               ("DELETE", "/domains/example.com", None)]:
        expect_equal(api(method, path, body)[0], 409, method + " of a domain of the file")
    daemon.signal(1)
    time.sleep(2)
    expect("catalogue.ch." in names(), "lost on reload")
    daemon.kill()
    daemon.start()
    wait_for(daemon.is_ready, 30, "not ready again")
    expect_equal((names()["catalogue.ch."]["interval"], names()["catalogue.ch."]["options"]), (30, {"interval": "30s"}), "after a restart")
    expect(names()["example.org."]["learnt"], "what was learnt is not shown after a restart")
    form = urllib.request.Request(URL + "/domains/catalogue.ch/remove", method="POST", data=b"")
    urllib.request.urlopen(form, timeout=10).read()
    expect_equal("catalogue.ch." in names(), False, "removed by the page")


@case
def what_never_was_a_domain_is_not_learnt_for_ever():
    for name in ("nosuchdomain.com", "www.cedar.net"):
        expect_equal(api("POST", "/domains", {"name": name})[0], 201, name)
    wait_for(lambda: names()["nosuchdomain.com."]["absence"] and names()["www.cedar.net."]["absence"], 40, "nothing is said of it")
    found = names()
    expect_equal([found["nosuchdomain.com."][key] for key in ("absence", "status", "zone_above")],
                 ["not-registered", "critical", "com."], "not registered")
    expect_equal([found["www.cedar.net."][key] for key in ("absence", "status", "zone_above")],
                 ["no-zone", "warning", "cedar.net."], "a name in a zone")
    expect("Not registered" in daemon.get("/domains") and "A typo?" in daemon.get("/domains"), "the board")
    page = daemon.get("/domains/nosuchdomain.com")
    expect("A typo?" in page and "Agree" not in page and "✓ Secure" not in page, "the page of what is not registered")
    page = daemon.get("/domains/www.cedar.net")
    expect('value="@, www"' in page and "Watch cedar.net" in page, "the domain is not offered")
    form = urllib.parse.urlencode({"name": "cedar.net", "names": "@, www", "instead": "www.cedar.net"}).encode()
    urllib.request.urlopen(urllib.request.Request(URL + "/domains", method="POST", data=form), timeout=10).read()
    found = names()
    expect("www.cedar.net." not in found and found["cedar.net."]["options"]["names"] == ["@", "www"], f"{found}")
    expect_equal([api("DELETE", "/domains/" + name)[0] for name in ("nosuchdomain.com", "cedar.net")], [204, 204], "removing")


@case
def hostile_data_is_shown_harmless():
    script_text = "\"</code></script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\""
    # U+202E and U+2066 as bytes, then control bytes and what is no UTF-8.
    turned = "\"safe\\226\\128\\174gnp.exe\\226\\129\\166\" \"\\000\\001\\007\\027[31m\\127\\255\\192\""
    change("set", "www.example.org", "TXT", "300", script_text, turned, "\"'}}{{&lt;%00\"")
    change("set", "example.org", "MX", "300", "10 <b>x</b>.example.org.", "20 a\\032b\\000\\226\\128\\174.example.org.")
    change("set", "www.example.com", "TXT", "300", " ".join("\"%s\"" % ("A" * 255) for _ in range(250)))
    for name in ["xn--80ak6aa92e.com", "xn--pple-43d.com", "xn--bcher-kva.ch"]:
        expect(api("POST", "/domains", {"name": name})[0] in (200, 201), "adding " + name)
    for name in ["<b>bold<\\047b>.example.org", "a\\226\\128\\174b.example.org"]:
        expect_equal(api("POST", "/domains", {"name": name})[0], 400, "adding " + name)
    wait_for(lambda: "window.hacked" in json.dumps(api("GET", "/domains/example.org/records")[1]), 40, "the data is not seen")
    wait_for(lambda: "A" * 255 in json.dumps(api("GET", "/domains/example.com/records")[1]), 40, "the long data is not seen")
    time.sleep(12)
    script("web_hostile.py", URL, *names())


@case
def metrics_and_rules_please_promtool():
    done = subprocess.run(["promtool", "check", "metrics"], input=daemon.get("/metrics"), capture_output=True, text=True)
    expect_equal((done.returncode, done.stdout + done.stderr), (0, ""), "promtool check metrics")
    done = subprocess.run(["promtool", "check", "rules", RULES], capture_output=True, text=True)
    expect(done.returncode == 0, done.stdout + done.stderr)
    done = subprocess.run(["promtool", "test", "rules", RULES.replace(".yml", ".test.yml")], capture_output=True, text=True)
    expect(done.returncode == 0, done.stdout + done.stderr)


@case
def the_api_keeps_its_document():
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", URL + "/api/v1/openapi.json", "--phases",
         "examples,coverage,fuzzing", "--max-examples", "20", "--checks", "not_a_server_error,response_schema_conformance",
         "--seed", "1", "--no-color"], capture_output=True, text=True, timeout=400, cwd=daemon.directory)
    expect(done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:])


@case
def prometheus_tells_alertmanager_of_a_change():
    with tempfile.TemporaryDirectory() as directory:
        with open(os.path.join(directory, "prometheus.yml"), "w") as file:
            file.write(
                f"global: {{scrape_interval: 2s, evaluation_interval: 2s}}\nrule_files: [{RULES}]\n"
                "alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:9093']}]}]}\n"
                "scrape_configs: [{job_name: lapwing, static_configs: [{targets: ['127.0.0.1:9053']}]}]\n")
        with open(os.path.join(directory, "alertmanager.yml"), "w") as file:
            file.write("route: {receiver: none, group_wait: 1s}\nreceivers: [{name: none}]\n")
        commands = [
            ["prometheus", f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
             "--web.listen-address=127.0.0.1:9090"],
            ["prometheus-alertmanager", f"--config.file={directory}/alertmanager.yml", f"--storage.path={directory}/am",
             "--web.listen-address=127.0.0.1:9093", "--cluster.listen-address="],
        ]
        log = open(os.path.join(directory, "log"), "w")
        running = [subprocess.Popen(command, stdout=log, stderr=log) for command in commands]
        try:
            wait_for(lambda: samples('up{job="lapwing"} == 1'), 40, "Prometheus does not scrape")
            time.sleep(5)
            change("set", "www.example.org", "A", "300", "93.184.77.9")
            wait_for(lambda: "LapwingRecordsChanged" in alerts(), 90, lambda: f"alerts: {alerts()}; " + counters())
        finally:
            for process in running:
                process.terminate()
                process.wait()
            log.close()


def samples(query):
    try:
        with urllib.request.urlopen("http://127.0.0.1:9090/api/v1/query?query=" + urllib.request.quote(query)) as answer:
            return json.load(answer)["data"]["result"]
    except OSError:
        return []


def alerts():
    try:
        with urllib.request.urlopen("http://127.0.0.1:9093/api/v2/alerts") as answer:
            return {alert["labels"]["alertname"] for alert in json.load(answer)}
    except OSError:
        return set()


def counters():
    return "\n".join(line for line in daemon.get("/metrics").splitlines() if line.startswith("lapwing_record_changes"))


@case
def it_ends_on_sigterm_with_listeners():
    expect_equal(daemon.stop(), 0, "status")


main()
