"""What people enter and find on the pages: names that are none, lists, silences, who is told what, dates for a calendar."""

import json
import os
import re
import subprocess
import tempfile
import urllib.parse

from harness import LAPWING, case, expect, expect_equal, lapwing, main
from listener import Listener

CONFIG = """\
resolvers: {silent: 127.0.0.1:9}
root_hints: hints
domains: [listed.example]
channels:
  ops: {webhook: {url: "http://127.0.0.1:9/ops"}}
  pager: {pagerduty: {routing_key: "0123456789abcdef0123456789abcdef"}}
routes:
  - {to: ops, severity: warning, changes: true, digest: {at: "08:30", zone: UTC}}
  - {to: pager, severity: critical}
"""
HINTS = ". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n"
NONE = [("https://example.com/", "is a URL; the domain in it is example.com"), ("info@example.com", "address of mail"),
        ("d1.com,d2.com", "a list of 2"), ("exa mple.com", "a blank"), ("example..com", "a label is empty"),
        ("com", "a public suffix"), ("192.0.2.1", "an address")]
HTML = {"Accept": "text/html"}


def daemon(config=CONFIG):
    return Listener(config, hints=HINTS)


def post(listener, path, **fields):
    body = urllib.parse.urlencode(fields)
    return listener.ask(path, "POST", {"Content-Type": "application/x-www-form-urlencoded", **HTML}, body)


def add(listener, name, **options):
    status, text = listener.ask("/api/v1/domains", "POST", {"Content-Type": "application/json"},
                                json.dumps({"name": name, **options}))
    return status, json.loads(text)


@case
def what_is_no_domain_is_refused_with_the_reason_wherever_it_is_entered():
    with daemon() as listener:
        for name, reason in NONE:
            status, answer = add(listener, name)
            expect(status == 400 and reason in answer["detail"], f"API, {name}: {status} {answer}")
            status, page = post(listener, "/domains", name=name)
            expect(status == 400 and reason in page, f"page, {name}: {status}")
            expect(f'>{name}</textarea>' in page, f"page, {name}: what was typed is lost")
            for command in (["check", name], ["init", "--config", "-", name]):
                done = lapwing(*command)
                expect(done.returncode == 64 and reason in done.stderr, f"{command}: {done.returncode} {done.stderr}")
            listener.configure(CONFIG.replace("listed.example", json.dumps(name)))
            status, text = listener.reload()
            expect(status == 500 and re.search(r"lapwing.yml:\d+:\d+: error: domains\[0\]: ", text) and reason in text,
                   f"file, {name}: {status} {text}")
        expect_equal(add(listener, "co.uk", suffix=True)[0], 201, "a suffix that is meant")
        expect_equal(len(json.loads(listener.ask("/api/v1/domains")[1])["domains"]), 2, "domains")


@case
def a_list_is_looked_through_before_it_is_watched():
    with daemon() as listener:
        status, page = post(listener, "/add", list="one.example, two.example\n# not this\r\nhttps://three.example/ LISTED.example\r\nexa mple.com\nco.uk",
                            tags="client-a")
        expect_equal(status, 200, "status")
        for text in ("2 domains can be watched", "is a URL; the domain in it is three.example", "Watched already: listed.example",
                     "`exa mple.com` is no domain name", "`co.uk` is a public suffix"):
            expect(text in page, f"{text}: {page}")
        expect_equal(len(json.loads(listener.ask("/api/v1/domains")[1])["domains"]), 1, "watched before anybody said so")
        status, _ = post(listener, "/domains", list="one.example\ntwo.example", tags="client-a")
        expect_equal(status, 303, "status")
        found = {row["name"]: row["tags"] for row in json.loads(listener.ask("/api/v1/domains")[1])["domains"]}
        expect_equal(found, {"listed.example.": [], "one.example.": ["client-a"], "two.example.": ["client-a"]}, "domains")


@case
def the_page_of_channels_says_what_is_told_to_whom():
    with daemon() as listener:
        page = listener.ask("/channels", headers=HTML)[1]
        told = re.findall(r'<td data-head="Sent to">((?:at once|in the digest|kept)[^<]*)</td>', page)
        expect_equal(told, ["at once: ops, pager", "at once: ops", "at once: ops", "in the digest: ops", "kept: page, API, log"],
                     "what is told")
        expect("08:30 UTC" in page, "the digest's hour")
        for path in ("/maintenance", "/silences", "/channels"):
            expect(f'<a href="{path}"' in listener.ask("/", headers=HTML)[1], f"{path} is not in the navigation")


@case
def a_silence_is_seen_and_can_be_ended():
    with daemon() as listener:
        status, text = listener.ask("/api/v1/silences", "POST", {"Content-Type": "application/json"}, json.dumps(
            {"domain": "listed.example", "to": "2099-01-01T00:00:00Z", "reason": "the move"}))
        expect_equal(status, 201, text)
        number = json.loads(text)["id"]
        for path in ("/silences", "/domains/listed.example"):
            page = listener.ask(path, headers=HTML)[1]
            expect("the move" in page and f'action="/silences/{number}/end"' in page, f"{path}: {page}")
        expect("silenced" in listener.ask("/domains", headers=HTML)[1], "no mark on the board")
        expect_equal(post(listener, f"/silences/{number}/end")[0], 303, "ending it")
        expect_equal(post(listener, f"/silences/{number}/end")[0], 404, "ending it twice")
        expect("the move" not in listener.ask("/silences", headers=HTML)[1], "still there")


@case
def dates_come_as_a_table_and_as_a_calendar():
    with daemon() as listener:
        expect(listener.ask("/expiry.csv")[1].startswith("domain,what,ends\r\n"), "no table")
        calendar = listener.ask("/expiry.ics")[1].split("\r\n")
        expect_equal((calendar[0], calendar[-2]), ("BEGIN:VCALENDAR", "END:VCALENDAR"), "calendar")
        for days in ("30", "90", "all", "x"):
            page = listener.ask(f"/expiry?days={days}", headers=HTML)[1]
            expect("listed.example" in page.split("Not known")[1], "what is not known is not said")


@case
def domains_are_listed_in_the_order_that_is_asked_for():
    listed = ", ".join(f"d{number:03}.example" for number in reversed(range(120)))
    with daemon(CONFIG.replace("listed.example", listed)) as listener:
        def shown(query):
            return re.findall(r'class="name" href="/domains/([^"]+)"', listener.ask("/domains" + query, headers=HTML)[1])
        pages = [shown("?sort=name"), shown("?sort=name&page=2"), shown("?sort=name&page=3"), shown("?sort=name&page=4")]
        expect_equal([len(page) for page in pages], [50, 50, 20, 0], "pages")
        expect_equal(sum(pages, []), [f"d{number:03}.example" for number in range(120)], "by name")
        expect_equal(len(shown("?sort=expiry&q=d11")), 10, "by expiry, narrowed")
        for query in ("?sort=x", "?sort=name&page=-1", "?sort=name&page=99999999999999999999"):
            expect_equal(len(shown(query)), 50, query)
        expect('href="/domains?sort=name&amp;page=3"' in listener.ask("/domains?sort=name&page=2", headers=HTML)[1], "no next")


@case
def the_table_is_sorted_by_its_headings():
    tagged = "domains: [{name: a.example, tags: [z]}, b.example, {name: c.example, tags: [y, k]}]"
    with daemon(re.sub(r"domains: .*", tagged, CONFIG)) as listener:
        page = listener.ask("/domains?sort=tags", headers=HTML)[1]
        expect_equal(re.findall(r'class="name" href="/domains/([^"]+)"', page), ["c.example", "a.example", "b.example"], "by tags")
        expect('<a href="/domains?sort=expiry">Registered until</a>' in page and 'aria-sort="ascending"' in page, "headings")


@case
def a_domain_that_was_taken_out_can_be_taken_back():
    with daemon() as listener:
        text = json.dumps({"name": "gone.example", "interval": "7m", "tags": ["client-a"], "ttl": {"low": "30s"}})
        expect_equal(listener.ask("/api/v1/domains", "POST", {"Content-Type": "application/json"}, text)[0], 201, "added")
        kept = json.loads(listener.ask("/api/v1/domains/gone.example")[1])["options"]
        status, _ = post(listener, "/domains/gone.example/remove")
        expect_equal(status, 303, "taken out")
        page = listener.ask("/domains?stopped=gone.example", headers=HTML)[1]
        expect("gone.example is no longer watched" in page and "/domains/gone.example/restore" in page, "the way back")
        # An address says nothing that was not so.
        for name in ("never.example", "listed.example", "%22"):
            expect("/restore" not in listener.ask(f"/domains?stopped={name}", headers=HTML)[1], name)
        expect_equal(post(listener, "/domains/never.example/restore")[0], 410, "never there")
        expect_equal(post(listener, "/domains/gone.example/restore")[0], 303, "taken back")
        again = json.loads(listener.ask("/api/v1/domains/gone.example")[1])
        expect_equal((again["options"], again["interval"], again["tags"]), (kept, 420, ["client-a"]), "as it was watched")
        expect("/restore" not in listener.ask("/domains?stopped=gone.example", headers=HTML)[1], "it is back")


@case
def mistyped_commands_are_met_with_a_suggestion():
    for words, text in ((["chekc", "x"], "did you mean `check`"), (["frobnicate"], "there is no command"),
                        (["query", "example.com", "+shrot"], "+short"), (["simulate", "/nope"], "cannot be read"),
                        (["config", "check", "/nope/lapwing.yml"], "there is no such file"),
                        (["check", "--oops"], "lapwing check: there is no option `--oops`\n`lapwing check --help`"),
                        (["check", "example.com", "--jsno"], "there is no option `--jsno`; did you mean `--json`?\n"),
                        (["check"], "lapwing check: missing expected argument"),
                        (["store", "stats", "--sotre", "x"], "lapwing store stats: there is no option `--sotre`"),
                        (["check", "example.com", "--at", "noon"], "`noon` is no time")):
        done = lapwing(*words)
        expect(done.returncode in (64, 78) and text in done.stderr, f"{words}: {done.returncode} {done.stderr}")
        expect(len(done.stderr.splitlines()) <= 4, f"{words}: {done.stderr}")
    expect_equal(lapwing().returncode, 64, "nothing said")
    expect_equal(lapwing("version").returncode, 0, "version")


@case
def a_port_that_is_taken_is_said_before_anything_starts():
    with daemon() as listener:
        done = lapwing("demo", "--port", str(listener.port), timeout=20)
        expect(done.returncode == 1 and "is in use" in done.stderr and not done.stdout, f"{done.stdout}{done.stderr}")


@case
def what_cannot_be_read_written_or_listened_on_is_said_in_words():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        os.mkdir(folder + "/closed", 0o555)
        os.chmod(folder + "/closed", 0o555)

        def run(config):
            path = folder + "/lapwing.yml"
            if config is not None:
                with open(path, "w") as file:
                    file.write(config)
            # Nothing is closed to root.
            account = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
            return subprocess.run([*account, LAPWING, "run", "--config", path if config is not None else folder],
                                  capture_output=True, text=True, timeout=20, cwd=folder)
        for config, code, text in (
                (None, 78, "this is a folder, not a file"),
                (f"store: {folder}/closed/x.db\nlisten: '127.0.0.1:0'\n", 1, f"this account cannot write in {folder}/closed"),
                (f"store: {folder}/closed/new/x.db\nlisten: '127.0.0.1:0'\n", 1, "cannot be made: "),
                (f"store: {folder}/x.db\nlisten: '192.0.2.77:9053'\nweb: {{insecure: true}}\n", 1, "this machine has no such address")):
            done = run(config)
            expect(done.returncode == code and text in done.stderr, f"{config}: {done.returncode} {done.stdout}{done.stderr}")
            expect("watching" not in done.stderr and "Domain=" not in done.stderr, done.stderr)


main()
