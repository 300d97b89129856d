"""The examples of the reference pages against a daemon in the lab: each is carried out as it stands on its page."""

import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd"))

import markdown
from harness import ROOT, Daemon, case, change, expect, expect_equal, lapwing, main, notices, wait_for

SECRET = "a secret of the lab"
CONFIG = """\
interval: 10s
web: {external_url: "http://127.0.0.1:9053"}
domains: [example.com, {name: example.org, tags: [client-a]}]
channels:
  ops: {webhook: {url: "http://127.0.0.1:8099/alerts", secret: "%s"}}
routes:
  - {to: [ops], severity: info}
blackbox: modules.yml
""" % SECRET

daemon = Daemon(CONFIG)
with open(os.path.join(daemon.directory, "modules.yml"), "w") as file:
    file.write("modules: {}\n")
daemon.start()


def told():
    return [entry for entry in notices() if entry["json"]["domain"] == "example.com."]


@case
def a_change_is_told_in_the_form_of_the_page():
    wait_for(daemon.is_ready, 20, "not ready")

    def learnt():
        return json.loads(daemon.get("/api/v1/domains/example.com"))["learnt"]

    wait_for(learnt, 30, "not learnt")
    change("set", "www.example.com", "A", "300", "93.184.77.2")
    wait_for(told, 60, lambda: "no notice: " + daemon.tail())
    page = markdown.sections(markdown.read("docs/webhook.md"))
    fields = {row[0].strip("`") for row in markdown.rows(page["Fields"])}
    body = told()[0]["json"]
    # Why it is sent is said where it is not the news itself.
    expect_equal(set(body) | {"subject", "url", "purpose", "state"}, fields, "fields")
    shown = json.loads(markdown.blocks("docs/webhook.md", "json")[0])
    expect_equal(set(shown) | {"purpose", "state"}, fields, "fields of the example")
    for name, value in shown.items():
        expect_equal(type(body[name]), type(value), f"type of {name}")
    expect_equal(set(shown["changes"][0]), set(body["changes"][0]), "members of a change")
    events = [row[0].strip("`") for row in markdown.rows(page["Events"])]
    expect(body["event"] in events, "an event that the page has not")
    expect(f"`{body['class']}`" in page["Classes"], "a class that the page has not")


def signed():
    entry = told()[0]
    headers = {name.lower(): value for name, value in entry["headers"].items()}
    return headers["x-lapwing-signature"], entry["body"].encode(), entry["received"]


@case
def the_python_of_the_page_knows_a_genuine_notice():
    names = {}
    exec(markdown.blocks("docs/webhook.md", "python")[0], names)
    is_genuine = names["is_genuine"]
    header, body, received = signed()
    secret = SECRET.encode()
    expect(is_genuine(secret, header, body), "refused as if forged")
    expect(is_genuine(secret, header, body, now=received + 240), "refused within five minutes")
    expect(not is_genuine(secret, header, body, now=received + 400), "a recording was taken")
    expect(not is_genuine(b"another", header, body), "another secret was taken")
    expect(not is_genuine(secret, header, body + b" "), "another body was taken")
    for strange in ["", "t=,v1=", "v1=00", "t=x,v1=00", header.replace("t=", "t=1"), "t=" + "9" * 40 + ",v1=0"]:
        expect(not is_genuine(secret, strange, body), f"taken: {strange}")


@case
def the_shell_of_the_page_knows_a_genuine_notice():
    script = markdown.blocks("docs/webhook.md", "sh")[0]
    header, body, _ = signed()

    def verdict(body):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "body.json"), "wb") as file:
                file.write(body)
            environment = {**os.environ, "SECRET": SECRET, "SIGNATURE": header}
            done = subprocess.run(
                ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=20)
            return done.stdout.strip() or done.stderr

    expect_equal(verdict(body), "genuine", "the notice as it came")
    expect_equal(verdict(body + b" "), "forged", "the notice with a blank more")


@case
def the_description_of_the_api_has_the_routes_of_the_page():
    described = {
        (method.upper(), path)
        for path, methods in json.loads(daemon.get("/api/v1/openapi.json"))["paths"].items() for method in methods}
    named = set(re.findall(r"`(GET|POST|PUT|DELETE) (/api/[^`?\s]*)(?:\?[^`]*)?`", markdown.read("docs/api.md")))
    description = json.loads(daemon.get("/api/v1/openapi.json"))
    used = {name for way in description["security"] for name in way}
    expect_equal(used, set(description["components"]["securitySchemes"]), "ways to say who one is")
    expect_equal(named - {("GET", "/api/v1/openapi.json")}, described, "routes")


# Notes the status of each answer beside what the example does with it.
NOTING = """\
curl() {
    command curl -D "$FOLDER/headers" "$@"
    local code=$?
    head -1 "$FOLDER/headers" | cut -d' ' -f2 >>"$FOLDER/statuses"
    return $code
}
"""


@case
def every_request_of_the_page_about_the_api_is_served():
    def open_incidents():
        return json.loads(daemon.get("/api/v1/incidents?status=open&domain=example.com"))["incidents"]

    def new_incident(number):
        """One that is open: an example before may have accepted what was, and what is over is not acknowledged."""
        address = f"93.184.77.{number}"
        change("set", "www.example.com", "A", "300", address)
        return wait_for(
            lambda: next((i["id"] for i in open_incidents() if address in i["title"]), None), 60, "no open incident")

    incident = new_incident(3)
    failed = []
    found = []
    for number, block in enumerate(markdown.blocks("docs/api.md", "sh")):
        if "$INCIDENT" in block:
            incident = new_incident(number + 4)
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "INCIDENT": incident, "FOLDER": folder}
            for _ in range(5):
                open(os.path.join(folder, "statuses"), "w").close()
                done = subprocess.run(
                    ["bash", "-c", NOTING + block], env=environment, capture_output=True, text=True, timeout=60)
                with open(os.path.join(folder, "statuses")) as file:
                    statuses = file.read().split()
                # A round may have ended between the two requests of this example.
                if "If-None-Match" not in block or "304" in statuses:
                    break
        found += statuses
        wanted = len(re.findall(r"\bcurl ", block))
        if len(statuses) != wanted or any(status[0] not in "23" for status in statuses):
            failed.append(f"{statuses} for {wanted} requests:\n{block}{done.stdout[:300]}{done.stderr[:300]}")
    expect(not failed, "\n".join(failed))
    expect(len(found) > 25, f"only {len(found)} requests")
    # The example of an ETag is the one whose answer has not changed.
    expect_equal(found.count("304"), 1, "answers without a change")


@case
def the_page_about_metrics_has_what_is_served():
    documented = {cells[0].strip("`"): cells for cells in markdown.rows(markdown.read("docs/metrics.md"))}
    text = daemon.get("/metrics")
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE):
        expect(name in documented, f"{name} is not on the page")
        expect_equal(documented[name][1], kind, f"type of {name}")
        labels = set(re.findall(r"`([a-z_]+)`", documented[name][2]))
        found = set()
        for sample in re.findall(rf"^{name}(?:_bucket|_sum|_count)?{{(.*?)}} ", text, re.MULTILINE):
            found |= set(re.findall(r'([a-z_]+)="', sample))
        expect_equal(found, labels, f"labels of {name}")


def members(value):
    """The names of all members of a JSON value, with where they stand."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from (f"{name}.{place}" for place in members(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner)


@case
def the_json_of_the_page_about_commands_has_the_members_of_the_binary():
    def shown(command, number=0):
        section = markdown.sections(markdown.read("docs/commands.md"))[command]
        return json.loads(re.findall(r"^```json\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[number])

    def compare(command, answer, number=0, free=()):
        known, written = set(members(answer)), set(members(shown(command, number)))
        open_ends = tuple(f"{place}." for place in free)
        written = {place for place in written if not place.startswith(open_ends)}
        known = {place for place in known if not place.startswith(open_ends)}
        # What may be missing from an answer stands on the page all the same.
        expect_equal(sorted(known - written), [], f"members of {command} that the page has not")
        return sorted(written - known)

    check = json.loads(lapwing("check", "example.com", *ROOT, "--json").stdout)
    # There is nothing to find, and nobody is out of reach.
    empty = ("findings.", "delegation.not_asked.")
    expect_equal([place for place in compare("check", check) if not place.startswith(empty)], [], "check")
    resolve = json.loads(lapwing("resolve", "www.example.com", "A", *ROOT, "--json").stdout)
    expect_equal(compare("resolve", resolve), [], "resolve")
    query = json.loads(lapwing("query", "www.example.com", "A", "@8.8.8.8", "--json").stdout)
    expect_equal(compare("query", query), [], "query")
    sweep = lapwing("sweep", "--names", "-", "--types", "A,MX", "--resolver", "8.8.8.8", "--json", given="example.com\n")
    expect_equal(compare("sweep", json.loads(sweep.stdout), free=["failed"]), [], "sweep")
    good = "2b1a8180000100010000000003777777076578616d706c6503636f6d0000010001c00c000100010000012c0004c000020a\n"
    for number, message in enumerate([good, "2b1a81\n"]):
        decoded = lapwing("decode", given=message)
        expect_equal(json.loads(decoded.stdout), shown("decode", number), "decode")
    tables = os.path.join(os.path.dirname(ROOT[1]), "dns.json")
    look = lapwing("registration", "look", "example.com", "--json", "--rdap-bootstrap", tables)
    expect_equal(compare("registration look", json.loads(look.stdout)), [], "registration look")
    stats = json.loads(lapwing("store", "stats", "--store", os.path.join(daemon.directory, "lapwing.db"), "--json").stdout)
    compare("store stats", stats)
    for command, page in ((["dnssec", "example.com", *ROOT], "docs/dnssec.md"), (["expiry", "example.com", "--rdap-bootstrap", tables],
                                                                             "docs/registration.md")):
        done = lapwing(*command, "--json")
        names = {place.rpartition(".")[2] for place in members(json.loads(done.stdout))}
        text = markdown.read(page)
        expect_equal([name for name in sorted(names) if f'"{name}"' not in text and f"`{name}`" not in text], [],
                     f"members of {command[0]} that {page} has not")
    compare("history", json.loads(daemon.run("history", "example.com", "--json").stdout))
    compare("incidents", json.loads(daemon.run("incidents", "--json").stdout))
    raw = "Domain Name: EXAMPLE.COM\nRegistrar: Reed Registrar\nRegistry Expiry Date: 2027-08-13T04:00:00Z\n"
    line = json.dumps({"id": "1", "domain": "example.com", "server": "whois.verisign-grs.com", "raw": raw})
    parsed = json.loads(lapwing("registration", "parse", given=line).stdout)
    expect_equal(compare("registration parse", parsed), [], "registration parse")
    scenario = os.path.join(markdown.ROOT, "Tests/Fixtures/scenarios/m135-hijack-with-keys-of-its-own.yaml")
    with tempfile.TemporaryDirectory() as folder:
        lapwing("simulate", "--log", folder, scenario)
        with open(os.path.join(folder, os.listdir(folder)[0])) as log:
            expect_equal(compare("simulate", json.loads(log.readline())), [], "simulate")


@case
def a_copy_made_while_it_runs_can_be_read():
    copy = os.path.join(daemon.directory, "copy.db")
    commands = re.findall(r"lapwing (store backup) --config \S+ \S+ --force", markdown.read("docs/operations.md"))
    expect_equal(commands, ["store backup"], "the command of the page")
    store = os.path.join(daemon.directory, "lapwing.db")
    done = lapwing("store", "backup", "--store", store, copy, "--force")
    expect_equal(done.returncode, 0, done.stderr)
    found = lapwing("incidents", "--store", copy, "--json")
    expect(any(incident["domain"] == "example.com." for incident in json.loads(found.stdout)), found.stderr)
    checked = lapwing("store", "check", "--store", store, "--json")
    expect_equal((checked.returncode, json.loads(checked.stdout)["faultCount"]), (0, 0), checked.stdout)
    refused = lapwing("store", "restore", "--store", store, copy)
    expect(refused.returncode != 0 and "in use" in refused.stderr, refused.stderr)


@case
def it_ends():
    expect_equal(daemon.stop(), 0, f"status ({daemon.tail()})")


main()
