"""The journal: that every act is in it with who, from where, before and after; that an export can be checked by somebody else."""

import hashlib
import hmac
import json
import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import time

from harness import case, cases, expect, expect_equal, lapwing, main, wait_for
from incidents import ROWS, filled
from listener import TREE

# Those of the suites from which something is taken are run by themselves.
cases.clear()

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def exported(listener):
    done = lapwing("export", "--journal", "--store", listener.file("lapwing.db"))
    expect_equal(done.returncode, 0, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def field(value):
    return b"-" if value is None else b"%d:%s" % (len(str(value).encode()), str(value).encode())


def come_to(lines):
    """What an export comes to, by what docs/journal.md says of it."""
    number, chain = lines[0]["number"], lines[0]["hash"]
    expect_equal(lines[0]["kind"], "journal-anchor", "the first line")
    for line in lines[1:]:
        covered = [line.get(key) for key in
                   ("number", "milliseconds", "act", "by", "from", "incident", "domain", "text", "before", "after")]
        expect_equal((line["number"], line["previous"]), (number + 1, chain), "the place of an entry")
        expect_equal(line["hash"], hashlib.sha256(chain.encode() + b"".join(map(field, covered))).hexdigest(), f"{line}")
        number, chain = line["number"], line["hash"]
    return number, chain


def script_of_the_page():
    """The script that docs/journal.md shows."""
    with open(os.path.join(TREE, "docs/journal.md")) as page:
        return re.search(r"```python\n(.*?)```", page.read(), re.S).group(1)


@case
def every_act_is_in_it():
    """acts by page, API, command and signal are in it, with who, from where, before and after"""
    with filled(ROWS[:2] + [(905, "c.example", "warning", ROWS[0][3], None)]) as listener:
        def page(path, body, status=303):
            expect_equal(listener.status(path, "POST", FORM, body), status, path)

        def api(method, path, body=None, status=202):
            found, text = listener.ask(path, method, JSON if body else {}, json.dumps(body) if body else None)
            expect_equal(found, status, path + text)
            return json.loads(text) if text.startswith("{") else None

        page("/incidents/c.example-905/acknowledge", "by=anna&hours=4")
        page("/incidents/c.example-905/acknowledge", "by=ben&hours=8")
        page("/incidents/c.example-905/note", "text=called+the+registrar")
        page("/incidents/c.example-905/silence", "hours=1")
        page("/silences/1/end", "")
        page("/domains", "name=d.example&tags=client-a")
        page("/domains/d.example/options", "interval=10m&tags=client-a")
        page("/domains/d.example/check", "")
        page("/domains/d.example/remove", "")
        page("/maintenance", "domain=c.example&to=2099-01-01T00:00:00Z&reason=move")
        page("/maintenance/1/withdraw", "")
        api("POST", "/api/v1/silences", {"domain": "c.example", "to": "2099-01-01T00:00:00Z", "reason": "known"}, 201)
        api("POST", "/api/v1/domains/c.example/check")
        api("PUT", "/api/v1/domains/e.example", {"interval": "1h"}, 201)
        api("DELETE", "/api/v1/domains/e.example", status=204)
        for words in (["acknowledge", "c.example-905", "--by", "eve"], ["accept", "c.example-905", "--by", "eve", "--yes"],
                      ["silence", "c.example", "--by", "eve"], ["announce", "c.example", "--for", "1h", "--by", "eve"]):
            done = lapwing(*words, "--config", listener.path)
            expect_equal(done.returncode, 0, f"{words} {done.stderr}")
        expect_equal(listener.reload()[0], 200, "reload")
        listener.process.send_signal(signal.SIGHUP)
        wait_for(lambda: [line for line in exported(listener) if line.get("from") == "signal"], 10, "the signal is not in it")
        listener.write("lapwing.yml", open(listener.path).read() + "nonsense: 1\n")
        expect_equal(listener.reload()[0], 500, "a file that cannot be used")
        lines = exported(listener)
        come_to(lines)
        acts = [(line["act"], line["by"], line["from"].split(", 127")[0], line.get("domain")) for line in lines[1:]]
        page, api, command = "page", "API", f"command, user {os.getuid()}"
        expect_equal(acts, [
            ("acknowledge", "anna", page, "c.example."), ("acknowledge", "ben", page, "c.example."),
            ("note", "the page", page, "c.example."), ("silence", "the page", page, "c.example."),
            ("unsilence", "the page", page, "c.example."), ("add", "the page", page, "d.example."),
            ("change", "the page", page, "d.example."), ("check", "the page", page, "d.example."),
            ("remove", "the page", page, "d.example."), ("announce", "the page", page, "c.example."),
            ("withdraw", "the page", page, "c.example."), ("silence", "the API", api, "c.example."),
            ("check", "the API", api, "c.example."), ("add", "the API", api, "e.example."),
            ("remove", "the API", api, "e.example."), ("acknowledge", "eve", command, "c.example."),
            ("accept", "eve", command, "c.example."), ("silence", "eve", command, "c.example."),
            ("announce", "eve", command, "c.example."), ("reload", "the API", api, None), ("reload", "", "signal", None),
            ("reload", "the API", api, None)], "acts")
        by = {line["number"]: line for line in lines[1:]}
        expect(by[1].get("before") is None and by[2]["before"].startswith("by anna until 20"), "before an acknowledgement")
        expect(by[2]["after"].startswith("by ben until 20"), "after an acknowledgement")
        expect_equal((json.loads(by[7]["before"]), json.loads(by[7]["after"])),
                     ({"tags": ["client-a"]}, {"interval": "10m", "tags": ["client-a"]}), "options before and after")
        expect(by[20]["before"] == by[20]["after"] == by[21]["after"] == by[22]["after"], "the files in force")
        expect("it stays as it was" in by[22]["text"], by[22]["text"])
        story = json.loads(listener.ask("/api/v1/incidents/c.example-905")[1])["acts"]
        expect_equal([act["number"] for act in story], [1, 2, 3, 4, 16, 17], "the incident's story")
        html = listener.ask("/domains/c.example", headers={"Accept": "text/html"})[1]
        expect("silenced by eve" in html and f"({command})" in html, "the domain's page")
        html = listener.ask("/incidents/c.example-905", headers={"Accept": "text/html"})[1]
        expect("acknowledged by ben" in html and "(page, 127.0.0.1)" in html, "the incident's page")


@case
def a_link_of_a_message_says_over_which_channel_it_came():
    with filled([(905, "c.example", "warning", ROWS[0][3], None)]) as listener:
        store = sqlite3.connect(listener.file("lapwing.db"))
        key = store.execute("SELECT value FROM memo WHERE key = 'link key'").fetchone()[0]
        store.close()
        words = ["acknowledge", "c.example-905", "ops", str(int(time.time()) + 3600)]
        claim = "".join(f"{len(word)}:{word}" for word in ["lapwing act", *words])
        code = hmac.new(key, claim.encode(), hashlib.sha256).hexdigest()
        path = "/act/" + "/".join([*words, code])
        expect_equal(listener.status(path), 200, "to look at it")
        expect_equal(exported(listener)[1:], [], "is no act")
        expect_equal(listener.status(path, "POST", FORM, ""), 200, "its button")
        acts = exported(listener)[1:]
        expect_equal([(line["act"], line["by"], line["from"]) for line in acts],
                     [("acknowledge", "a link sent over ops", "link, 127.0.0.1")], "the journal")
        expect_equal(listener.status(path[:-1] + ("0" if path[-1] != "0" else "1"), "POST", FORM, ""), 403, "a changed link")
        come_to(exported(listener))


@case
def an_export_is_checked_by_the_script_of_the_page():
    with filled(ROWS[:1]) as listener:
        for number in range(3):
            listener.status(f"/incidents/{ROWS[0][1]}-901/note", "POST", FORM, f"text=remark+{number}+%C3%A9%0Aline")
        lines = exported(listener)
        number, chain = come_to(lines)
        expect_equal(number, 3, "entries")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "journal.jsonl")

            def check(lines):
                with open(path, "w") as out:
                    out.writelines(json.dumps(line) + "\n" for line in lines)
                return subprocess.run(["python3", "-c", script_of_the_page(), path], capture_output=True, text=True)
            expect_equal(check(lines).stdout, f"3 entries come to {chain}\n", "the script of the page")
            lines[2]["text"] = "another"
            expect_equal(check(lines).stderr, "entry 2 is not what was written\n", "a changed export")


@case
def a_changed_byte_in_the_file_is_found_and_named():
    with filled(ROWS[:1]) as listener:
        for number in range(4):
            listener.status(f"/incidents/{ROWS[0][1]}-901/note", "POST", FORM, f"text=remark+{number}")
        _, chain = come_to(exported(listener))
        done = lapwing("store", "check", "--config", listener.path)
        expect(done.returncode == 0 and f"journal: entries 1 to 4, which come to {chain}" in done.stdout, done.stdout)
    path = listener.file("lapwing.db")
    store = sqlite3.connect(path)
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    with open(path, "r+b") as file:
        data = file.read()
        place = data.index(b"a.example.remark 2")
        file.seek(place + 17)
        file.write(b"9")
    done = lapwing("store", "check", "--config", listener.path)
    expect_equal(done.returncode, 2, done.stdout)
    expect("entry 3 of the journal is not what was written\n" in done.stdout, done.stdout)


@case
def the_page_and_the_api_list_it():
    """newest first, narrowed by domain, person and kind, page by page, and for each what he may see"""
    with filled([*ROWS[:2], (905, ROWS[1][1], "warning", ROWS[0][3], None)]) as listener:
        for number in range(105):
            listener.status(f"/incidents/{ROWS[0][1]}-901/note", "POST", FORM, f"text=remark+{number}")
        listener.status(f"/incidents/{ROWS[1][1]}-905/acknowledge", "POST", FORM, "by=Ben+<b>")
        listener.status("/-/reload", "POST")

        def api(query="", status=200, headers=None):
            found, text = listener.ask("/api/v1/journal" + query, headers=headers or {})
            expect_equal(found, status, text)
            return json.loads(text)

        def page(query="", headers=None):
            status, text = listener.ask("/journal" + query, headers={"Accept": "text/html", **(headers or {})})
            expect_equal(status, 200, text[:500])
            return text
        whole = api("?limit=500")
        expect_equal(([entry["number"] for entry in whole["entries"]], whole["next"]), (list(range(107, 0, -1)), None), "all of it")
        lines = exported(listener)[1:]
        expect_equal([(entry["number"], entry["hash"], entry["by"], entry["from"], entry.get("domain"), entry.get("incident")) for entry in reversed(whole["entries"])],
                     [(line["number"], line["hash"], line["by"], line["from"], line.get("domain"), line.get("incident")) for line in lines], "as the export has it")
        numbers, query = [], "?limit=40"
        while query:
            part = api(query)
            numbers += [entry["number"] for entry in part["entries"]]
            query = part["next"] and "?limit=40&cursor=" + part["next"]
        expect_equal(numbers, list(range(107, 0, -1)), "page by page")
        for query, count in (("?act=note", 105), ("?act=reload", 1), ("?person=ben", 1), ("?person=%25", 0), (f"?domain={ROWS[1][1]}", 1),
                             (f"?domain={ROWS[0][1]}&act=note&person=page", 105), ("?domain=nobody.example", 0)):
            expect_equal(len(api(query + "&limit=500")["entries"]), count, query)
        for query in ("?act=x", "?limit=0", "?limit=501", "?cursor=x", "?cursor=eA==", "?domain=a..b"):
            api(query, 400)
        text = page()
        expect("acknowledged by Ben &lt;b&gt;" in text and "no. 107<" in text and "no. 8<" in text and "no. 7<" not in text, text[-2000:])
        following = re.search(r'rel="next" href="([^"]+)"', text).group(1).replace("&amp;", "&")
        text = page(following.removeprefix("/journal"))
        expect("no. 7<" in text and "no. 8<" not in text and 'rel="next"' not in text, text[-2000:])
        text = page("?domain=a..b&person=x&act=nonsense&before=zzz")
        expect("✕" in text and "No entry matches." in text, text[-1500:])
        for query, words in (("?act=reload", "configuration read again"), ("?person=BEN", "acknowledged by Ben"), (f"?domain={ROWS[1][1]}", "acknowledged by Ben")):
            text = page(query)
            expect(words in text and "remark" not in text, f"{query}: {text[-1500:]}")
        # Who came in and what is about no domain is for those who run the place.
        token = lapwing("token", "create", "t", "--role", "act", "--store", listener.file("lapwing.db")).stdout.strip()
        mine = {"Authorization": "Bearer " + token}
        expect_equal(len(api("?limit=500", headers=mine)["entries"]), 106, "those about domains")
        text = page("?act=token", mine)
        expect("token created" not in text and "operators see all" in text, text[-1500:])
        tagged = lapwing("token", "create", "u", "--role", "run", "--tag", "nobody", "--store", listener.file("lapwing.db")).stdout.strip()
        expect_equal(api(headers={"Authorization": "Bearer " + tagged}), {"entries": [], "next": None}, "for somebody who sees no domain")


if __name__ == "__main__":
    main()
