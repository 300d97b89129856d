"""Pages of clients: whose links open them, whose do not, and what nobody reads there of others."""

import base64
import datetime
import http.server
import json
import re
import sqlite3
import threading
import time

from harness import case, expect, expect_equal, lapwing, main, wait_for
from listener import Listener, basic, hash_of

HTML = {"Accept": "text/html"}
LOGO = ("data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24"><script>alert(1)</script><rect width="80" height="24"/></svg>').decode())
FROM = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).replace(microsecond=0)
DOMAINS = f"""\
resolvers: {{silent: 127.0.0.1:9}}
root_hints: hints
domains:
  - {{name: acme-shop.example, tags: [client-a], expires: 2030-05-06}}
  - {{name: acme-mail.example, tags: [client-a]}}
  - {{name: byte-games.example, tags: [client-b], expires: {(FROM + datetime.timedelta(days=20)).isoformat()[:10]}}}
  - {{name: nobodys.example}}
maintenance:
  - domains: [acme-shop.example]
    from: {FROM.isoformat()[:19]}Z
    to: {(FROM + datetime.timedelta(hours=2)).isoformat()[:19]}Z
    reason: "secret reason: we move byte-games.example too"
"""


def config(acme="", byte=""):
    return DOMAINS + f"""\
clients:
  acme: {{tags: [client-a], name: "Acme <GmbH> & Co", logo: "{LOGO}", colour: "#AA5500"{acme}}}
  byte: {{tags: client-b{byte}}}
"""


def daemon(text=None, **files):
    return Listener(text or config(), hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n", **files)


def incident(domain, number, headline, closed=None, severity="critical", kind="servers.silent", sort="authority-outage"):
    at = int(time.time() * 1000) - 3_600_000 * (number + 1)
    document = {"id": f"{domain}-{number}", "domain": domain, "cause": "loss", "code": kind, "incidentClass": sort,
                "severity": severity, "since": at, "openedAt": at, "lastFound": at,
                "text": {"headline": headline, "facts": ["secret fact"], "grounds": []}, "changes": [], "paged": True,
                "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1, "evidence": []}
    if closed:
        document["closedAt"] = at + closed * 1000
    return document


def month():
    """The month in which the incidents of `fill` began: in the first hours of a month it is the one before."""
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=3)).strftime("%Y-%m")


def fill(listener):
    """Incidents, changes and days of everybody."""
    now = int(time.time() * 1000)
    rows = [incident("acme-shop.example.", 1, "ns1.secret-host.example is silent, as for byte-games.example", closed=600),
            incident("acme-shop.example.", 2, "plain words of acme-shop.example", closed=300),
            incident("byte-games.example.", 1, "ns9.secret-host.example is silent", closed=600),
            incident("nobodys.example.", 1, "nobody knows", closed=60)]
    change = {"kind": "MX", "name": "acme-shop.example.", "old": ["10 mx.secret-host.example."], "new": ["10 mx.byte-games.example."],
              "seenBy": ["ns1.secret-host.example."]}
    with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
        for row in rows:
            store.execute("INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          (row["id"], row["domain"], row["incidentClass"], row["severity"], row["openedAt"], row["openedAt"],
                           row.get("closedAt"), json.dumps(row)))
        store.execute("INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, 15, ?, ?)",
                      ("acme-shop.example.", "acme-shop.example.", now - 60_000, json.dumps(change)))
        today = now // 86_400_000
        for back in (1, 2, 3, 5):
            store.execute("INSERT OR REPLACE INTO day VALUES (?, ?, 10, 0, 9, 1, 10, 0, 10, 120, 10, 250, NULL, 1)",
                          (today - back, "acme-shop.example."))


def pages(listener):
    """The paths of the clients' pages, as the page for those who run it shows them."""
    text = listener.ask("/clients", headers=HTML)[1]
    found = dict(re.findall(r'href="http://127.0.0.1:%d(/client/(?:acme|byte)/[^"]+)"><code>[^<]*/client/(acme|byte)/' % listener.port, text))
    return {name: path for path, name in found.items()}


def whole(listener, path, headers=()):
    """Status, body and headers."""
    connection = listener.connection()
    connection.request("GET", path, headers={**HTML, **dict(headers)})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, {name.lower(): value for name, value in answer.headers.items()}


def told(*arguments):
    """What a command prints."""
    done = lapwing(*arguments)
    expect_equal(done.returncode, 0, f"{arguments}: {done.stderr}")
    return done.stdout


def everything(listener, path):
    """All that an address gives: the page and what lies below it."""
    periods = {month(), datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")}
    parts = {path: listener.ask(path, headers=HTML)[1]}
    for file in ("report.html", "report.csv", "report.json"):
        for query in [*(f"?period={period}" for period in periods), ""]:
            parts[f"{path}/{file}{query}"] = listener.ask(f"{path}/{file}{query}", headers=HTML)[1]
    parts[f"{path}/style.css"] = listener.ask(f"{path}/style.css")[1]
    return parts


@case
def a_link_opens_the_page_of_one_client():
    with daemon() as listener:
        fill(listener)
        paths = pages(listener)
        expect_equal(sorted(paths), ["acme", "byte"], "addresses")
        status, text, headers = whole(listener, paths["acme"])
        expect_equal(status, 200, text)
        expect("Acme &lt;GmbH&gt; &amp; Co" in text and "<GmbH>" not in text, "the name is text")
        expect("acme-shop.example" in text and "acme-mail.example" in text, text)
        expect("Name servers of the domain did not answer." in text, "an incident in plain words")
        expect('href="%s/style.css"' % paths["acme"] in text and 'src="%s/logo"' % paths["acme"] in text, text)
        expect(not re.search(r"<script(?![^>]*\bsrc=)", text) and " style=" not in text and "<style" not in text, "something is inline")
        expect("90 days: " in text and "86 not recorded" in text, "days without looks are not good")
        expect("set-cookie" not in headers, "a cookie")
        policy = headers["content-security-policy"]
        expect("unsafe" not in policy and "data:" not in policy and "default-src 'none'" in policy, policy)
        sheet = listener.ask(paths["acme"] + "/style.css")[1]
        expect("--brand:#aa5500" in sheet, sheet[-200:])
        status, _, kind = whole(listener, paths["acme"] + "/logo")
        expect_equal((status, kind["content-type"]), (200, "image/svg+xml"), "the logo")
        expect("default-src 'none'" in kind["content-security-policy"], "a script in a logo is not run")
        expect_equal(listener.status(paths["byte"] + "/logo"), 404, "a logo that is not there")


@case
def nothing_of_others_is_on_it():
    secrets = ["byte-games", "nobodys", "secret-host", "secret reason", "secret fact", "client-b", "client-a", "acme-shop.example-1", "byte"]
    with daemon() as listener:
        fill(listener)
        for place, text in everything(listener, pages(listener)["acme"]).items():
            for secret in secrets:
                # Of a code any letters may be a part.
                expect(secret not in re.sub(r"/client/acme/[0-9a-f]{64}", "", text), f"{secret} is at {place}")
    with daemon(config(acme=", details: true")) as listener:
        fill(listener)
        found = everything(listener, pages(listener)["acme"])
        for place, text in found.items():
            for secret in ("byte-games", "nobodys", "client-b", "secret fact"):
                expect(secret not in text, f"{secret} is at {place} with details")
        expect("plain words of acme-shop.example" in "".join(found.values()), "details are not shown")
        expect("10 mx.secret-host.example" in "".join(found.values()), "values are not shown")


@case
def domains_that_are_not_public_are_counted():
    for more in ("", ", details: true"):
        with daemon(config(acme=", domains_public: false" + more)) as listener:
            fill(listener)
            for place, text in everything(listener, pages(listener)["acme"]).items():
                expect("acme-shop" not in text and "acme-mail" not in text and "secret-host" not in text, f"a name is at {place}")
                if "style.css" not in place and "report" not in place:
                    expect("Domain 1" in text and "Domain 2" in text and "Domain 3" not in text, text)


@case
def what_is_guessed_changed_or_revoked_is_not_found():
    with daemon() as listener:
        paths = pages(listener)
        path, other = paths["acme"], paths["byte"]
        code = path.rsplit("/", 1)[1]
        wrong = [f"/client/acme/{other.rsplit('/', 1)[1]}", f"/client/nobody/{code}", f"/client/ACME/{code}", f"/client/acme/{code[:-1]}",
                 f"/client/acme/{code}0", f"/client/acme/{code.upper()}", "/client/acme/none", f"/client/acme/{'0' * 64}",
                 f"/client/acme%00/{code}", f"/client/acme/%2e%2e/{code}"]
        for place in range(0, len(code), 7):
            wrong.append(f"/client/acme/{code[:place]}{'0' if code[place] != '0' else '1'}{code[place + 1:]}")
        bodies = set()
        for one in wrong:
            for file in ("", "/report.html", "/style.css", "/logo"):
                status, text = listener.ask(one + file, headers=HTML)[:2]
                expect_equal(status, 404, f"{one}{file}")
                if one.count("/") == 3:
                    bodies.add(text)
        expect_equal(len(bodies), 1, f"what is wrong can be told apart: {bodies}")
        expect("Board" not in bodies.pop(), "a stranger sees the frame of the pages")
        for file in ("report.pdf", "../report.html", "lapwing.db", "report"):
            expect(listener.status(f"{path}/{file}") in (404,), file)
        for query in ("2026", "2026-13", "x" * 5000, "0001-01-01_9999-12-31", "2025-01-01_2026-12-31"):
            expect_equal(listener.status(f"{path}/report.html?period={query}"), 400, query[:40])
        expect_equal(listener.status(path), 200, "the link itself")
        listener.configure(config(acme=", link: 2"))
        expect_equal(listener.reload()[0], 200, "the reload")
        for file in ("", "/report.html", "/style.css", "/logo"):
            expect_equal(listener.status(path + file), 404, f"a link that was revoked{file}")
        fresh = pages(listener)
        expect(fresh["acme"] != path and listener.status(fresh["acme"]) == 200, "the new link")
        expect_equal(fresh["byte"], other, "the link of another client")


@case
def a_link_opens_nothing_else_and_wants_no_password():
    users = f"basic_auth_users: {{anna: '{hash_of('secret')}'}}\n"
    with daemon("web: {config_file: web.yml}\n" + config(), web_yml=users) as listener:
        said = json.loads(told("clients", "--config", listener.path, "--json"))
        expect_equal([(row["key"], row["domains"]) for row in said], [("acme", 2), ("byte", 1)], "as the command has it")
        path = "/" + said[0]["page"].split("/", 3)[3]
        expect_equal(listener.status(path), 200, "without a password")
        for other in ("/", "/clients", "/reports/report.html", "/api/v1/clients", "/api/v1/reports/2026-10", "/domains/acme-shop.example"):
            expect_equal(listener.status(other), 401, other)
        anna = basic("anna", "secret")
        report = json.loads(listener.ask("/api/v1/reports/2026-10?client=byte", headers=anna)[1])
        expect_equal([domain["domain"] for domain in report["domains"]], ["byte-games.example"], "the report of a client")
        expect_equal(len(json.loads(listener.ask("/api/v1/reports/2026-W44", headers=anna)[1])["domains"]), 4, "of all")
        expect_equal(listener.status("/api/v1/reports/2026-10?client=none", headers=anna), 404, "a client that is not there")
        expect_equal(listener.status("/api/v1/reports/none", headers=anna), 400, "no period")


@case
def a_password_stands_in_the_place_of_a_link():
    listed = f", password: '{hash_of('right')}'"
    with daemon() as listener:
        link = pages(listener)["acme"]
        listener.configure(config(acme=listed))
        expect_equal(listener.reload()[0], 200, "the reload")
        expect_equal(listener.status(link), 404, "the link of a page that has a password")
        path = pages(listener)["acme"]
        expect_equal(path, "/client/acme/-", "the address")
        for headers in ({}, basic("acme", "wrong"), basic("byte", "right"), basic("", "right"), {"Authorization": "Basic !"},
                        {"Authorization": "Bearer right"}):
            for file in ("", "/report.html", "/style.css", "/logo"):
                expect_equal(listener.status(path + file, headers=headers), 401, f"{headers} {file}")
        for other in ("/client/byte/-", "/client/nobody/-"):
            for headers in ({}, basic("byte", ""), basic("byte", "right"), basic("acme", "right"), basic("nobody", "right")):
                expect_equal(listener.status(other, headers=headers), 401, f"{other} {headers}")
        for attempt in range(2):
            text = listener.ask(path, headers={**HTML, **basic("acme", "right")})[1]
            expect("acme-shop.example" in text and "byte-games" not in text, text)
        listener.configure(config(acme=f", password: '{hash_of('other')}'"))
        expect_equal(listener.reload()[0], 200, "the reload")
        expect_equal(listener.status(path, headers=basic("acme", "right")), 401, "a password of before")


LANGUAGES = {
    "en": ("en", "The last 90 days", "Name servers of the domain did not answer.", "section,domain,what"),
    "de": ("de", "Die letzten 90 Tage", "Nameserver der Domain antworteten nicht.", "abschnitt,domain,was"),
    "fr": ("fr", "Les 90 derniers jours", "Des serveurs de noms du domaine ne répondaient pas.", "section,domaine,objet"),
    "es": ("es", "Los últimos 90 días", "Servidores de nombres del dominio no respondían.", "sección,dominio,qué"),
    "pt": ("pt-BR", "Os últimos 90 dias", "Servidores de nomes do domínio não respondiam.", "seção,domínio,o quê"),
    "ru": ("ru", "Последние 90 дней", "Серверы имён домена не отвечали.", "раздел,домен,что"),
}


@case
def each_language_is_there_and_chosen_in_three_ways():
    period = month()
    with daemon() as listener:
        fill(listener)
        path = pages(listener)["acme"]
        reports = set()
        for code, (tag, heading, sentence, columns) in LANGUAGES.items():
            for name, (status, text, headers) in {
                    "by the address": whole(listener, f"{path}?lang={code}"),
                    "by the browser": whole(listener, path, {"Accept-Language": f"xx, {code}-XX;q=0.7, zz;q=0.9"})}.items():
                expect_equal((status, headers["content-language"]), (200, tag), f"{code} {name}")
                expect(f'<html lang="{tag}" dir="ltr">' in text and heading in text and sentence in text, f"{code} {name}: {text}")
                expect("Accept-Language" in headers.get("vary", ""), f"{code} {name}: {headers}")
                expect("set-cookie" not in headers, "a cookie")
                for other, (its_tag, *_) in LANGUAGES.items():
                    expect(f'href="{path}?lang={other}" lang="{its_tag}" hreflang="{its_tag}"' in text, f"no way from {code} to {other}")
                expect(text.count('aria-current="true"') == 1, "which language it is")
                # What was chosen on the page goes on in its reports.
                expect((f"period={period}&amp;lang={code}" in text) == (name == "by the address"), f"{code} {name}")
            text = whole(listener, f"{path}/report.html?period={period}&lang={code}")[1]
            expect(f'<html lang="{tag}"' in text and sentence in text, f"the report in {code}")
            expect(f'href="{path}?lang={code}">' in text, "the way back")
            expect(whole(listener, f"{path}/report.csv?period={period}&lang={code}")[1].startswith(columns), f"the table in {code}")
            report = json.loads(whole(listener, f"{path}/report.json?period={period}&lang={code}")[1])
            reports.add(json.dumps({**report, "made": ""}))
        expect_equal(len(reports), 1, "JSON is not the same in each language")
        for query in ("lang=xx", "lang=", "lang=%00", "lang=" + "d" * 5000, "lang[]=de"):
            status, text, _ = whole(listener, f"{path}?{query}")
            expect(status == 200 and '<html lang="en"' in text, query[:40])
        # Who is not told the page is told in a language of his own; whose page it would be says nothing.
        for one in (f"/client/acme/{'0' * 64}", "/client/nobody/-x"):
            status, text, headers = whole(listener, one, {"Accept-Language": "ru"})
            expect_equal((status, text, headers["content-language"]), (404, "Такой страницы нет.\n", "ru"), one)
        status, text, headers = whole(listener, f"{path}/report.html?period=2026", {"Accept-Language": "de"})
        expect(status == 400 and text.startswith("Ein Zeitraum ist ein Monat") and headers["content-language"] == "de", text)


@case
def a_client_has_a_language_and_clocks_of_its_own():
    with daemon(config(acme=", language: de, zone: Asia/Kolkata", byte=f", language: fr, password: '{hash_of('right')}'")) as listener:
        fill(listener)
        path = pages(listener)["acme"]
        status, text, headers = whole(listener, path, {"Accept-Language": "fr"})
        expect('<html lang="de"' in text and "Accept-Language" not in headers.get("vary", ""), "the language of the client")
        expect("Zeitzone Asia/Kolkata" in text and "data-clocks" not in text and "UTC</time>" not in text, text)
        local = FROM + datetime.timedelta(hours=5, minutes=30)
        expect(f'<time datetime="{FROM.isoformat()[:19]}Z">{local.strftime("%d.%m.%Y, %H:%M")}</time>' in text, text)
        expect('<html lang="es"' in whole(listener, path + "?lang=es")[1], "what is chosen goes before it")
        # To strangers the language of the client is not told: they know by it that there is one.
        for one in ("/client/byte/-", "/client/nobody/-"):
            status, text, headers = whole(listener, one, {"Accept-Language": "es"})
            expect_equal((status, text, headers["content-language"]), (401, "Esta página está protegida con una contraseña.\n", "es"), one)
        report = told("report", "--config", listener.path, "--client", "acme", "--format", "html")
        expect('<html lang="de"' in report and "Domain-Bericht" in report, "of the command")
        report = told("report", "--config", listener.path, "--client", "acme", "--language", "ru")
        expect('<html lang="ru"' in report and "Отчёт о доменах" in report, "of the command in another language")
    with daemon() as listener:
        path = pages(listener)["acme"]
        text = whole(listener, path)[1]
        expect(f'<script src="{path}/times.js" defer></script>' in text and "UTC</time>" in text, "times that the browser can put right")
        status, script, headers = whole(listener, path + "/times.js")
        expect(status == 200 and headers["content-type"].startswith("text/javascript") and "Intl.DateTimeFormat" in script, script)


@case
def where_nothing_was_recorded_nothing_is_called_good():
    with daemon() as listener:
        period = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m")
        text = whole(listener, f"{pages(listener)['acme']}/report.html?period={period}")[1]
        expect('class="tile idle"' in text and 'class="tile good"' not in text, text)


@case
def the_command_makes_the_same_report():
    with daemon() as listener:
        fill(listener)
        period = month()
        made = json.loads(told("report", "--config", listener.path, "--client", "acme", "--month", period, "--format", "json"))
        shown = json.loads(listener.ask(f"{pages(listener)['acme']}/report.json?period={period}")[1])
        for one in (made, shown):
            one.pop("made")
        expect_equal(made, shown, "the command and the page")
        page = told("report", "--config", listener.path, "--client", "acme", "--month", period)
        expect(page.startswith("<!doctype html>") and "http://127" not in page and LOGO in page, page[:300])
        expect("byte-games" not in page and "secret-host" not in page, "something of others")
        table = told("report", "--config", listener.path, "--from", FROM.isoformat()[:10], "--to", FROM.isoformat()[:10], "--format", "csv")
        expect("byte-games.example" in table and table.startswith("section,domain,what"), table[:300])


@case
def a_report_is_sent_when_its_week_is_over():
    taken = []

    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *unused):
            pass

    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    text = config() + f"""\
channels: {{desk: {{webhook: {{url: "http://127.0.0.1:{sink.server_port}/"}}}}}}
reports: [{{client: acme, every: week, to: desk}}]
"""

    def reports():
        return [one for one in taken if one.get("purpose") == "report"]

    def noted():
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            row = store.execute("SELECT value FROM memo WHERE key = 'reports'").fetchone()
            return json.loads(row[0]) if row else None

    with daemon(text) as listener:
        fill(listener)
        wait_for(noted, 15, "the order is not noted")
        last = noted()
        expect(not reports(), "sent of a time before it was ordered")
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            store.execute("UPDATE memo SET value = ? WHERE key = 'reports'", (json.dumps({key: "2026-W01" for key in last}).encode(),))

        def outbox():
            with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
                rows = store.execute("SELECT id, channel, finished, receipt FROM notice ORDER BY id").fetchall()
            return f"no report is sent; noted {noted()}, outbox {rows}, taken {[one.get('purpose') for one in taken]}"

        # It is looked for every 20 s, and a try that fails is made again half a minute later.
        wait_for(reports, 120, outbox)
        report = reports()[0]
        expect("Acme <GmbH> & Co" in report["title"] and "byte" not in json.dumps(report), report)
        expect_equal(listener.status("/" + report["url"].split("/", 3)[3]), 200, "where it leads to")
        expect_equal(noted(), last, "what was sent last")
    sink.shutdown()


main()
