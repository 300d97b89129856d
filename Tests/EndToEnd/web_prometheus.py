#!/usr/bin/env python3
"""A real Prometheus scrapes a running Lapwing, its rules fire, and a real Alertmanager gets the alert.

Usage: web_prometheus.py URL [--alert LapwingRecordsChanged] [--seconds 120]
Something must happen in the world meanwhile, as in `lapwing demo`. Exit 77 if the programs are not installed.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

RULES = os.path.join(os.path.dirname(__file__), "../../contrib/prometheus/lapwing.rules.yml")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--alert", default="LapwingRecordsChanged")
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    if not shutil.which("prometheus") or not shutil.which("prometheus-alertmanager"):
        sys.exit(77)
    place = urllib.parse.urlsplit(options.url).netloc
    watcher, manager = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/prometheus.yml", "w") as out:
            json.dump({"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                       "rule_files": [os.path.abspath(RULES)],
                       "alerting": {"alertmanagers": [{"static_configs": [{"targets": ["127.0.0.1:%d" % manager]}]}]},
                       "scrape_configs": [{"job_name": "lapwing", "static_configs": [{"targets": [place]}]}]}, out)
        with open(folder + "/alertmanager.yml", "w") as out:
            json.dump({"route": {"receiver": "none"}, "receivers": [{"name": "none"}]}, out)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        processes = [
            subprocess.Popen(["prometheus", "--config.file=" + folder + "/prometheus.yml", "--storage.tsdb.path=" + folder + "/p",
                              "--web.listen-address=127.0.0.1:%d" % watcher], **quiet),
            subprocess.Popen(["prometheus-alertmanager", "--config.file=" + folder + "/alertmanager.yml", "--storage.path=" + folder + "/a",
                              "--web.listen-address=127.0.0.1:%d" % manager, "--cluster.listen-address="], **quiet)]
        found, up, end = [], None, time.time() + options.seconds
        try:
            while time.time() < end and not found:
                time.sleep(1)
                targets = fetch("http://127.0.0.1:%d/api/v1/targets" % watcher)
                if targets and targets["data"]["activeTargets"]:
                    up = targets["data"]["activeTargets"][0]
                alerts = fetch("http://127.0.0.1:%d/api/v2/alerts" % manager) or []
                found = [alert["labels"] for alert in alerts if alert["labels"]["alertname"] == options.alert]
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()
    print("target %s %s; alerts at the Alertmanager: %s" % (up and up["health"], up and up["lastError"], found[:3]))
    sys.exit(0 if found and up["health"] == "up" else 1)


if __name__ == "__main__":
    main()
