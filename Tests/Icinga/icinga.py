"""Check commands under Icinga 2 and Nagios Core: each state is the service's, and the performance data is understood."""

import hashlib
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "Tests/EndToEnd"))

from harness import LAB, LAPWING, Daemon, case, change, expect, expect_equal, main, wait_for  # noqa: E402

TOKEN = "a-token-of-the-test"
URL = "http://127.0.0.1:9053"
CONFIG = f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1}}
registration: {{rdap_bootstrap: {LAB}/dns.json}}
web: {{tokens: [{hashlib.sha256(TOKEN.encode()).hexdigest()}]}}
domains:
  - example.com
  - {{name: example.org, expect: {{"www/A": [192.0.2.1]}}}}
  - alder.com
"""
daemon = Daemon(CONFIG)
PLACE = tempfile.mkdtemp(prefix="icinga-")
OK, WARNING, CRITICAL, UNKNOWN = range(4)
# Service: command, name, state. What the plugin says of a domain that nobody watches is unknown.
SERVICES = {
    "daemon": ("lapwing-daemon", "", OK), "daemon-away": ("lapwing-daemon", "", CRITICAL),
    "domain-ok": ("lapwing-domain", "example.com", OK), "domain-warning": ("lapwing-domain", "example.org", WARNING),
    "domain-critical": ("lapwing-domain", "alder.com", CRITICAL),
    "domain-unknown": ("lapwing-domain", "nobody-watches.com", UNKNOWN),
    "domain-away": ("lapwing-domain", "example.com", UNKNOWN), "domain-refused": ("lapwing-domain", "example.com", UNKNOWN),
    "check-ok": ("lapwing-check", "example.com", OK), "check-warning": ("lapwing-check", "example.org", WARNING),
    "check-critical": ("lapwing-check", "alder.com", CRITICAL),
    "check-unknown": ("lapwing-check", "example.com", UNKNOWN), "doctor": ("lapwing-doctor", "", None),
}
MEASURES = {
    "daemon": {"ok", "warning", "critical", "unknown", "overdue", "lag"},
    "domain": {"incidents", "age", "signatures", "registration"},
    "check": {"ms", "critical", "warning", "notice", "signatures", "registration"},
}


def file(name, text):
    path = os.path.join(PLACE, name)
    with open(path, "w") as out:
        out.write(text)
    return path


token = file("token", TOKEN + "\n")
# Roots that nobody answers at.
nowhere = file("nowhere", ". 3600 NS a.\na. 3600 A 192.0.2.253\n")
expected = file("check.yml", open(daemon.config).read())


class Graphite(socketserver.ThreadingTCPServer):
    """Takes what Icinga has understood of performance data, and the states: `service.what` → latest value."""

    allow_reuse_address = True
    daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile:
                path, value, _ = line.decode().rsplit(" ", 2)
                service, what = path.split(".", 1)
                self.server.values.setdefault(service, {})[what] = float(value)

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.values = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()


graphite = Graphite()
processes = []


def icinga_service(name, command, domain):
    variables = {"lapwing_name": domain, "lapwing_url": URL, "lapwing_token_file": token}
    if name.endswith("away"):
        variables["lapwing_url"] = "http://127.0.0.1:9"
    if name.endswith("refused"):
        del variables["lapwing_token_file"]
    if command in ("lapwing-check", "lapwing-doctor"):
        variables = {"lapwing_name": domain, "lapwing_root_hints": f"{LAB}/named.root", "lapwing_trust_anchor": f"{LAB}/root.key"}
        variables["lapwing_config"] = expected
        if name == "check-unknown":
            variables = {"lapwing_name": domain, "lapwing_root_hints": nowhere, "lapwing_timeout": 1,
                         "lapwing_resolvers": ["127.0.0.1:9"]}
    # A list and a text are written as JSON writes them.
    lines = "".join(f"  vars.{key} = {json.dumps(value)}\n" for key, value in variables.items())
    return (f'object Service "{name}" {{\n  host_name = "lab"\n  check_command = "{command}"\n  check_interval = 5s\n'
            f"  max_check_attempts = 1\n{lines}}}\n")


def start_icinga():
    definitions = open(os.path.join(TREE, "contrib/icinga/lapwing.conf")).read()
    definitions = definitions.replace('"/usr/bin/lapwing"', f'"{LAPWING}"').replace('PluginDir + "', f'"{TREE}/contrib/nagios')
    config = file("icinga2.conf", f"""\
const PluginDir = "/usr/lib/nagios/plugins"
include <itl>
object Endpoint NodeName {{}}
object Zone "master" {{ endpoints = [ NodeName ] }}
object CheckerComponent "checker" {{}}
object GraphiteWriter "graphite" {{
  host = "127.0.0.1"
  port = {graphite.server_address[1]}
  enable_send_thresholds = true
  enable_send_metadata = true
  host_name_template = "$host.name$"
  service_name_template = "$service.name$"
}}
{definitions}
object Host "lab" {{ check_command = "dummy" }}
""" + "".join(icinga_service(name, command, domain) for name, (command, domain, _) in SERVICES.items()))
    places = {"DataDir": "data", "LogDir": "log", "CacheDir": "cache", "SpoolDir": "spool", "InitRunDir": "run"}
    for place in places.values():
        os.makedirs(os.path.join(PLACE, "icinga", place), exist_ok=True)
    define = [f"-D{key}={PLACE}/icinga/{place}" for key, place in places.items()]
    define += ["-DRunAsUser=root", "-DRunAsGroup=root", "-DNodeName=lab", "-DZoneName=master"]
    checked = subprocess.run(["icinga2", "daemon", "-C", "-c", config, *define], capture_output=True, text=True, timeout=60)
    expect_equal(checked.returncode, 0, checked.stdout[-3000:])
    log = open(os.path.join(PLACE, "icinga.log"), "w")
    processes.append(subprocess.Popen(["icinga2", "daemon", "-c", config, *define], stdout=log, stderr=log, start_new_session=True))


@case
def the_daemon_has_looked():
    daemon.start()

    def looked(domain, status):
        done = subprocess.run([os.path.join(TREE, "contrib/nagios/check_lapwing"), "--url", URL, "--token-file", token,
                               "--domain", domain], capture_output=True, text=True, timeout=20)
        return done.returncode == status

    wait_for(lambda: looked("alder.com", OK), 60, "not learnt")
    change("sign", "alder.com", "expired")
    change("flush")
    for domain, status in (("example.com", OK), ("example.org", WARNING), ("alder.com", CRITICAL)):
        wait_for(lambda d=domain, s=status: looked(d, s), 60, f"{domain} does not become {status}")


@case
def icinga_takes_the_commands_and_has_every_state():
    start_icinga()

    def states():
        return {name: int(values["metadata.state"]) for name, values in graphite.values.items() if "metadata.state" in values}

    wanted = {name: state for name, (_, _, state) in SERVICES.items() if state is not None}
    wait_for(lambda: {name: states().get(name) for name in wanted} == wanted, 90,
             lambda: f"{states()} " + open(os.path.join(PLACE, "icinga.log")).read()[-1500:])


@case
def icinga_understands_the_performance_data():
    for name, (command, _, state) in SERVICES.items():
        if state == UNKNOWN or name in ("daemon-away", "doctor"):
            continue
        found = {what.split(".")[1] for what in graphite.values[name] if what.startswith("perfdata.") and what.endswith(".value")}
        expect_equal(found, MEASURES[command.split("-")[1]], f"measures of {name}")
    values = graphite.values["domain-critical"]
    expect(values["perfdata.incidents.value"] >= 1 and values["perfdata.signatures.value"] < 0, str(values))
    values = graphite.values["domain-ok"]
    expect(values["perfdata.age.crit"] == 320 and values["perfdata.signatures.value"] > 0
           and values["perfdata.registration.value"] > 86_400, str(values))
    expect_equal(graphite.values["daemon"]["perfdata.ok.value"], 1, "domains that are well")


def start_nagios():
    definitions = open(os.path.join(TREE, "contrib/nagios/lapwing.cfg")).read().replace("/usr/bin/lapwing", LAPWING)
    options = f"--root-hints {LAB}/named.root --trust-anchor {LAB}/root.key --config {expected}"
    lines = {
        "daemon": f"check_lapwing_daemon!{URL}!--token-file {token}",
        "daemon-away": "check_lapwing_daemon!http://127.0.0.1:9",
        "domain-ok": f"check_lapwing_domain!{URL}!example.com!--token-file {token}",
        "domain-warning": f"check_lapwing_domain!{URL}!example.org!--token-file {token}",
        "domain-critical": f"check_lapwing_domain!{URL}!alder.com!--token-file {token}",
        "domain-unknown": f"check_lapwing_domain!{URL}!nobody-watches.com!--token-file {token}",
        "check-ok": f"check_lapwing_domain_anew!example.com!{options}",
        "check-warning": f"check_lapwing_domain_anew!example.org!{options}",
        "check-critical": f"check_lapwing_domain_anew!alder.com!{options}",
        "check-unknown": f"check_lapwing_domain_anew!example.com!--root-hints {nowhere} --timeout 1 --resolver 127.0.0.1:9",
        "doctor": f"check_lapwing_doctor!--root-hints {LAB}/named.root --trust-anchor {LAB}/root.key --config {expected}",
    }
    common = ("max_check_attempts 1\n check_interval 5\n retry_interval 5\n check_period always\n notification_period always\n"
              " notifications_enabled 0\n contacts nobody\n")
    objects = file("objects.cfg", definitions + """
define timeperiod {
 timeperiod_name always
 alias always
""" + "".join(f" {day} 00:00-24:00\n" for day in "sunday monday tuesday wednesday thursday friday saturday".split()) + """}
define command {
 command_name nothing
 command_line /bin/true
}
define contact {
 contact_name nobody
 host_notifications_enabled 0
 service_notifications_enabled 0
 host_notification_period always
 service_notification_period always
 host_notification_commands nothing
 service_notification_commands nothing
}
""" + f"define host {{\n host_name lab\n address 127.0.0.1\n {common}}}\n" + "".join(
        f"define service {{\n host_name lab\n service_description {name}\n check_command {line}\n {common}}}\n"
        for name, line in lines.items()))
    place = os.path.join(PLACE, "nagios")
    os.makedirs(os.path.join(place, "results"))
    resource = file("resource.cfg", f"$USER1$={TREE}/contrib/nagios\n")
    settings = {
        "log_file": "log", "object_cache_file": "objects", "precached_object_file": "precached", "status_file": "status",
        "command_file": "command", "lock_file": "lock", "temp_file": "temp", "temp_path": "", "log_archive_path": "",
        "check_result_path": "results", "state_retention_file": "retention", "query_socket": "query",
    }
    config = file("nagios.cfg", f"cfg_file={objects}\nresource_file={resource}\nnagios_user=root\nnagios_group=root\n"
                  "interval_length=1\nstatus_update_interval=1\nservice_inter_check_delay_method=n\nretain_state_information=0\n"
                  "enable_notifications=0\ncheck_external_commands=0\nservice_check_timeout=90\nenable_environment_macros=0\n"
                  + "".join(f"{key}={os.path.join(place, name)}\n" for key, name in settings.items()))
    checked = subprocess.run(["nagios4", "-v", config], capture_output=True, text=True, timeout=60)
    expect_equal(checked.returncode, 0, checked.stdout[-3000:])
    log = open(os.path.join(PLACE, "nagios.out"), "w")
    processes.append(subprocess.Popen(["nagios4", config], stdout=log, stderr=log, start_new_session=True))
    return lines, os.path.join(place, "status")


def nagios_status(path):
    """Service: its state once it was checked, and its performance data."""
    try:
        text = open(path).read()
    except OSError:
        return {}
    found = {}
    for block in re.findall(r"^servicestatus \{\n(.*?)^\t\}", text, re.M | re.S):
        values = dict(line.strip().split("=", 1) for line in block.splitlines() if "=" in line)
        if values["has_been_checked"] == "1":
            found[values["service_description"]] = (int(values["current_state"]), values["performance_data"])
    return found


@case
def nagios_takes_the_commands_and_has_every_state():
    lines, path = start_nagios()
    wanted = {name: SERVICES[name][2] for name in lines if SERVICES[name][2] is not None}
    wait_for(lambda: {name: nagios_status(path).get(name, (None,))[0] for name in wanted} == wanted, 90,
             lambda: f"{nagios_status(path)} " + open(os.path.join(PLACE, "nagios.out")).read()[-1500:])
    for name, (command, _, state) in SERVICES.items():
        if name not in wanted or state == UNKNOWN or name == "daemon-away":
            continue
        found = set(re.findall(r"'(\w+)'=-?[\d.]+\w*", nagios_status(path)[name][1]))
        expect_equal(found, MEASURES[command.split("-")[1]], f"measures of {name}")
    wait_for(lambda: "doctor" in nagios_status(path), 60, "doctor was not run")


try:
    main()
finally:
    for process in processes:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
    if daemon.process and daemon.process.poll() is None:
        daemon.kill()
    shutil.rmtree(PLACE, ignore_errors=True)
