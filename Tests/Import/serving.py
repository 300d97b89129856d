"""The page, the API and a running daemon: many domains pasted, uploaded, sent, and imported beside it."""

import html
import json
import re
import urllib.parse

from harness import case, expect, expect_equal, lapwing, main
from listener import Listener

CONFIG = "resolvers: {silent: 127.0.0.1:9}\nroot_hints: hints\ndomains: [{name: listed.example, interval: 1m}]\n"
HINTS = ". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n"
HTML = {"Accept": "text/html"}


def daemon():
    return Listener(CONFIG, hints=HINTS)


def upload(listener, path, file=None, **fields):
    """A form as browsers send it that have no script."""
    mark = "----mark7MA4YWxk"
    body = b"".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in fields.items())
    name, content = file or ("", b"")
    body += (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
             "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode()
    return listener.ask(path, "POST", {"Content-Type": f"multipart/form-data; boundary={mark}", **HTML}, body, timeout=60)


def post(listener, path, **fields):
    return listener.ask(path, "POST", {"Content-Type": "application/x-www-form-urlencoded", **HTML},
                        urllib.parse.urlencode(fields), timeout=60)


def confirm(listener, page):
    """Presses the button under what was looked through."""
    form = re.search(r'<input type="hidden" name="list" value="([^"]*)"><input type="hidden" name="tags" value="([^"]*)">', page)
    expect(form, f"no button: {page[-3000:]}")
    return post(listener, "/domains", list=html.unescape(form[1]), tags=html.unescape(form[2]))


def batch(listener, body, query="", kind="application/json"):
    status, text = listener.ask("/api/v1/domains:batch" + query, "POST", {"Content-Type": kind},
                                body if isinstance(body, (bytes, str)) else json.dumps(body), timeout=60)
    return status, json.loads(text)


def watched(listener):
    found, cursor = {}, ""
    while True:
        answer = json.loads(listener.ask("/api/v1/domains?limit=500" + cursor)[1])
        found.update({row["name"]: row for row in answer["domains"]})
        if not answer["next"]:
            return found
        cursor = "&cursor=" + urllib.parse.quote(answer["next"])


@case
def five_thousand_names_pasted_into_the_page():
    with daemon() as listener:
        names = "\n".join(f"d{number:04}.example" for number in range(5000))
        status, page = upload(listener, "/add", list=names, tags="bulk")
        expect_equal(status, 200, page[:500])
        expect("5,000 domains can be watched" in page and len(watched(listener)) == 1, "before the button")
        expect_equal(confirm(listener, page)[0], 303, "the button")
        found = watched(listener)
        expect_equal((len(found), found["d4999.example."]["tags"]), (5001, ["bulk"]), "watched")
        page = upload(listener, "/add", list=names + "\none.more.example")[1]
        expect("Only the first 5,000 domains" in page and "Watched already" in page, "more than are taken")


@case
def a_file_of_another_tool_is_looked_through_before_it_counts():
    zone = b"$ORIGIN zone.example.\n@ 60 IN SOA a b 1 2 3 4 5\nwww 60 IN A 192.0.2.1\n_dmarc 60 IN TXT \"v=DMARC1\"\n"
    table = "Domain;Ablaufdatum\nt.example;02.03.2027\nhttp://u.example;\nlisted.example;\n"
    with daemon() as listener:
        page = upload(listener, "/add", file=("zone.txt", zone))[1]
        expect("It is a zone file." in page and "zone.example with 3 names" in page, page[-3000:])
        expect_equal(confirm(listener, page)[0], 303, "the zone")
        expect_equal(watched(listener)["zone.example."]["options"],
                     {"names": {"@": None, "www": ["A"], "_dmarc": ["TXT"]}}, "the zone's names")
        page = upload(listener, "/add", list=table)[1]
        for text in ("t.example, registered until 2027-03-02", "line 3: `http://u.example` is a URL", "Watched already: listed.example"):
            expect(text in page, f"{text}: {page[-3000:]}")
        expect_equal(confirm(listener, page)[0], 303, "the table")
        expect_equal(watched(listener)["t.example."]["options"], {"expires": "2027-03-02"}, "the date")
        # What the form of the domain's page does not offer stays when it is sent.
        expect_equal(post(listener, "/domains/zone.example/options", interval="7m", names="@, www, _dmarc", tags="z")[0], 303, "form")
        said = watched(listener)["zone.example."]["options"]
        expect_equal(said, {"interval": "7m", "tags": ["z"], "names": {"@": None, "www": ["A"], "_dmarc": ["TXT"]}}, "kept")
        for content, reason in ((b"\xff\xfe", "it is UTF-16"), (b"a.example\n\xe4", "x:2:1: it is not UTF-8"),
                                (b"$ORIGIN a.example.\n@ 60 A 1\n", "x:2:8")):
            status, page = upload(listener, "/add", file=("x", content))
            expect(status == 200 and reason in page and "Watch " not in page.split("card")[0], f"{content}: {status}")
        for head in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"):
            expect_equal(listener.ask("/add", "POST", {"Content-Type": head, **HTML}, b"--y\r\n")[0], 400, head)
        expect_equal(upload(listener, "/add", file=("x", b"a" * (5 << 20)))[0], 413, "too large")


@case
def a_batch_by_the_api():
    with daemon() as listener:
        body = {"domains": ["a.example", {"name": "b.example", "interval": "10m", "tags": ["x"]}, "http://c.example/",
                            {"name": "d.example", "intervall": "1m"}, "listed.example"], "tags": ["bulk"]}
        status, trial = batch(listener, {**body, "dry_run": True})
        expect_equal((status, trial["dry_run"], trial["added"], trial["refused"], trial["kept"]), (200, True, 2, 2, 1), trial)
        expect_equal(len(watched(listener)), 1, "a trial")
        status, answer = batch(listener, body)
        expect_equal(status, 200, answer)
        results = {(row["name"], row["result"]) for row in answer["results"]}
        expect({("a.example.", "added"), ("b.example.", "added"), ("listed.example.", "kept"),
                ("http://c.example/", "refused")} <= results, results)
        expect(any("did you mean `interval`" in (row["reason"] or "") for row in answer["results"]), answer)
        found = watched(listener)
        expect_equal((sorted(found), found["b.example."]["tags"]), (["a.example.", "b.example.", "listed.example."], ["x", "bulk"]), "watched")
        status, again = batch(listener, body)
        expect_equal((status, again["added"], again["changed"], again["unchanged"]), (200, 0, 0, 2), again)
        status, answer = batch(listener, "e.example\nf.example\n", "?tags=t", "text/plain")
        expect_equal((status, answer["added"], watched(listener)["e.example."]["tags"]), (200, 2, ["t"]), answer)
        for text, wanted in (("{", 400), ("", 400), ("{\"a\": 1}", 400), ("\n".join(f"x{n}.example" for n in range(5001)), 413)):
            status, answer = batch(listener, text)
            expect_equal(status, wanted, answer)
        expect_equal(batch(listener, "a.example", "?format=nope")[0], 400, "format")
        expect_equal(batch(listener, "a.example", "?dry_run=perhaps")[0], 400, "dry_run")
        expect_equal(listener.ask("/api/v1/domains:batch", "POST", {"Origin": "http://evil.example"}, "z.example")[0], 403, "another site")
        expect_equal(listener.ask("/api/v1/domains%3Abatch", "POST", {}, "z.example")[0], 200, "written otherwise")


@case
def an_import_beside_a_running_daemon_counts_with_the_next_reload():
    with daemon() as listener:
        config = ["--config", listener.path]
        done = lapwing("import", "-", "--into", "store", *config, given="s.example\nt.example\n")
        expect(done.returncode == 0 and "2 new" in done.stdout, done.stdout + done.stderr)
        done = lapwing("import", "-", "--into", listener.file("conf.d"), *config, given="f.example\n")
        expect(done.returncode == 0 and "imported-input.yml" in done.stdout, done.stdout + done.stderr)
        expect_equal(sorted(watched(listener)), ["listed.example."], "before")
        expect_equal(listener.status("/-/reload", "POST"), 200, "reload")
        expect_equal(sorted(watched(listener)), ["f.example.", "listed.example.", "s.example.", "t.example."], "after")
        exported = lapwing("export", *config).stdout
        status, answer = batch(listener, exported, kind="application/yaml")
        expect_equal((status, answer["unchanged"], len(answer["results"])), (200, 4, 4), answer)
        lapwing("import", "-", "--into", "store", "--prune", *config, given="s.example\n")
        expect_equal(listener.status("/-/reload", "POST"), 200, "reload")
        expect_equal(sorted(watched(listener)), ["f.example.", "listed.example.", "s.example."], "pruned")
        for what in ("--incidents", "--history"):
            done = lapwing("export", what, *config)
            expect_equal(done.returncode, 0, done.stderr)
            for line in done.stdout.splitlines():
                json.loads(line)


main()
