"""Who may do what: every route, as each role, with every domain and with those of one tag: allowed, 403, or not even named."""

import itertools
import json
import socket
import sqlite3
import time

from harness import case, cases, expect, expect_equal, lapwing, main, wait_for
from identity import Browser, Provider
from incidents import DAY, START, incident
from listener import Listener, basic, bearer, digest, hash_of
from sites import routes

# Those of the suites from which something is taken are run by themselves.
cases.clear()

CONFIG = """root_hints: hints
resolvers: {none: '127.0.0.1:9'}
interval: 1d
defaults: {registration: false}
web:
  tokens: [%s]
  config_file: access.yml
  oidc:
    issuer: %s
    client_id: lapwing
    client_secret: a secret & more
    private_network: true
    groups: &groups
      look: {role: look}
      act: {role: act}
      run: {role: run}
      look-client-a: {role: look, tags: client-a}
      act-client-a: {role: act, tags: client-a}
      run-client-a: {role: run, tags: client-a}
  proxy: {trusted: 127.0.0.1, groups: *groups}
domains:
  - {name: a.example, tags: [client-a]}
  - {name: b.example, tags: [client-b]}
  - {name: z.example, tags: [client-a]}
  - c.example
health:
  shop-a: {needs: 1, of: [a.example, z.example], tags: [client-a]}
  shop-ab: {needs: 1, of: [a.example, b.example], tags: [client-a]}
"""
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTML = {"Accept": "text/html"}
FAR = "2099-01-01T00:00:00Z"
ROLES = ["look", "act", "run"]

# The least role for each route, and whether it is about all domains at once. A route that is not here fails the test.
LOOK = """get / | get /domains | get /domains/:name | get /incidents | get /incidents/:id | get /incidents/:id/cause | get /resolvers
get /expiry | get /expiry.csv | get /expiry.ics | get /findings | get /findings/:code | get /badge/:name | get /badge/health/:name
get /favicon.ico | get /silences | get /api | get /maintenance | get /-/healthy | get /-/ready | get /-/reload | post /theme
post /logout | get /calendar.ics | get /changes.atom | get /changes.json | get /feeds | get /api/v1/openapi.json | get /api/v1/status
get /api/v1/domains | get /api/v1/domains/:name | get /api/v1/domains/:name/records | get /api/v1/domains/:name/changes
get /api/v1/health | get /api/v1/changes | get /api/v1/incidents | get /api/v1/incidents/:id | get /api/v1/silences
get /api/v1/maintenance | get /api/v1/events | get /shared | get /api/v1/shared | get /compare | get /api/v1/compare
get /journal | get /api/v1/journal | get /filters | get /api/v1/filters | post /filters | post /filters/:id/rename
post /filters/:id/delete | post /api/v1/filters | put /api/v1/filters/:id | delete /api/v1/filters/:id"""
ACT = """get /check | get /api/v1/check | get /probe | post /domains/:name/check | post /domains/:name/accept
post /incidents/:id/accept | post /incidents/:id/silence | post /incidents/:id/note | post /incidents/:id/acknowledge
post /incidents/:id/cause/acknowledge | post /silences/:id/end | post /maintenance | post /maintenance/:id/withdraw | post /stage
post /api/v1/domains/:name/check | post /api/v1/domains/:name/accept | post /api/v1/incidents/:id/accept
post /api/v1/incidents/:id/notes | post /api/v1/incidents/:id/acknowledge | post /api/v1/silences | delete /api/v1/silences/:id
post /api/v1/maintenance | delete /api/v1/maintenance/:id | post /bulk/check | post /bulk/acknowledge | post /bulk/silence"""
RUN = """get /add | post /add | post /domains | post /domains/:name/options | post /domains/:name/remove | post /domains/:name/restore
post /api/v1/domains | put /api/v1/domains/:name | delete /api/v1/domains/:name | post /api/v1/domains:batch
post /bulk/remove"""
LOOK_AT_ALL = """get /metrics | get /channels | get /api/v1/channels | get /clients | get /reports/:file | get /api/v1/clients
get /api/v1/reports/:period"""
RUN_ALL = """post /-/reload | get /config | get /logs | post /channels/:name/test
post /api/v1/channels/:name/test"""
# No log-in is asked for: the address is the permission, or it is what everybody gets.
OPEN = "get /feed/:scope/:code/:file | get /client/:client/:code | get /client/:client/:code/:file"
ANYBODY = "get /static/:file | get /login | post /login | get /login/oidc | get /login/oidc/callback"
# How somebody comes: with a token, with the session of a log-in at a provider, by the word of a trusted proxy.
WAYS = ["token", "session", "proxy"]


def table():
    found = {}
    for text, role, is_of_all in ((LOOK, "look", False), (ACT, "act", False), (RUN, "run", False), (LOOK_AT_ALL, "look", True),
                                  (RUN_ALL, "run", True), (OPEN, None, False), (ANYBODY, None, False)):
        for route in text.replace("\n", " | ").split(" | "):
            method, path = route.split(" ")
            found[method, path] = (role, is_of_all)
    return found


def document(number, domain, severity, shared=None):
    row = list(incident(number, domain, severity, START, None))
    text = json.loads(row[-1])
    if shared:
        text["shared"] = shared
    row[-1] = json.dumps(text)
    return row


def event(number, domain, title):
    return json.dumps({
        "id": f"{domain}-{number}.2", "incident": f"{domain}-{number}", "kind": "update", "code": "record.changed",
        "incidentClass": "planned-change", "severity": "notice", "page": False, "domain": domain + ".", "title": title, "text": title,
        "changes": [], "since": START, "at": START})


class Place:
    """A daemon that watches for two clients and for nobody in particular, and tokens for all who may come."""

    def __init__(self):
        self.provider = Provider()
        self.listener = Listener(CONFIG % (digest("root"), self.provider.issuer), hints=". 3600 NS a.root.\na.root. 3600 A 127.0.0.1\n", access_yml="")
        self.listener.write("access.yml", "basic_auth_users: {alice: '%s'}\n" % hash_of("secret"))
        with self.listener:
            pass
        rows = [document(901, "a.example", "critical", "server ns1.provider.example"),
                document(902, "b.example", "critical", "server ns1.provider.example"), document(903, "c.example", "warning")]
        self.write("INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   rows)
        self.tokens = {}
        self.sessions = {}
        self.names = (f"filter {number}" for number in itertools.count())

    def write(self, statement, rows):
        store = sqlite3.connect(self.listener.file("lapwing.db"), timeout=20)
        store.executemany(statement, rows)
        store.commit()
        store.close()

    def __enter__(self):
        self.listener.__enter__()
        for role in ROLES:
            for scope in (None, "client-a", "nobody"):
                self.tokens[role, scope] = self.token(f"{role}-{scope}", role, *(["--tag", scope] if scope else []))
        for name, tags in (("d.example", "client-a"), ("e.example", "client-b")):
            self.api("PUT", f"/api/v1/domains/{name}", {"tags": [tags]}, 201)
        return self

    def __exit__(self, *unused):
        self.listener.__exit__()
        self.provider.__exit__()

    def who(self, way, role, scope):
        """The headers of somebody with a role, for all domains or for those of a tag."""
        group = f"{role}-{scope}" if scope else role
        if way == "token":
            return bearer(self.tokens[role, scope])
        if way == "proxy":
            return {"X-Forwarded-User": f"{group}@proxy.example", "X-Forwarded-Groups": f"others, {group}"}
        if group not in self.sessions:
            browser = Browser(self.listener)
            _, query = browser.leave()
            status, _, text = browser.come(code=self.provider.grant(query, sub=group, email_verified=False, groups=["others", group]), state=query["state"])
            expect_equal(status, 200, text)
            self.sessions[group] = {"Cookie": "lapwing-session=" + browser.jar["lapwing-session"][0]}
        return self.sessions[group]

    def token(self, name, role, *more):
        done = lapwing("token", "create", name, "--role", role, *more, "--config", self.listener.path)
        expect_equal(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def api(self, method, path, body=None, status=200, token="root"):
        found, text = self.listener.ask(path, method, bearer(token) | JSON, json.dumps(body) if body is not None else None)
        expect_equal(found, status, f"{method} {path} {text[:300]}")
        return json.loads(text) if text[:1] == "{" else text

    def number(self, kind, domain):
        """A silence or an announcement about a domain, or about all of them."""
        body = {"to": FAR, "reason": f"of {domain}"} | ({"domain": domain} if domain else {})
        return self.api("POST", f"/api/v1/{kind}", body, 201)["id"]

    def filter(self, who):
        """A filter of somebody's own."""
        status, text = self.listener.ask("/api/v1/filters", "POST", who | JSON, json.dumps({"tag": "client-a", "name": next(self.names)}))
        expect_equal(status, 201, text)
        return str(json.loads(text)["id"])

    def ask(self, route, subject, who, headers=None):
        """Status and body of a route about a domain of ours, of others, or of nobody."""
        method, path = route
        numbers = {"a.example": 901, "b.example": 902, "c.example": 903}
        about = f"{subject}-{numbers.get(subject, 999)}"
        if "silences/:id" in path or "maintenance/:id" in path:
            about = str(999999 if subject == "n.example" else self.number("silences" if "silences" in path else "maintenance", subject))
        if "filters/:id" in path:
            about = "999999" if subject == "n.example" else self.filter(who if subject == "a.example" else bearer(self.tokens["act", None]))
        values = {":name": subject + (".svg" if "badge" in path else ""), ":id": about, ":code": "record.changed", ":file": "none",
                  ":scope": "all", ":act": "accept", ":incident": about, ":channel": "ops", ":expires": "1"}
        address = "/" + "/".join(values.get(part, part) for part in path.strip("/").split("/"))
        body, kind = None, {}
        if method in ("post", "put"):
            body, kind = "", FORM
            if path == "/maintenance":
                body = f"domain={subject}&to={FAR}"
            elif path.startswith("/api/") and not path.endswith(("check", "accept", "test")):
                texts = {"/api/v1/silences": {"domain": subject, "to": FAR}, "/api/v1/maintenance": {"domain": subject, "to": FAR},
                         "/api/v1/domains/:name": {"tags": ["client-a"]}, "/api/v1/incidents/:id/notes": {"text": "remark"},
                         "/api/v1/domains": {"name": subject, "tags": ["client-a"]},
                         "/api/v1/domains:batch": {"domains": [subject], "tags": ["client-a"]},
                         "/api/v1/filters": {"tag": "client-a", "name": next(self.names)}, "/api/v1/filters/:id": {"name": next(self.names)}}
                body, kind = json.dumps(texts.get(path, {})), JSON
            elif path.endswith("accept"):
                body = "sure=yes"
            elif path in ("/domains", "/add"):
                body = f"name={subject}&tags=client-a" if path == "/domains" else f"list={subject}&tags=client-a"
            elif path == "/filters" or path.endswith("rename"):
                body = f"tag=client-a&name={next(self.names)}"
            elif path.endswith("options"):
                body = "tags=client-a"
        return self.listener.ask(address, method.upper(), who | kind | (headers or {}), body)


def plain(text, subject):
    """An answer without the name that was asked for."""
    numbers = {"a.example": 901, "b.example": 902, "c.example": 903}
    return text.replace(f"{subject}-{numbers.get(subject, 999)}", "INCIDENT").replace(subject, "NAME")


@case
def the_table_has_every_route():
    expected, found = set(table()), set(routes())
    expect(found == expected, f"not in the table: {sorted(found - expected)}; not in the source: {sorted(expected - found)}")


def every_route_with_every_domain(way):
    with Place() as place:
        for route, (role, _) in table().items():
            for own in ROLES:
                if own == "run" and route in (("delete", "/api/v1/domains/:name"), ("post", "/domains/:name/remove")):
                    continue
                # Whoever leaves is not there any more.
                if way == "session" and route == ("post", "/logout"):
                    continue
                status, body = place.ask(route, "a.example", place.who(way, own, None))
                allowed = role is None or ROLES.index(own) >= ROLES.index(role)
                if route[1].startswith("/feed/"):
                    expect(status in (403, 404), f"{route} without a signature: {status}")
                elif route[1] == "/login/oidc/callback":
                    expect(status == 401 and "did not begin here" in body, f"{route} without a log-in: {status} {body[:200]}")
                elif not allowed:
                    expect(status == 403 and f"needs the role {role}; yours is {own}" in body, f"{route} as {own}: {status} {body[:200]}")
                else:
                    expect(status not in (0, 401, 403), f"{route} as {own}: {status} {body[:200]}")


for way in WAYS:
    @case
    def every_route_as_every_role_with_every_domain(way=way):
        every_route_with_every_domain(way)
    every_route_as_every_role_with_every_domain.__doc__ = f"every route as every role, with every domain, by {way}"


def every_route_with_the_domains_of_one_tag(way):
    skipped = {("delete", "/api/v1/domains/:name"), ("post", "/domains/:name/remove")}
    creating = {("post", "/domains"), ("post", "/api/v1/domains"), ("post", "/api/v1/domains:batch"), ("put", "/api/v1/domains/:name")}
    with Place() as place:
        for route, (role, is_of_all) in table().items():
            if role is None:
                continue
            for own in ROLES:
                if way == "session" and route == ("post", "/logout"):
                    continue
                who = place.who(way, own, "client-a")
                answers = {subject: place.ask(route, subject, who) for subject in ("b.example", "m.example" if route in creating else "n.example")}
                if own != "run" or route not in skipped:
                    answers["a.example"] = place.ask(route, "a.example", who)
                what = f"{route} as {own}"
                if ROLES.index(own) < ROLES.index(role) or is_of_all:
                    for subject, (status, body) in answers.items():
                        expect(status == 403, f"{what} about {subject}: {status} {body[:200]}")
                        expect(("about all domains" in body) == (ROLES.index(own) >= ROLES.index(role)), f"{what}: {body[:200]}")
                    continue
                if "a.example" in answers:
                    expect(answers["a.example"][0] not in (0, 401, 403), f"{what}: {answers['a.example']}")
                # What is of others is answered as what there is not, word for word.
                names_any = any(part in route[1] for part in (":name", ":id")) and "/findings" not in route[1]
                bodies = {("post", "/maintenance"), ("post", "/api/v1/silences"), ("post", "/api/v1/maintenance")}
                adds = {("put", "/api/v1/domains/:name"), ("post", "/domains/:name/restore")}
                if (names_any or route in bodies) and route not in adds:
                    status, body = answers["b.example"]
                    expect(status == (400 if route in bodies else 404), f"{what} about others: {status} {body[:200]}")
                    expect_equal((status, plain(body, "b.example")), (answers["n.example"][0], plain(answers["n.example"][1], "n.example")),
                                 what)
        # Nothing of others was changed meanwhile.
        for name, tags in (("b.example", ["client-b"]), ("e.example", ["client-b"])):
            expect_equal(place.api("GET", f"/api/v1/domains/{name}")["tags"], tags, name)
        acts = [line for line in json_lines(place) if (line.get("domain") or "").startswith(("b.", "e."))]
        strangers = [line for line in acts if "-client-a" in line["by"]]
        expect_equal(strangers, [], "acts about what is of others")
        expect([line for line in json_lines(place) if "-client-a" in (line.get("by") or "")], "nobody with a tag did anything")


for way in WAYS:
    @case
    def every_route_as_every_role_with_the_domains_of_one_tag(way=way):
        every_route_with_the_domains_of_one_tag(way)
    every_route_as_every_role_with_the_domains_of_one_tag.__doc__ = f"every route as every role, with the domains of one tag, by {way}"


def json_lines(place):
    done = lapwing("export", "--journal", "--config", place.listener.path)
    return [json.loads(line) for line in done.stdout.splitlines()]


@case
def nothing_names_what_is_of_others():
    """pages, lists, counts, feeds, search, shared causes: what is of others is not even named"""
    with Place() as place:
        for domain in ("a.example", "b.example", None):
            place.number("silences", domain)
            place.number("maintenance", domain)
        place.write("INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, 1, ?, ?)", [
            (name + ".", "www." + name + ".", START + DAY, json.dumps(
                {"name": f"www.{name}.", "kind": "A", "old": ["192.0.2.1"], "new": ["192.0.2.2"], "seenBy": ["x"]}))
            for name in ("a.example", "b.example")])
        token = place.tokens["run", "client-a"]
        listener = place.listener

        def read(path, headers=None):
            status, body = listener.ask(path, headers=bearer(token) | (headers or {}))
            expect_equal(status, 200, path + body[:200])
            for word in ("b.example", "c.example", "e.example", "client-b", "shop-ab", "of None"):
                expect(word not in body, f"{path} names {word}: …{body[max(0, body.find(word) - 150):body.find(word) + 50]}…")
            return body
        simple = [path for method, path in table() if method == "get" and ":" not in path
                  and table()[method, path] in (("look", False), ("run", False))
                  and path not in ("/api/v1/events", "/-/reload", "/favicon.ico")]
        pages = {path: read(path, HTML) for path in simple}
        expect(len(pages) > 25, "pages")
        for path in ("/", "/domains", "/incidents", "/silences", "/maintenance", "/changes.atom", "/changes.json", "/api/v1/domains",
                     "/api/v1/incidents", "/api/v1/changes", "/api/v1/silences", "/api/v1/maintenance"):
            expect("a.example" in pages[path], f"{path} does not name what is ours")
        expect("shop-a" in pages["/"] and "shop-a" in pages["/api/v1/health"], "the health of ours")
        for path in ("/domains?q=example", "/domains?sort=name", "/incidents?tag=client-a", "/domains/a.example", "/incidents/a.example-901",
                     "/api/v1/incidents/a.example-901", "/api/v1/domains/a.example", "/add?list=a.example", "/feeds?domain=a.example",
                     "/feeds?tag=client-a", "/expiry?days=all"):
            read(path, HTML)
        expect_equal(json.loads(pages["/api/v1/status"])["domains"], {"critical": 0, "warning": 0, "ok": 0, "unknown": 3}
                     | {key: 0 for key in json.loads(pages["/api/v1/status"])["domains"] if key not in ("critical", "warning", "ok", "unknown")},
                     "counts")
        expect_equal(json.loads(pages["/api/v1/domains"])["total"], 3, "the total")
        for query in ("q=b.ex", "tag=client-b"):
            expect_equal(json.loads(listener.ask("/api/v1/domains?" + query, headers=bearer(token))[1])["domains"], [], query)
            expect("No domain matches." in listener.ask("/domains?" + query, headers=bearer(token) | HTML)[1], query)
        expect_equal(json.loads(listener.ask("/api/v1/incidents?tag=client-b", headers=bearer(token))[1])["incidents"], [], "by tag")
        # The cause is shared with one of others, so it looks like one of its own; those who see both have a page of it.
        expect_equal(listener.status("/incidents/a.example-901/cause", headers=bearer(token)), 303, "a cause of one")
        expect_equal(json.loads(read("/api/v1/incidents/a.example-901"))["domains"], ["a.example."], "domains of the cause")
        whole = listener.ask("/incidents/a.example-901/cause", headers=bearer("root") | HTML)[1]
        expect("a.example" in whole and "b.example" in whole, "the page of the cause")
        for path in ("/feeds?domain=b.example", "/feeds?tag=client-b", "/changes.json?domain=b.example", "/changes.json?tag=client-b",
                     "/calendar.ics?domain=b.example"):
            expect_equal(listener.status(path, headers=bearer(token)), 404, path)
        expect("/feed/all/" not in pages["/feeds"] and "/feed/all/" in listener.ask("/feeds", headers=bearer("root"))[1], "signed: all")
        expect("/feed/tag" in listener.ask("/feeds?tag=client-a", headers=bearer(token))[1], "signed: a tag of ours")
        # Somebody whose tag nothing carries sees an empty place.
        nobody = json.loads(listener.ask("/api/v1/domains", headers=bearer(place.tokens["look", "nobody"]))[1])
        expect_equal((nobody["total"], nobody["domains"]), (0, []), "for nobody")


@case
def what_is_about_all_domains_is_not_for_one_client():
    with Place() as place:
        token = place.tokens["act", "client-a"]
        for kind in ("silences", "maintenance"):
            number = place.number(kind, None)
            text = place.api("POST", f"/api/v1/{kind}", {"to": FAR}, 403, token)
            expect("about all domains" in text["detail"], f"{kind}: {text}")
            place.api("DELETE", f"/api/v1/{kind}/{number}", None, 403, token)
            own = place.number(kind, "a.example")
            place.api("DELETE", f"/api/v1/{kind}/{own}", None, 204, token)
            listed = place.api("GET", f"/api/v1/{kind}", token=token)[kind]
            expect_equal([(entry["domain"], entry["reason"]) for entry in listed], [(None, "")], kind + " of all, without its reason")


@case
def what_a_client_may_have_watched():
    with Place() as place:
        token = place.tokens["run", "client-a"]
        for body, status in (({"name": "f.example"}, 400), ({"name": "f.example", "tags": ["client-b"]}, 400),
                             ({"name": "f.example", "tags": ["client-a", "client-b"]}, 400), ({"name": "b.example", "tags": ["client-a"]}, 400),
                             ({"name": "e.example", "tags": ["client-a"]}, 400), ({"name": "f.example", "tags": ["client-a"]}, 201),
                             ({"name": "d.example", "tags": []}, 400), ({"name": "d.example", "tags": ["client-a"], "interval": "2h"}, 200)):
            place.api("POST", "/api/v1/domains", body, status, token)
        expect_equal(place.api("GET", "/api/v1/domains/e.example")["tags"], ["client-b"], "what is of others stays")
        done = place.api("POST", "/api/v1/domains:batch", {"domains": ["b.example", "g.example", "e.example"], "tags": ["client-a"]},
                         200, token)
        expect_equal((done["added"], done["refused"]), (1, 2), f"a batch: {done}")
        place.api("POST", "/api/v1/domains:batch", {"domains": ["h.example"]}, 200, token)
        expect_equal(place.api("GET", "/api/v1/domains", token=token)["total"], 5, "ours")
        place.api("DELETE", "/api/v1/domains/e.example", None, 404, token)
        place.api("DELETE", "/api/v1/domains/g.example", None, 204, token)
        status, _ = place.listener.ask("/domains/e.example/remove", "POST", bearer("root") | FORM, "")
        expect_equal(status, 303, "removed by somebody else")
        status, body = place.listener.ask("/domains/e.example/restore", "POST", bearer(token) | FORM, "")
        expect(status == 410, f"what was of others is not brought back: {status} {body}")
        expect("e.example" not in place.listener.ask("/domains?stopped=e.example", headers=bearer(token) | HTML)[1], "nor named")


@case
def tokens_expire_are_revoked_and_tell_when_they_were_used():
    with Place() as place:
        listener, path = place.listener, place.listener.path
        short = place.token("short", "look", "--expires", "2s")
        expect_equal(listener.status("/", headers=bearer(short)), 200, "before its end")
        wait_for(lambda: listener.status("/", headers=bearer(short)) == 401, 10, "it does not expire")
        token = place.tokens["look", "client-a"]
        expect_equal(listener.status("/", headers=bearer(token)), 200, "in force")
        listed = {}

        def is_used():
            done = lapwing("token", "list", "--json", "--config", path)
            listed.update({entry["name"]: entry for entry in json.loads(done.stdout)["tokens"]})
            return listed["look-client-a"].get("last_use")
        wait_for(is_used, 10, "the last use is not noted")
        expect(listed["short"]["expired"] and not listed["look-client-a"]["expired"], f"{listed}")
        expect_equal((listed["look-client-a"]["role"], listed["look-client-a"]["tags"]), ("look", ["client-a"]), "what it may do")
        expect(listed["act-None"].get("last_use") is None and "tags" not in listed["act-None"], f"{listed['act-None']}")
        expect_equal(lapwing("token", "create", "short", "--role", "run", "--config", path).returncode, 1, "a name that is taken")
        expect_equal(lapwing("token", "revoke", "look-client-a", "--config", path).returncode, 0, "revoked")
        expect_equal(listener.status("/", headers=bearer(token)), 401, "at once")
        expect_equal(lapwing("token", "revoke", "look-client-a", "--config", path).returncode, 1, "twice")
        for wrong in ("lapwing_" + "0" * 64, token[:-1], "roots", "", short.upper()):
            expect_equal(listener.status("/", headers=bearer(wrong)), 401, wrong)
        with open(listener.file("lapwing.db"), "rb") as file:
            expect(token.encode() not in file.read(), "the token itself is in the store")
        wait_for(lambda: [line for line in json_lines(place) if line.get("act") == "refusal"], 10, "refusals are not in the journal")
        acts = json_lines(place)
        expect_equal([(line["text"], line["before"]) for line in acts if line.get("act") == "revocation"],
                     [("look-client-a", "look on client-a")], "the journal")
        expect(len([line for line in acts if line.get("act") == "refusal"]) == 1, "of one address there is one entry")


@case
def a_stream_holds_what_is_ours_and_ends_with_its_token():
    with Place() as place:
        listener, token = place.listener, place.tokens["look", "client-a"]
        stream = socket.create_connection(("127.0.0.1", listener.port), 15)
        stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        got = b""
        while b"welcome" not in got:
            got += stream.recv(4096)
        for number, domain in ((902, "b.example"), (901, "a.example")):
            place.write("INSERT INTO incident_event (incident, at, spoken, document) VALUES (?, ?, 1, ?)",
                        [(f"{domain}-{number}", START, event(number, domain, f"news of {domain}"))])
        while b"news of a.example" not in got:
            more = stream.recv(4096)
            expect(more, "the stream ended: " + got.decode())
            got += more
        expect(b"b.example" not in got, got.decode())
        missed = listener.connection()
        missed.request("GET", "/api/v1/events", headers=bearer(token) | {"Last-Event-ID": "0"})
        body = missed.getresponse()
        text = body.read1(65536) + body.read1(65536)
        expect(b"b.example" not in text, text.decode())
        missed.close()
        lapwing("token", "revoke", "look-client-a", "--config", listener.path)
        began = time.monotonic()
        end = b""
        while not end.endswith(b"0\r\n\r\n"):
            expect(time.monotonic() - began < 12, "the stream goes on")
            end += stream.recv(4096)
        stream.close()


@case
def what_is_configured_may_do_everything_and_is_named_in_the_journal():
    with Place() as place:
        listener = place.listener
        for who in (bearer("root"), basic("alice", "secret")):
            expect_equal(listener.status("/metrics", headers=who), 200, "metrics")
            expect_equal(listener.reload(who)[0], 200, "reload")
        expect_equal(listener.status("/metrics", headers=bearer(place.tokens["look", None])), 200, "metrics with a token that sees all")
        expect_equal(listener.status("/metrics", headers=bearer(place.tokens["run", "client-a"])), 403, "metrics of one client")
        place.api("POST", "/api/v1/incidents/a.example-901/notes", {"text": "x"}, 202, place.tokens["act", "client-a"])
        listener.ask("/incidents/a.example-901/acknowledge", "POST", basic("alice", "secret") | FORM, "by=ben")
        acts = {line["act"]: line["by"] for line in json_lines(place)[1:]}
        expect_equal((acts["note"], acts["acknowledge"], acts["login"]), ("token act-client-a", "alice, for ben", "alice"), f"{acts}")


@case
def a_token_counts_also_where_nobody_is_asked():
    with Listener("root_hints: hints\nresolvers: {none: '127.0.0.1:9'}\n", hints=". 3600 NS a.root.\na.root. 3600 A 127.0.0.1\n") as listener:
        done = lapwing("token", "create", "t", "--role", "look", "--config", listener.path)
        token = done.stdout.strip()
        expect_equal(listener.status("/-/reload", "POST"), 200, "nobody is asked")
        expect_equal(listener.status("/-/reload", "POST", bearer(token)), 403, "who shows a token has its role")
        lapwing("token", "revoke", "t", "--config", listener.path)
        expect_equal(listener.status("/", headers=bearer(token)), 401, "a revoked one opens nothing")


if __name__ == "__main__":
    main()
