"""The list of incidents, as a page, by the API and as a command: what narrows it, and that its pages are full."""

import json
import re
import sqlite3
import time

from harness import case, expect, expect_equal, lapwing, main
from listener import Listener

CONFIG = """root_hints: hints
resolvers: {none: '127.0.0.1:9'}
interval: 1d
defaults: {registration: false}
domains:
  - {name: a.example, tags: [client-a]}
  - {name: b.example, tags: [client-b, gold]}
  - c.example
"""
HTML = {"Accept": "text/html"}
DAY = 86400000
# 2026-11-01T00:00:00Z
START = 1793491200000


def incident(number, domain, severity, opened, closed):
    name = domain + "."
    headline = f"{domain} is number {number}."
    document = {
        "cause": "change", "code": "record.changed", "domain": name, "evidence": [], "holds": [], "id": f"{domain}-{number}",
        "clearing": {"done": {"seconds": 7200}}, "incidentClass": "planned-change", "lastFound": opened, "missed": 0,
        "number": number, "openedAt": opened, "paged": False, "severity": severity, "since": opened, "changes": [],
        "steps": [{"at": closed or opened, "event": "open", "headline": headline, "incidentClass": "planned-change",
                   "severity": severity}],
        "text": {"headline": headline, "facts": [], "grounds": []}}
    if closed:
        document["closedAt"] = closed
    return document["id"], name, "planned-change", severity, opened, closed or opened, closed, json.dumps(document)


def filled(rows):
    """A listener on whose store these incidents are, with numbers that the daemon itself does not give."""
    listener = Listener(CONFIG, hints=". 3600 NS a.root.\na.root. 3600 A 127.0.0.1\n")
    with listener:
        pass
    store = sqlite3.connect(listener.file("lapwing.db"))
    store.executemany(
        "INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [incident(*row) for row in rows])
    store.commit()
    store.close()
    return listener


ROWS = [
    (901, "a.example", "critical", START, START + DAY), (902, "b.example", "warning", START + DAY, START + 3 * DAY),
    (903, "c.example", "notice", START + 2 * DAY, START + 10 * DAY), (904, "b.example", "critical", START + 5 * DAY, START + 6 * DAY),
]


def api(listener, query):
    status, body = listener.ask("/api/v1/incidents?" + query)
    expect_equal(status, 200, query + body[:200])
    return [entry["id"] for entry in json.loads(body)["incidents"]]


def page(listener, query):
    return re.findall(r'<a href="/incidents/([a-z.]+-[0-9]+)">', listener.ask("/incidents?" + query, headers=HTML)[1])


@case
def page_api_and_command_narrow_alike():
    all_four = ["c.example-903", "b.example-904", "b.example-902", "a.example-901"]
    with filled(ROWS) as listener:
        for query, found in (
                ("", all_four), ("tag=client-b", all_four[1:3]), ("tag=gold&severity=critical", ["b.example-904"]), ("tag=none", []),
                ("tag=client-a", ["a.example-901"]), ("severity=warning", all_four[1:]), ("from=2026-11-05", all_four[:2]),
                ("to=2026-11-01", ["a.example-901"]), ("from=2026-11-04T00:00:01Z&to=2026-11-05", ["c.example-903"]),
                ("from=2026-11-03T12:00:00Z&to=2026-11-06T00:00:00Z&tag=client-b", ["b.example-902"]),
                ("domain=b.example&tag=client-a", [])):
            expect_equal(api(listener, query), found, "API, " + query)
            expect_equal(page(listener, query), found, "page, " + query)
            words = [word for part in query.split("&") if part for word in ("--" + part).split("=")]
            words = [words[1], *words[2:]] if words[:1] == ["--domain"] else words
            done = lapwing("incidents", "--json", "--config", listener.path, *words)
            expect_equal([entry["id"] for entry in json.loads(done.stdout)], found, f"command, {words} {done.stderr}")
        for query in ("from=yesterday", "to=2026-13-01", "severity=bad", "from=2026-11-05&to=2026-11-01"):
            expect_equal(listener.status("/api/v1/incidents?" + query), 400, query)
        faulty = listener.ask("/incidents?from=yesterday", headers=HTML)[1]
        expect('class="error"' in faulty and 'value="yesterday"' in faulty, "the page says what is wrong and keeps what was entered")
        chosen = listener.ask("/incidents?tag=gold&from=2026-11-05", headers=HTML)[1]
        expect('<option value="gold" selected>' in chosen and 'type="date" value="2026-11-05"' in chosen, "what was chosen stays")
        expect("/incidents?state=open&amp;tag=gold&amp;from=2026-11-05" in chosen, "and goes along")


@case
def pages_are_full_whatever_narrows_them():
    rows = [(number, "a.example" if number % 10 else "b.example", "warning" if number % 10 else "critical",
             START + number * 1000, START + number * 1000 + 500) for number in range(1001, 3001)]
    with filled(rows) as listener:
        for query in ("severity=critical", "tag=client-b"):
            first = page(listener, query)
            expect_equal((len(first), first[0]), (100, "b.example-3000"), query)
            answer = json.loads(listener.ask(f"/api/v1/incidents?{query}&limit=150")[1])
            expect_equal((len(answer["incidents"]), bool(answer["next"])), (150, True), query)
            rest = json.loads(listener.ask(f"/api/v1/incidents?{query}&limit=150&cursor={answer['next']}")[1])
            expect_equal((len(rest["incidents"]), rest["next"]), (50, None), query)
        told = lapwing("incidents", "--config", listener.path, "--limit", "3")
        expect(len(told.stdout.splitlines()) == 3 and "--limit 30" in told.stderr, told.stdout + told.stderr)


@case
def what_is_put_back_can_be_closed():
    with filled([(901, "a.example", "critical", START, None), (902, "b.example", "critical", START, None)]) as listener:
        pass
    change = {"name": "www.a.example.", "kind": "A", "old": ["192.0.2.1"], "new": ["192.0.2.9"], "seenBy": []}
    back = {"name": "www.a.example.", "kind": "A", "old": ["192.0.2.9"], "new": ["192.0.2.1"], "seenBy": [], "backSince": START + DAY}
    store = sqlite3.connect(listener.file("lapwing.db"))
    for document in (change, back):
        store.execute("INSERT INTO change (domain, name, type, at, document) VALUES ('a.example.', 'www.a.example.', 1, ?, ?)",
                      (START, json.dumps(document)))
    for domain in ("a", "b"):
        text, = store.execute(f"SELECT document FROM incident WHERE domain = '{domain}.example.'").fetchone()
        store.execute(f"UPDATE incident SET document = ? WHERE domain = '{domain}.example.'",
                      (json.dumps(json.loads(text) | {"changes": [change | {"name": f"www.{domain}.example."}]}),))
    store.commit()
    store.close()
    with listener:
        page = listener.ask("/incidents/a.example-901", headers=HTML)[1]
        expect("Put back" in page and "Close it now" in page and "new normal" not in page, "put back: " + page[:3000])
        page = listener.ask("/incidents/b.example-902", headers=HTML)[1]
        expect("Accept as the new normal" in page and "Close it now" not in page, "it lasts")


@case
def statistics_of_the_store_have_moments_as_everywhere_else():
    with filled(ROWS) as listener:
        found = json.loads(lapwing("store", "stats", "--json", "--config", listener.path).stdout)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(found["latest"] / 1000))
        expect_equal(found["last_written"], moment, "last_written")


if __name__ == "__main__":
    main()
