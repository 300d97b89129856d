"""Saved filters of the table of domains: whose they are, what they count, for whom they exist, and how they look."""

import json
import re
import urllib.parse

import sessions
from harness import case, cases, expect, expect_equal, lapwing, main, wait_for
from listener import Listener, bearer, digest
from looks import serious
from web_pages import browser

# Those of the suites from which something is taken are run by themselves.
cases.clear()
JSON = {"Content-Type": "application/json"}
HTML, FORM = sessions.HTML, sessions.FORM
CONFIG = """resolvers: {none: '127.0.0.1:9'}
root_hints: hints
defaults: {registration: false}
domains:
  - {name: shop-a.example, tags: [client-a, shop]}
  - {name: a.example, tags: [client-a]}
  - {name: shop-b.example, tags: [client-b, shop]}
  - c.example
"""
NAME = "Everything that is called shop, whoever of us looks after it"


class Place(Listener):
    """A daemon with tokens for people of several kinds."""

    def __init__(self):
        super().__init__(CONFIG + "web: {tokens: [%s]}\n" % digest("root"), hints=sessions.HINTS)
        self.tokens = {}

    def who(self, role, tag=None):
        if (role, tag) not in self.tokens:
            name = f"{role}-{tag or 'all'}"
            done = lapwing("token", "create", name, "--role", role, *(["--tag", tag] if tag else []), "--store", self.file("lapwing.db"))
            expect_equal(done.returncode, 0, done.stderr)
            self.tokens[role, tag] = bearer(done.stdout.strip())
        return self.tokens[role, tag]

    def api(self, method, who, body=None, status=200, path=""):
        found, text = self.ask("/api/v1/filters" + path, method, who | JSON, json.dumps(body) if body is not None else None)
        expect_equal(found, status, f"{method} {path} {body}: {text[:400]}")
        return json.loads(text) if text[:1] == "{" else text

    def names(self, who):
        return [entry["name"] for entry in self.api("GET", who)["filters"]]


@case
def saved_shown_renamed_and_deleted_by_form():
    with Place() as place:
        own = place.who("act") | HTML
        page = place.ask("/domains?q=shop&tag=client-a", headers=own)[1]
        expect("Save this filter" in page and 'name="all"' in page, "the form")
        expect("Save this filter" not in place.ask("/domains", headers=own)[1], "nothing to save")
        body = urllib.parse.urlencode({"name": "  Shops \t of A ", "q": "shop", "tag": "client-a", "all": "yes"})
        status, headers, _ = sessions.send(place, "/filters", "POST", own | FORM, body)
        expect_equal((status, headers["Location"]), (303, "/domains?q=shop&tag=client-a"), "it leads to what was saved")
        for path in ("/", "/domains", "/domains?q=shop&tag=client-a"):
            page = place.ask(path, headers=own)[1]
            link = re.search(r'<a href="/domains\?q=shop&amp;tag=client-a"( aria-current="true")?><b>Shops of A</b> <span>1<', page)
            expect(link is not None, f"{path} has no link: {page[:3000]}")
            expect_equal(link.group(1) is not None, "q=shop" in path, f"{path}: whether it is the present one")
        # Tags have their own links, with how many domains each holds.
        page = place.ask("/domains", headers=own)[1]
        expect_equal(re.findall(r'<b class="tag">([^<]*)</b> <span>(\d+)<', page), [("client-a", "2"), ("client-b", "1"), ("shop", "2")], "tags")
        number = place.api("GET", own)["filters"][0]["id"]
        expect_equal(place.status(f"/filters/{number}/rename", "POST", own | FORM, "name=A%27s+shops"), 303, "another name")
        page = place.ask("/filters", headers=own)[1]
        expect("A&#39;s shops" in page and "tag client-a, with &quot;shop&quot; in the name" in page, page)
        expect_equal(place.status(f"/filters/{number}/delete", "POST", own | FORM, ""), 303, "away")
        expect("No filter is saved." in place.ask("/filters", headers=own)[1], "nothing is left")
        acts = [(line["act"], line["by"], line["text"]) for line in sessions.journal(place) if line["act"] in ("save", "discard")]
        expect_equal(acts, [("save", "token act-all", '"Shops of A": q=shop&tag=client-a, for all'),
                            ("save", "token act-all", '"A\'s shops": q=shop&tag=client-a, for all'),
                            ("discard", "token act-all", '"A\'s shops": q=shop&tag=client-a, for all')], "the journal")


@case
def whose_they_are():
    with Place() as place:
        root, act, look, other = bearer("root"), place.who("act"), place.who("look"), place.who("run")
        place.api("POST", look, {"name": "Mine", "status": "unknown"}, 201)
        expect_equal((place.names(look), place.names(act), place.names(root)), (["Mine"], [], []), "one's own is nobody else's")
        text = place.api("POST", look, {"name": "Ours", "tag": "shop", "for_all": True}, 403)
        expect("needs the role act" in text["detail"], text)
        place.api("POST", act, {"name": "Ours", "tag": "shop", "for_all": True}, 201)
        # Whoever comes by the token of the configuration has no name.
        place.api("POST", root, {"name": "Nobody's", "tag": "shop", "for_all": False}, 400)
        kept = place.api("POST", root, {"name": "Another", "sort": "name"}, 201)
        expect_equal(kept, {"id": kept["id"], "name": "Another", "for_all": True, "q": None, "status": None, "tag": None, "shared": None,
                            "sort": "name", "domains": 4, "conditions": {"critical": 0, "warning": 0, "ok": 0, "unknown": 4}}, "as it is told")
        expect_equal((place.names(look), place.names(other)), (["Another", "Mine", "Ours"], ["Another", "Ours"]), "for all")
        place.api("DELETE", look, None, 403, f"/{kept['id']}")
        place.api("PUT", look, {"name": "x"}, 403, f"/{kept['id']}")
        own = [entry for entry in place.api("GET", look)["filters"] if not entry["for_all"]][0]
        for who in (act, root, other):
            place.api("DELETE", who, None, 404, f"/{own['id']}")
            place.api("PUT", who, {"name": "x"}, 404, f"/{own['id']}")
        place.api("POST", act, {"name": "Ours", "tag": "client-a", "for_all": True}, 409)
        place.api("POST", act, {"name": "Ours", "tag": "client-a"}, 201)
        place.api("PUT", look, {"name": "Still mine"}, 200, f"/{own['id']}")
        place.api("DELETE", look, None, 204, f"/{own['id']}")
        place.api("DELETE", look, None, 404, f"/{own['id']}")
        # A token that is revoked takes its own along.
        place.api("POST", look, {"name": "Again", "tag": "shop"}, 201)
        expect_equal(lapwing("token", "revoke", "look-all", "--store", place.file("lapwing.db")).returncode, 0, "revoked")
        del place.tokens["look", None]
        expect_equal(place.names(place.who("look")), ["Another", "Ours"], "of somebody new with the old name")


@case
def for_people_of_some_tags():
    with Place() as place:
        act, client = place.who("act"), place.who("act", "client-a")
        place.api("POST", client, {"name": "All", "tag": "shop", "for_all": True}, 403)
        kept = place.api("POST", client, {"name": "My shops", "tag": "shop"}, 201)
        expect_equal((kept["domains"], kept["for_all"]), (1, False), "what exists for them")
        for body in ({"name": "A", "tag": "client-a"}, {"name": "B secret", "tag": "client-b"}, {"name": "B secret too", "q": "shop-b", "tag": "client-a"},
                     {"name": "Secret shops", "tag": "shop"}, {"name": "Secret failures", "status": "critical"},
                     {"name": "A's failures", "status": "critical", "tag": "client-a"}):
            place.api("POST", act, body | {"for_all": True}, 201)
        expect_equal(place.names(client), ["A", "A's failures", "My shops"], "those for a tag of theirs")
        found = {entry["name"]: entry["domains"] for entry in place.api("GET", client)["filters"]}
        expect_equal(found, {"A": 2, "A's failures": 0, "My shops": 1}, "counts")
        hidden = [entry["id"] for entry in place.api("GET", act)["filters"] if "ecret" in entry["name"]]
        for number in hidden:
            place.api("DELETE", client, None, 404, f"/{number}")
        for path in ("/", "/domains", "/filters", "/domains?q=shop"):
            page = place.ask(path, headers=client | HTML)[1]
            expect("ecret" not in page and "client-b" not in page and "My shops" in page, f"{path}: {page[:3000]}")
        page = place.ask("/domains", headers=client | HTML)[1]
        expect_equal(re.findall(r'<b class="tag">([^<]*)</b> <span>(\d+)<', page), [("client-a", "2"), ("shop", "1")], "tags")


@case
def what_is_no_filter():
    with Place() as place:
        act = place.who("act")
        good = {"name": "x", "tag": "shop"}
        for body in ({}, {"name": "x"}, {"name": "", "tag": "a"}, {"name": "   ", "tag": "a"}, {"name": "x" * 61, "tag": "a"},
                     good | {"name": "a\u202eb"}, good | {"name": "\x07"}, good | {"status": "failing"}, good | {"sort": "age"},
                     good | {"shared": "nothing"}, good | {"tag": "t" * 2001}, good | {"name": 7}, good | {"name": "e" + "\u0301" * 500}):
            place.api("POST", act, body, 400)
        expect_equal(place.status("/api/v1/filters", "POST", act, "{}"), 415, "no JSON")
        expect_equal(place.status("/filters", "POST", act | FORM, "name=x"), 400, "nothing asked for")
        for number in ("x", "-1", "0", "99", "9" * 30):
            place.api("DELETE", act, None, 404, "/" + number)
        for number in range(20):
            place.api("POST", act, good | {"name": f"<b>&\"{number}"}, 201)
        expect("as many as there may be" in place.api("POST", act, good | {"name": "one more"}, 409)["detail"], "bounded")
        place.api("POST", act, good | {"name": "for all", "for_all": True}, 201)
        page = place.ask("/", headers=act | HTML)[1]
        expect("&lt;b&gt;" in page and "<b>&\"" not in page, "names are texts")
        # What was saved and cannot be read any more is left out.
        expect_equal(place.status("/domains", headers=act), 200, "the page")


@case
def they_fit_and_can_be_read_by_all():
    """at every width, in both themes, with as many as there may be, and without a script"""
    faults = []
    with Listener(CONFIG, hints=sessions.HINTS) as place:
        for number in range(20):
            status, text = place.ask("/api/v1/filters", "POST", JSON, json.dumps(
                {"name": f"{NAME[:57]}{number}" if number % 3 else f"Shops {number}", "q": "shop", "sort": ("name", "tags")[number % 2]}))
            expect_equal(status, 201, text)
        base = f"http://127.0.0.1:{place.port}"
        for theme in ("light", "dark"):
            driver = browser(theme)
            for path in ("/", "/domains", "/domains?q=shop&sort=name", "/filters"):
                for width in (360, 768, 1024, 1200, 1600):
                    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                           {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
                    driver.get(base + path)
                    wide = driver.execute_script("return document.documentElement.scrollWidth")
                    if wide > width:
                        faults.append(f"{path}: {wide} px wide at {width} px")
                    if width in (360, 1200):
                        faults += [f"{path} {theme} {width}: {one}" for one in serious(driver)]
            driver.quit()
        driver = browser("light", script=False)
        driver.get(base + "/domains?tag=shop")
        driver.find_element("css selector", "details.own summary").click()
        driver.find_element("id", "filter-name").send_keys("By hand")
        driver.find_element("css selector", "form.own button").click()
        expect("There are 20 filters already" in driver.page_source, "bounded here too")
        driver.get(base + "/filters")
        before = len(driver.find_elements("css selector", "form[action$=delete]"))
        driver.find_element("css selector", "form[action$=delete] button").click()
        wait_for(lambda: len(driver.find_elements("css selector", "form[action$=delete]")) < before, 10, "it is not deleted")
        driver.get(base + "/domains?tag=shop")
        driver.find_element("css selector", "details.own summary").click()
        driver.find_element("id", "filter-name").send_keys("By hand")
        driver.find_element("css selector", "form.own button").click()
        here = driver.find_element("css selector", ".saved a[aria-current]")
        expect("By hand" in here.text and driver.current_url == base + "/domains?tag=shop", f"{here.text} {driver.current_url}")
        driver.quit()
    expect(not faults, "\n".join(dict.fromkeys(faults)))


if __name__ == "__main__":
    main()
