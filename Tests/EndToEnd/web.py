"""The web page, the API and the metrics of `lapwing run`, with the software they meet: Chromium, nginx, Prometheus."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

from harness import HERE, TREE, Daemon, case, change, expect, expect_equal, main, wait_for

CONFIG = """\
interval: 10s
domains:
  - {name: example.com, names: ["@", www]}
  - {name: example.org, names: ["@", www]}
  - {name: fir.ch}
"""
URL = "http://127.0.0.1:9053"
RULES = os.path.join(TREE, "contrib/prometheus/lapwing.rules.yml")

daemon = Daemon(CONFIG)


def script(name, *arguments):
    """Runs one of the scripts beside this one; 77 means that what it needs is missing."""
    done = subprocess.run([sys.executable, os.path.join(HERE, name), *arguments], capture_output=True, text=True, timeout=500)
    expect(done.returncode == 0, (done.stdout + done.stderr)[-3000:])


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


@case
def a_thousand_listeners_and_slow_readers():
    script("web_events.py", URL, str(daemon.process.pid), "--seconds", "15")


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
        [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", URL + "/api/v1/openapi.json", "--phases",
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
