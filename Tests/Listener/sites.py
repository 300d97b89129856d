"""Which hosts and which sites may reach which route: the whole table of routes, read from its source."""

import glob
import os
import re
import subprocess

from harness import LAPWING, case, expect, expect_equal, main, wait_for
from listener import TREE, Listener, free_port

CONFIG = 'web: {hosts: [monitor.example.org, 192.0.2.7], external_url: "https://tools.example.net:8443/dns/"}\n'
# What links on other sites may open, and what other sites may show; everything else is out of their reach.
# What answers 400 to a request that says nothing.
NEEDS_A_BODY = {"/api/v1/check", "/domains", "/api/v1/domains", "/api/v1/domains:batch", "/maintenance", "/api/v1/maintenance",
                "/bulk/check", "/bulk/acknowledge", "/bulk/silence", "/bulk/remove", "/filters"}
LINKED = {"/", "/domains", "/filters", "/domains/:name", "/shared", "/compare",
          "/incidents", "/incidents/:id", "/incidents/:id/cause", "/resolvers", "/expiry", "/findings",
          "/findings/:code", "/favicon.ico", "/metrics", "/-/healthy", "/-/ready", "/maintenance", "/channels", "/add",
          "/silences", "/api", "/expiry.csv", "/expiry.ics", "/calendar.ics", "/changes.atom", "/changes.json", "/feeds",
          "/login", "/login/oidc/callback", "/journal", "/client/:client/:code", "/client/:client/:code/:file", "/clients", "/reports/:file"}
EMBEDDED = {"/badge/:name", "/badge/health/:name", "/feed/:scope/:code/:file"}
VALUES = {":name": "nobody.example", ":id": "1", ":code": "none", ":file": "none", ":scope": "all", ":client": "acme",
          ":period": "2026-10"}


def routes():
    """Method and pattern of every route there is."""
    found = []
    for path in glob.glob(os.path.join(TREE, "Sources/LapwingWeb/**/*.swift"), recursive=True):
        with open(path) as file:
            found += re.findall(r'\bRoute\(\s*\.(\w+),\s*"(/[^"]*)"', file.read())
    expect(len(found) > 50, f"only {len(found)} routes were found in the source")
    return found


def address(pattern):
    return "/" + "/".join(VALUES.get(part, part) for part in pattern.strip("/").split("/"))


def verdicts(listener, headers):
    """The status of each route for a request with these headers."""
    return {(method, pattern): listener.status(address(pattern), method.upper(), headers) for method, pattern in routes()}


@case
def every_route_refuses_a_name_that_is_not_ours():
    with Listener(CONFIG) as listener:
        foreign = f"rebind.evil.example:{listener.port}"
        for headers in ({"Host": foreign}, {"Host": foreign, "Origin": "http://" + foreign},
                        {"Host": foreign, "Sec-Fetch-Site": "same-origin"}):
            found = {route: status for route, status in verdicts(listener, headers).items() if status != 421}
            expect(not found, f"{headers}: {found}")


@case
def every_route_refuses_requests_of_other_sites():
    frames = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    with Listener(CONFIG) as listener:
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
                        {"Origin": "http://tools.example.net:8443"}, {"Sec-Fetch-Site": "cross-site"}, frames,
                        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"}):
            found = {route: status for route, status in verdicts(listener, headers).items()
                     if (status == 403) == (route[1] in EMBEDDED)}
            expect(not found, f"{headers}: {found}")


@case
def only_plain_pages_are_opened_by_links_on_other_sites():
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    with Listener(CONFIG) as listener:
        for headers in (link, {"Sec-Fetch-Site": "same-site"}):
            found = {route: status for route, status in verdicts(listener, headers).items()
                     if (status == 403) == (route[0] == "get" and route[1] in LINKED | EMBEDDED)}
            expect(not found, f"{headers}: {found}")
        foreign = verdicts(listener, {"Referer": "http://evil.example/"})
        found = {route: status for route, status in foreign.items() if (status == 403) == (route[1] in LINKED | EMBEDDED and route[0] == "get")}
        expect(not found, f"a page elsewhere as referrer: {found}")


@case
def our_own_pages_and_programs_reach_every_route():
    with Listener(CONFIG) as listener:
        own = f"http://127.0.0.1:{listener.port}"
        for headers in ({}, {"Origin": own}, {"Sec-Fetch-Site": "same-origin", "Origin": own}, {"Sec-Fetch-Site": "none"},
                        {"Host": "tools.example.net:8443", "Origin": "https://tools.example.net:8443"},
                        {"Host": "tools.example.net", "Origin": "https://tools.example.net:8443"},
                        {"Host": "monitor.example.org", "Referer": "http://monitor.example.org/"}):
            found = {route: status for route, status in verdicts(listener, headers).items() if status in (0, 400, 403, 421)
                     and not (status == 400 and route[1] in NEEDS_A_BODY)}
            expect(not found, f"{headers}: {found}")


@case
def the_names_that_are_ours():
    with Listener(CONFIG) as listener:
        port = listener.port
        for host in ("127.0.0.1", f"127.0.0.1:{port}", "localhost", "LocalHost.:1", "[::1]:80", "127.8.8.8", "192.0.2.7",
                     "monitor.example.org", "Monitor.Example.org.:443", "tools.example.net", "[::ffff:127.0.0.1]"):
            expect_equal(listener.status("/", headers={"Host": host}), 200, host)
        for host in ("evil.example", "192.0.2.8", "127.evil.example", "localhost.evil.example", "monitor.example.org.evil.example",
                     "xmonitor.example.org", "0.0.0.0", "[2001:db8::1]", "example.org"):
            expect_equal(listener.status("/", headers={"Host": host}), 421, host)
        for host in ("", "a b", "user@localhost", "localhost:99999", "localhost:x", "localhost:+1", "[::1", "localhost,evil", "localhost/x"):
            expect_equal(listener.status("/", headers={"Host": host}), 400, host)
    with Listener("web: {insecure: true}\n", host="0.0.0.0") as listener:
        for host, status in (("192.0.2.8", 200), ("[2001:db8::1]:9", 200), ("localhost", 200), ("evil.example", 421)):
            expect_equal(listener.status("/", headers={"Host": host}), status, "every address: " + host)


@case
def the_page_of_the_demonstration_too():
    port = free_port()
    demo = subprocess.Popen([LAPWING, "demo", "--port", str(port), "--seconds", "60"], stdout=subprocess.DEVNULL)
    try:
        stand_in = Listener()
        stand_in.port = port
        wait_for(lambda: stand_in.status("/-/healthy") == 200, 20, "the demo does not answer")
        expect_equal(stand_in.status("/", headers={"Host": f"evil.example:{port}"}), 421, "a foreign name")
        expect_equal(stand_in.status("/stage", "POST", {"Origin": "http://evil.example"}, "event=hijack"), 403, "a foreign page")
    finally:
        demo.terminate()
        demo.wait(20)


if __name__ == "__main__":
    main()
