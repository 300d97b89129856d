"""The reports of one of many clients over a year, counted again from the log of what was played by code that shares nothing with it."""

import calendar
import collections
import csv
import datetime
import io
import json
import os
import re
import shutil
import tempfile
import time

from harness import LAPWING, case, expect, expect_equal, main
import subprocess

DOMAINS, CLIENTS = int(os.environ.get("DOMAINS", "300")), int(os.environ.get("CLIENTS", "40"))
CLIENT = "c%02d" % min(7, CLIENTS - 1)
# What is no incident of a domain, and what is a weakness.
OF_THE_INSTRUMENT = {"resolver-fault", "monitor-fault", "registry-unavailable"}
# Notices that say that something was changed: they are listed as changes, not as incidents.
CHANGES = {"record.changed", "record.added", "delegation.changed", "ttl.cut", "ttl.changed", "change.confirmed", "change.missing",
           "registration.changed", "dnssec.changed", "address.moved", "policy.changed"}
SEVERITIES = ("critical", "warning", "notice", "info")


def command(*arguments):
    done = subprocess.run([LAPWING, *arguments], capture_output=True, text=True, timeout=1500)
    expect_equal(done.returncode, 0, f"{arguments}: {done.stderr[-2000:]}")
    return done.stdout


class Incident:
    def __init__(self, line):
        self.id, self.domain, self.opened = line["incident"], line["domain"], line["at"]
        self.closed = self.back = self.told = self.acknowledged = None
        self.update(line)

    def update(self, line):
        self.severity, self.kind, self.code = line["severity"], line["class"], line["code"]
        if line.get("back") and self.back is None:
            self.back = line["at"]
        if line["event"] == "close":
            self.closed = line["at"]

    @property
    def ended(self):
        return self.back if self.back is not None else self.closed

    @property
    def is_listed(self):
        if self.kind in OF_THE_INSTRUMENT or self.kind == "posture" or self.code == "change.confirmed":
            return False
        return self.severity in ("critical", "warning") or self.severity == "notice" and self.code not in CHANGES


class Log:
    """What was played, as far as it is about one client."""

    def __init__(self, path, client):
        self.looks, self.changes, self.incidents = [], [], {}
        messages, self.domains, others = [], set(), set()
        for line in map(json.loads, open(path)):
            if line["what"] == "look":
                (self.domains if line["client"] == client else others).add(line["domain"])
                if line["client"] == client:
                    self.looks.append(line)
            elif line["what"] == "incident":
                if line["incident"] not in self.incidents:
                    expect_equal(line["event"], "open", f"how {line['incident']} begins")
                    self.incidents[line["incident"]] = Incident(line)
                else:
                    self.incidents[line["incident"]].update(line)
            elif line["what"] == "acknowledged":
                self.incidents[line["incident"]].acknowledged = line["at"]
            elif line["what"] == "change":
                self.changes.append(line)
            elif line["what"] == "message":
                messages.append(line)
            else:
                messages[-1]["taken"] = line["at"]
        self.others = others
        for one in self.incidents.values():
            about = [message["taken"] for message in messages
                     if message["event"] != "close" and message["at"] >= one.opened and one.domain in message["domains"]
                     and message["class"] == one.kind and message["incident"] in self.incidents]
            one.told = min(about, default=None)
        self.incidents = [one for one in self.incidents.values() if one.domain in self.domains]
        self.changes = [line for line in self.changes if line["domain"] in self.domains]


def month_of(at):
    return datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m")


def day_of(at):
    return datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m-%d")


def edges(month):
    year, number = map(int, month.split("-"))
    first = datetime.datetime(year, number, 1, tzinfo=datetime.timezone.utc)
    length = calendar.monthrange(year, number)[1]
    return int(first.timestamp() * 1000), int(first.timestamp() * 1000) + length * 86_400_000, length


def count(log, month):
    """What the report of a month has to say."""
    begin, end, length = edges(month)
    looks = [line for line in log.looks if month_of(line["at"]) == month]
    listed = [one for one in log.incidents if one.is_listed and one.opened < end and (one.ended is None or one.ended >= begin)]
    new = [one for one in listed if one.opened >= begin]
    changes = [line for line in log.changes if month_of(line["at"]) == month]
    return {
        "domains": len(log.domains), "listed": listed, "new": new,
        "severities": collections.Counter(one.severity for one in new), "still_open": sum(one.ended is None for one in listed),
        "changes": sum(not line.get("back") for line in changes), "rows": len(changes),
        "resolved": (sum(line.get("resolved") is True for line in looks), sum("resolved" in line for line in looks)),
        "served": (sum(line.get("served") is True for line in looks), sum("served" in line for line in looks)),
        "days_seen": len({(line["domain"], day_of(line["at"])) for line in looks if not line["blind"]}),
        "days": length * len(log.domains),
    }


def share(good, of, language):
    """A percentage, rounded down, in the form of a language."""
    points = good * 10_000 // of
    text = "100" if points == 10_000 else f"{points // 100}.{points % 100:02d}"
    return text + " %" if language == "en" else text.replace(".", ",") + "\u00a0%"


def seconds(one, moment):
    return None if moment is None else (moment - one.opened) // 1000


def compare(month, wanted, report):
    summary = report["summary"]
    for name in ("domains", "still_open", "changes", "days_seen", "days"):
        expect_equal(summary[name], wanted[name], f"{month}: {name}")
    severities = wanted["severities"]
    expect_equal((summary["critical"], summary["warnings"], summary["notices"]),
                 (severities["critical"], severities["warning"], severities["notice"] + severities["info"]), f"{month}: severities")
    for name in ("resolved", "served"):
        expect_equal((summary[name]["good"], summary[name]["of"]), wanted[name], f"{month}: {name}")
    expect_equal(len(report["changes"]), wanted["rows"], f"{month}: rows of changes")
    found = {(one["domain"], one["opened"], one["class"]): one for one in report["incidents"]}
    expect_equal(len(found), len(wanted["listed"]), f"{month}: incidents {sorted(found)}")
    for one in wanted["listed"]:
        opened = datetime.datetime.fromtimestamp(one.opened // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        row = found.get((one.domain, opened, one.kind))
        expect(row is not None, f"{month}: no row of {one.id} in {sorted(found)}")
        expect_equal((row["severity"], row["new"]), (one.severity, one in wanted["new"]), f"{month}: {one.id}")
        expect_equal(row["to_tell"], seconds(one, one.told), f"{month}: until somebody was told of {one.id}")
        expect_equal(row["to_acknowledge"], seconds(one, one.acknowledged), f"{month}: until {one.id} was acknowledged")
        if one.back is None:
            expect_equal(row["to_end"], seconds(one, one.closed), f"{month}: the end of {one.id}")
        else:
            # It was seen to be undone before that was said.
            expect(row["to_end"] is not None and row["to_end"] <= seconds(one, one.back), f"{month}: the way back of {one.id}")
    told = sorted(seconds(one, one.told) for one in wanted["new"] if one.told is not None)
    spread = summary["to_tell"]
    expect_equal(spread and (spread["count"], spread["median"], spread["longest"]),
                 (len(told), told[(len(told) - 1) // 2], told[-1]) if told else None, f"{month}: the times until somebody was told")


@case
def the_twelve_reports_of_a_client_say_what_was_played():
    begun = time.monotonic()
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="lapwing-year-", dir=parent)
    try:
        said = command("simulate", "--portfolio", str(DOMAINS), "--clients", str(CLIENTS), "--keep", folder)
        year = re.match(r"(\d{4}): ", said)[1]
        played = time.monotonic() - begun
        log = Log(os.path.join(folder, "log.jsonl"), CLIENT)
        expect(len(log.domains) >= DOMAINS // CLIENTS and len(log.others) == DOMAINS - len(log.domains), "domains")
        opened = collections.Counter()

        def report(month, *arguments):
            return command("report", "--config", os.path.join(folder, "lapwing.yml"), "--client", CLIENT, "--month", month, *arguments)

        for number in range(1, 13):
            month = f"{year}-{number:02d}"
            wanted = count(log, month)
            text = report(month, "--format", "json")
            compare(month, wanted, json.loads(text))
            opened["new"] += len(wanted["new"])
            opened["told"] += sum(one.told is not None for one in wanted["new"])
            opened["acknowledged"] += sum(one.acknowledged is not None for one in wanted["new"])
            opened["changes"] += wanted["changes"]
            for language in ("en", "de"):
                table = report(month, "--format", "csv", "--language", language)
                rows = {(row[0], row[2]): row for row in csv.reader(io.StringIO(table)) if row[0] == "summary"}
                expect_equal(int(rows["summary", "critical incidents"][5]), wanted["severities"]["critical"], f"{month} {language}: critical")
                expect_equal(int(rows["summary", "changes"][5]), wanted["changes"], f"{month} {language}: changes")
                expect_equal(rows["summary", "resolved"][8], share(*wanted["resolved"], language), f"{month} {language}: the share")
                page = report(month, "--language", language)
                expect(f'<html lang="{language}"' in page, f"{month}: the language of the page")
                for name in ("resolved", "served"):
                    expect(f"<b>{share(*wanted[name], language)}</b>" in page, f"{month} {language}: {name} on the page")
                label = {"en": "Incidents", "de": "Vorfälle"}[language]
                expect(f"<span>{label}</span><b>{len(wanted['new'])}</b>" in page, f"{month} {language}: incidents on the page")
                for other in log.others:
                    expect(other not in page and other not in table, f"{month}: {other} is of another client")
        expect(opened["new"] >= len(log.domains) and opened["told"] > 0 and opened["acknowledged"] > 0 and opened["changes"] > 0,
               f"too little happened to compare: {opened}")
        print(f"{year}: {DOMAINS} domains of {CLIENTS} clients played in {played:.0f} s, all in {time.monotonic() - begun:.0f} s; "
              f"client {CLIENT} with {len(log.domains)} domains, {len(log.looks)} looks: {dict(opened)}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
