"""The template in a real Zabbix server: imported, domains discovered, a fault of the lab raises its trigger, the end resolves it."""

import os
import sys
import time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "Tests/EndToEnd"))

import hashlib  # noqa: E402

from harness import LAB, Daemon, case, change, expect, expect_equal, main, wait_for  # noqa: E402
from server import Zabbix  # noqa: E402

TOKEN = "a-token-of-the-test"
DOMAINS = ["example.com", "example.org", "alder.com", "koa.zz", "cedar.net"]
CONFIG = f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1}}
registration: {{rdap_bootstrap: {LAB}/dns.json}}
web: {{tokens: [{hashlib.sha256(TOKEN.encode()).hexdigest()}]}}
domains:
  - {{name: example.com, tags: [shop]}}
  - {{name: example.org, tags: [shop, client-a], expect: {{"www/A": [93.184.2.10]}}}}
  - alder.com
  - {{name: koa.zz, registration: {{notice: 1d, warning: 1d, critical: 1d}}}}
  - cedar.net
"""
daemon = Daemon(CONFIG)
zabbix = Zabbix()
host = {}


def items():
    """Latest values by key."""
    return {item["key_"]: item["lastvalue"] for item in zabbix.call(
        "item.get", hostids=[host["id"]], output=["key_", "lastvalue", "lastclock", "state", "error"])
        if item["lastclock"] != "0"}


def problems():
    """What fires, by the trigger's name: the event's name and the severity."""
    return {problem["name"]: int(problem["severity"]) for problem in zabbix.call(
        "problem.get", hostids=[host["id"]], output=["name", "severity"])}


def triggers():
    return {trigger["description"]: trigger["value"] == "1" for trigger in zabbix.call(
        "trigger.get", hostids=[host["id"]], output=["description", "value"], expandDescription=True)}


def unsupported():
    return {item["key_"]: item["error"] for item in zabbix.call(
        "item.get", hostids=[host["id"]], output=["key_", "error"], filter={"state": 1})}


def fires(name, wanted=True, seconds=60):
    wait_for(lambda: triggers().get(name) is wanted, seconds, lambda: f"{name}: {triggers()} {items()} {unsupported()}")


@case
def the_template_is_imported():
    change("registry", "set", "koa.zz", "expires", "+20d")
    daemon.start()
    zabbix.start()
    with open(os.path.join(TREE, "contrib/zabbix/lapwing.yaml")) as file:
        source = file.read()
    every = {"createMissing": True, "updateExisting": True}
    rules = {part: every for part in ("templates", "items", "triggers", "discoveryRules", "valueMaps")}
    rules["groups"] = {"createMissing": True, "updateExisting": True}
    for _ in range(2):  # the second time updates what the first has made
        expect_equal(zabbix.call("configuration.import", format="yaml", source=source, rules=rules), True, "import")
    host["template"] = template = zabbix.call("template.get", filter={"host": "Lapwing by HTTP"}, output=["templateid"])[0]["templateid"]
    macros = {"{$LAPWING.URL}": "http://127.0.0.1:9053", "{$LAPWING.TOKEN}": TOKEN, "{$LAPWING.INTERVAL}": "2s",
              "{$LAPWING.DISCOVERY.INTERVAL}": "10s", "{$LAPWING.DOWN}": "6s", "{$LAPWING.UNKNOWN}": "4s",
              "{$LAPWING.STALE}": "15s", "{$LAPWING.DOMAIN.NOT_MATCHES}": "^cedar"}
    group = zabbix.call("hostgroup.create", name="DNS")["groupids"][0]
    host["id"] = zabbix.call(
        "host.create", host="lapwing", groups=[{"groupid": group}], templates=[{"templateid": template}],
        macros=[{"macro": macro, "value": value} for macro, value in macros.items()])["hostids"][0]


@case
def domains_are_discovered_and_have_values():
    wanted = {f"lapwing.domain.status[{domain}]": "0" for domain in DOMAINS[:4]}
    wait_for(lambda: {key: value for key, value in items().items() if key in wanted} == wanted, 90,
             lambda: f"{items()} {unsupported()}")
    expect(not any("cedar.net" in key for key in items()), "a domain that the filter leaves out")
    found = items()
    expect_equal(found["lapwing.ready"], "1", "ready")
    expect_equal(found["lapwing.domains[ok]"], "5", "domains that are well")
    expect(found["lapwing.version"][0].isdigit(), found["lapwing.version"])
    expect(abs(int(found["lapwing.domain.checked[example.com]"]) - time.time()) < 60, "last look")
    expect(int(found["lapwing.domain.signatures[example.com]"]) > time.time(), "signatures")
    expect("lapwing.domain.signatures[koa.zz]" not in found, "an end of signatures of a domain without any")
    expect_equal(found["lapwing.domain.finding[example.com]"], "nothing", "worst finding")
    expect_equal(unsupported(), {}, "items that fail")
    values = zabbix.call("valuemap.get", hostids=[host["template"]], output=["name"], selectMappings=["value", "newvalue"])
    expect_equal(sorted(map["name"] for map in values), ["Lapwing ready", "Lapwing status"], "value maps")


@case
def the_end_of_a_registration_raises_its_trigger():
    fires("The registration of koa.zz ends soon")
    firing = [name for name, isOn in triggers().items() if isOn]
    expect_equal(firing, ["The registration of koa.zz ends soon"], "triggers that fire while all is well")


@case
def a_warning_raises_its_trigger_and_its_end_resolves_it():
    change("set", "www.example.org", "A", "300", "192.0.2.7")
    fires("example.org has a warning")
    expect(any("www.example.org" in name for name in problems()), f"the event does not say what: {problems()}")
    change("set", "www.example.org", "A", "300", "93.184.2.10")
    fires("example.org has a warning", False, 120)


@case
def a_critical_fault_raises_its_trigger_and_its_end_resolves_it():
    change("sign", "example.com", "expired")
    change("flush")
    fires("example.com is critical")
    expect(4 in problems().values(), f"severities: {problems()}")
    change("sign", "example.com", "none")
    change("flush")
    fires("example.com is critical", False, 120)


@case
def signatures_that_end_raise_their_trigger():
    change("validity", "alder.com", "-3600", str(2 * 86_400))
    fires("Signatures of alder.com end soon", seconds=90)
    change("validity", "alder.com", "-3600", str(20 * 86_400))
    fires("Signatures of alder.com end soon", False, 90)


@case
def without_lapwing_nothing_is_well():
    daemon.kill()
    fires("Lapwing itself is down", seconds=60)
    fires("No fresh look at example.com", seconds=90)
    daemon.start()
    fires("Lapwing itself is down", False, 90)
    fires("No fresh look at example.com", False, 90)


@case
def what_nobody_sees_is_unknown():
    for name in ("north1", "north2", "south1", "south2", "west1", "west2", "tld1", "tld2", "root", "google", "cloudflare"):
        change("freeze", name)
    fires("example.com is unknown", seconds=120)
    for name in ("north1", "north2", "south1", "south2", "west1", "west2", "tld1", "tld2", "root", "google", "cloudflare"):
        change("start", name)
    fires("example.com is unknown", False, 120)


@case
def it_ends():
    expect_equal(daemon.stop(), 0, "status")


try:
    main()
finally:
    if daemon.process and daemon.process.poll() is None:
        daemon.kill()
    zabbix.stop()
