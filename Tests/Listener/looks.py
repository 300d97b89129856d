"""The page and the report of a client in each language, as Chromium shows them: nothing wider than a phone or a desk, nothing
serious from axe-core, no error of the script, the browser's own clocks. `SCREENSHOTS=FOLDER` keeps pictures."""

import datetime
import json
import os
import re
import sqlite3
import time

from axe_selenium_python import Axe

from harness import case, expect, expect_equal, main
from listener import Listener
from web_pages import browser

LANGUAGES = ("en", "de", "fr", "es", "pt", "ru")
WIDTHS = (360, 1200)
HTML = {"Accept": "text/html"}
# All that can happen, so that the longest words of each language stand somewhere.
CLASSES = """hijack-suspected resolver-poisoned takeover-risk policy-weakened dnssec-broken dnssec-expiring dnssec-downgraded
authority-outage delegation-broken records-lost zone-stale transport-fault parent-fault expiry registry-hold registration-change
health-failing planned-change ttl-anomaly propagation rotation routine""".split()
WEAKNESSES = """delegation.single delegation.mismatch delegation.lame dnssec.unsigned dnssec.algorithm registration.unlocked
registration.undated zone.open ttl.low transport.tcp""".split()
LONG = "ein-sehr-langer-name-einer-abteilung-mit-vielen-worten-darin.example"
SOON = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).replace(microsecond=0)


def config():
    start = SOON - datetime.timedelta(days=4)
    return f"""\
resolvers: {{silent: 127.0.0.1:9}}
root_hints: hints
domains:
  - {{name: acme-shop.example, tags: [a], expires: {(SOON + datetime.timedelta(days=20)).isoformat()[:10]}}}
  - {{name: {LONG}, tags: [a]}}
maintenance:
  - {{domains: [acme-shop.example], from: "{SOON.isoformat()[:19]}Z", to: "{(SOON + datetime.timedelta(hours=2)).isoformat()[:19]}Z", reason: x}}
  - {{domains: [acme-shop.example], from: "{start.isoformat()[:19]}Z", to: "{(start + datetime.timedelta(hours=2)).isoformat()[:19]}Z", reason: x}}
clients: {{acme: {{tags: [a], name: Acme GmbH}}}}
"""


def fill(listener):
    now = int(time.time() * 1000)
    with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
        rows = [(sort, "servers.silent", ("critical", "warning", "notice")[place % 3]) for place, sort in enumerate(CLASSES)]
        rows += [("posture", code, "notice") for code in WEAKNESSES]
        for place, (sort, code, severity) in enumerate(rows):
            at = now - 3_600_000 * (place + 1)
            domain = "acme-shop.example." if place % 2 else LONG + "."
            document = {"id": f"{domain}-{place}", "domain": domain, "cause": "loss", "code": code, "incidentClass": sort,
                        "severity": severity, "since": at, "openedAt": at, "lastFound": at,
                        "text": {"headline": "h", "facts": [], "grounds": []}, "changes": [], "paged": True,
                        "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1, "evidence": []}
            if place % 4 and sort != "posture":
                document["closedAt"] = at + 600_000 * place
            if place % 5 == 1:
                document["acceptedBy"] = "anna"
            store.execute("INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          (document["id"], domain, sort, severity, at, at, document.get("closedAt"), json.dumps(document)))
        for kind, number in (("MX", 15), ("registrar", 0), ("TTL of A", 0), ("CNAME target", 0), ("status", 0), ("delegation", 0)):
            change = {"kind": kind, "name": "acme-shop.example.", "old": ["a"], "new": ["b"], "seenBy": []}
            store.execute("INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, ?, ?, ?)",
                          ("acme-shop.example.", "acme-shop.example.", number, now - 60_000, json.dumps(change)))
        for back in range(1, 60):
            for domain in ("acme-shop.example.", LONG + "."):
                good = 8 if back % 7 == 3 else 10
                store.execute("INSERT OR REPLACE INTO day VALUES (?, ?, 10, 0, ?, ?, 10, 0, 10, 120, 10, 250, NULL, 1)",
                              (now // 86_400_000 - back, domain, good, 10 - good))


def serious(driver):
    axe = Axe(driver)
    axe.inject()
    return [f"{violation['id']}: {[node['target'] for node in violation['nodes'][:3]]}"
            for violation in axe.run()["violations"] if violation["impact"] in ("serious", "critical")]


@case
def each_language_fits_and_can_be_read_by_all():
    folder = os.environ.get("SCREENSHOTS")
    faults, looks = [], 0
    with Listener(config(), hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n") as listener:
        fill(listener)
        page = json.loads(listener.ask("/api/v1/clients")[1])["clients"][0]["page"]
        month = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")
        for theme in ("light", "dark"):
            driver = browser(theme)
            driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Kolkata"})
            for language in LANGUAGES:
                for name, address in (("page", f"{page}?lang={language}"), ("report", f"{page}/report.html?period={month}&lang={language}")):
                    for width in WIDTHS:
                        driver.get(address)
                        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                               {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
                        looks += 1
                        wide = driver.execute_script("return document.documentElement.scrollWidth")
                        if wide > width:
                            faults.append(f"{language} {name}: {wide} px wide at {width} px")
                        # What is cut off or runs out of its box is wider than it.
                        over = driver.execute_script(
                            "return [...document.querySelectorAll('.pill,.tile,td,dd,dt,h1,h2,h3,.line')].filter(e => e.scrollWidth > e.clientWidth + 1"
                            " && getComputedStyle(e).display !== 'inline' && e.clientWidth > 0).map(e => e.className + ' ' + e.textContent.slice(0, 60))")
                        faults += [f"{language} {name} at {width} px: {one} runs over" for one in over]
                        if folder and theme == "light":
                            height = driver.execute_script("return document.documentElement.scrollHeight")
                            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                                   {"width": width, "height": min(height, 6000), "deviceScaleFactor": 1, "mobile": False})
                            driver.save_screenshot(os.path.join(folder, f"{name}-{language}-{width}.png"))
                    faults += [f"{language} {name} {theme}: {one}" for one in serious(driver)]
                    times = driver.execute_script("return [...document.querySelectorAll('time')].map(e => [e.dateTime, e.textContent])")
                    for moment, text in times:
                        local = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")) + datetime.timedelta(hours=5, minutes=30)
                        if local.strftime("%H:%M").lstrip("0") not in text or "UTC" in text:
                            faults.append(f"{language} {name}: {moment} is shown as {text}")
                    if not times:
                        faults.append(f"{language} {name}: no times")
                for entry in driver.get_log("browser"):
                    if entry["level"] == "SEVERE":
                        faults.append(f"{language}: {entry['message']}")
            driver.quit()
        driver = browser("light", script=False)
        driver.get(page + "?lang=ru")
        text = driver.find_element("css selector", "body").text
        expect("UTC" in text and "Время указано по UTC." in text, "without JavaScript times are by UTC, and say so")
        driver.quit()
    expect(not faults, f"{looks} looks:\n" + "\n".join(dict.fromkeys(faults)))


@case
def a_report_on_paper_is_in_its_language_too():
    with Listener(config(), hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n") as listener:
        fill(listener)
        from harness import lapwing
        month = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")
        for language in LANGUAGES:
            path = listener.file(f"{language}.pdf")
            done = lapwing("report", "--config", listener.path, "--client", "acme", "--month", month, "--language", language,
                           "--format", "pdf", "--file", path)
            expect_equal(done.returncode, 0, done.stderr)
            data = open(path, "rb").read()
            pages = len(re.findall(rb"/Type\s*/Page\b", data))
            expect(data.startswith(b"%PDF-") and 1 <= pages <= 12, f"{language}: {pages} pages")
            if os.environ.get("SCREENSHOTS"):
                os.replace(path, os.path.join(os.environ["SCREENSHOTS"], f"report-{language}.pdf"))


if __name__ == "__main__":
    main()
