"""Accounts and sessions: logging in and out on the page, and by which tricks nobody gets in."""

import http.client
import json
import os
import re
import sqlite3
import time
import urllib.parse

from harness import case, expect, expect_equal, lapwing, main, wait_for
from listener import Listener, basic, bearer, digest, hash_of

CONFIG = """resolvers: {none: '127.0.0.1:9'}
root_hints: hints
defaults: {registration: false}
domains:
  - {name: a.example, tags: [client-a]}
  - {name: b.example, tags: [client-b]}
"""
HINTS = ". 3600 NS a.root.\na.root. 3600 A 127.0.0.1\n"
HTML = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "correct horse battery"


def account(listener, *words, password=PASSWORD, code=0):
    done = lapwing("account", *words, "--store", listener.file("lapwing.db"), given=password + "\n")
    expect_equal(done.returncode, code, f"{words}: {done.stdout} {done.stderr}")
    return done


def place():
    """A listener on the loopback with nothing configured: who comes is asked once there is an account."""
    return Listener(CONFIG, hints=HINTS)


def with_accounts(listener):
    account(listener, "create", "anna", "--role", "run")
    account(listener, "create", "client", "--role", "look", "--tag", "client-a")
    wait_for(lambda: listener.status("/") == 401, 5, "nobody is asked")


def send(listener, path, method="GET", headers=None, body=None):
    """Status, headers and body."""
    connection = listener.connection()
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, answer.headers, text


def log_in(listener, name="anna", password=PASSWORD, more=None, following="/"):
    body = urllib.parse.urlencode({"name": name, "password": password, "next": following})
    return send(listener, "/login", "POST", FORM | HTML | (more or {}), body)


def cookie(headers):
    return {"Cookie": headers["Set-Cookie"].split(";")[0]}


def journal(listener):
    done = lapwing("export", "--journal", "--store", listener.file("lapwing.db"))
    return [json.loads(line) for line in done.stdout.splitlines()][1:]


@case
def logging_in_and_out():
    with place() as listener:
        expect_equal(listener.status("/"), 200, "without accounts nobody is asked")
        expect_equal(send(listener, "/login")[0], 303, "nor offered a log-in")
        with_accounts(listener)
        status, headers, _ = send(listener, "/incidents", headers=HTML)
        expect_equal((status, headers["Location"]), (303, "/login?next=%2Fincidents"), "a browser is led to the log-in")
        status, headers, _ = send(listener, "/api/v1/domains")
        expect_equal((status, headers["WWW-Authenticate"]), (401, None), "a program is not, and no browser asks by itself")
        status, _, page = send(listener, "/login?next=/incidents", headers=HTML)
        expect(status == 200 and 'value="/incidents"' in page and "a.example" not in page, page)
        sheet = re.search(r'href="(/static/[^"]+)"', page).group(1)
        expect_equal(listener.status(sheet), 200, "the page has its style")
        status, headers, _ = log_in(listener, following="/incidents")
        expect_equal((status, headers["Location"]), (303, "/incidents"), "in")
        parts = headers["Set-Cookie"].split("; ")
        expect({"Path=/", "HttpOnly", "SameSite=Strict"} < set(parts) and "Secure" not in parts, parts)
        mine = cookie(headers)
        _, _, page = send(listener, "/", headers=HTML | mine)
        expect("anna" in page and "/logout" in page and "b.example" in page, "the board")
        expect_equal(listener.status("/incidents/none/note", "POST", mine | FORM, "text=x"), 404, "what she may do")
        _, headers, _ = log_in(listener, "client")
        theirs = cookie(headers)
        _, _, page = send(listener, "/domains", headers=HTML | theirs)
        expect("a.example" in page and "b.example" not in page, "the domains of a client")
        expect_equal(listener.status("/domains/a.example/check", "POST", theirs | FORM, ""), 403, "who only looks")
        expect_equal(listener.status("/domains/b.example", headers=theirs), 404, "what is of others")
        status, headers, _ = send(listener, "/logout", "POST", mine | FORM, "")
        expect(status == 303 and "Max-Age=0" in headers["Set-Cookie"], "out")
        expect_equal(listener.status("/", headers=mine), 401, "the session is over")
        expect_equal(listener.status("/", headers=theirs), 200, "that of others is not")
        acts = [(line["act"], line["by"], line["from"]) for line in journal(listener)]
        expect_equal(acts[2:], [("login", "anna", "page, 127.0.0.1"), ("login", "client", "page, 127.0.0.1"),
                                ("logout", "anna", "page, 127.0.0.1")], "the journal")


@case
def behind_https_the_cookie_is_for_https_only():
    with place() as listener:
        with_accounts(listener)
        _, headers, _ = log_in(listener, more={"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/dns"})
        parts = headers["Set-Cookie"].split("; ")
        expect({"Path=/dns/", "Secure", "HttpOnly", "SameSite=Strict"} < set(parts), parts)
        expect_equal(headers["Location"], "/dns/", "below the prefix")


@case
def a_number_that_somebody_planted_is_worth_nothing():
    """session fixation: each log-in has a number of its own, and the one that was there before ends"""
    with place() as listener:
        with_accounts(listener)
        planted = {"Cookie": "lapwing-session=" + "a" * 64}
        _, headers, _ = log_in(listener, more=planted)
        first = cookie(headers)
        expect(first != planted, "the number was taken over")
        expect_equal(listener.status("/", headers=planted), 401, "the planted number")
        _, headers, _ = log_in(listener, more=first)
        second = cookie(headers)
        expect(second != first, "another number")
        expect_equal((listener.status("/", headers=first), listener.status("/", headers=second)), (401, 200), "old and new")
        for value in ("", "x", "a" * 64, second["Cookie"].split("=")[1][:-1], second["Cookie"].split("=")[1].upper(), "' OR 1=1 --"):
            expect_equal(listener.status("/", headers={"Cookie": f"lapwing-session={value}"}), 401, value)
        with open(listener.file("lapwing.db"), "rb") as file:
            expect(second["Cookie"].split("=")[1].encode() not in file.read(), "the number itself is in the store")


@case
def other_sites_cause_nothing():
    """CSRF: forms of other sites are refused with the cookie and without, the log-in and the log-out too"""
    with place() as listener:
        with_accounts(listener)
        mine = cookie(log_in(listener)[1])
        for foreign in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Referer": "http://evil.example/"}, {"Sec-Fetch-Site": "same-site"}):
            for path, body in (("/domains", "name=c.example"), ("/login", f"name=client&password={PASSWORD}"), ("/logout", ""),
                               ("/domains/a.example/accept", ""), ("/-/reload", "")):
                expect_equal(listener.status(path, "POST", mine | FORM | foreign, body), 403, f"{path} {foreign}")
        expect_equal(listener.status("/", headers=mine), 200, "nobody was logged out")
        own = {"Origin": f"http://127.0.0.1:{listener.port}", "Sec-Fetch-Site": "same-origin"}
        expect_equal(listener.status("/domains/a.example/check", "POST", mine | FORM | own, ""), 303, "a page of ours")
        # A link from elsewhere comes without the cookie: a page of ours leads on, which has it sent.
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        _, headers, _ = send(listener, "/incidents", headers=HTML | link)
        _, _, page = send(listener, headers["Location"], headers=HTML | link)
        expect('content="0;url=/incidents"' in page and "<form" not in page, page)


@case
def where_a_log_in_leads_is_a_page_of_ours():
    with place() as listener:
        with_accounts(listener)
        for following in ("//evil.example", "http://evil.example/", "/\\evil.example", "evil", "/a b", "/\r\nX: y", "/" + "a" * 2000):
            # A password takes its time; what is a page of ours is decided in one place.
            if following in ("//evil.example", "/\r\nX: y"):
                _, headers, _ = log_in(listener, following=following)
                expect_equal((headers["Location"], headers["X"]), ("/", None), following)
            page = send(listener, "/login?next=" + urllib.parse.quote(following), headers=HTML)[2]
            expect("evil" not in page, following)


@case
def wrong_names_and_passwords():
    with place() as listener:
        with_accounts(listener)
        took = {}
        for name, password in (("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", ""), ("ANNA", PASSWORD), ("anna", "x" * 5000)):
            began = time.monotonic()
            status, headers, page = log_in(listener, name, password)
            took[name, password[:9]] = time.monotonic() - began
            expect_equal((status, headers["Set-Cookie"]), (401, None), name)
            expect("Wrong name or password." in page, page)
        expect(took["nobody", PASSWORD[:9]] > took["anna", "wrong"] / 3, f"an unknown name is told by the time it takes: {took}")
        expect_equal(listener.status("/", headers=basic("anna", PASSWORD)), 401, "an account is for the page")
        wait_for(lambda: [line for line in journal(listener) if line["act"] == "refusal"], 10, "refusals are not in the journal")
        time.sleep(0.5)
        expect_equal([(line["text"], line["from"]) for line in journal(listener) if line["act"] == "refusal"],
                     [("as anna", "page, 127.0.0.1")], "one for this address")


@case
def sessions_end():
    """by time, with another password, with the account"""
    with place() as listener:
        with_accounts(listener)

        def age(column, hours):
            store = sqlite3.connect(listener.file("lapwing.db"), timeout=20)
            store.execute(f"UPDATE session SET {column} = {column} - ?", (hours * 3600000,))
            store.commit()
            store.close()
        for column, hours in (("seen", 13), ("began", 7 * 24 + 1)):
            mine = cookie(log_in(listener)[1])
            expect_equal(listener.status("/", headers=mine), 200, "new")
            age(column, hours)
            expect_equal(listener.status("/", headers=mine), 401, f"{column} {hours} h ago")
        mine, theirs = cookie(log_in(listener)[1]), cookie(log_in(listener, "client")[1])
        account(listener, "password", "anna", password="another long password")
        expect_equal((listener.status("/", headers=mine), listener.status("/", headers=theirs)), (401, 200), "another password")
        expect_equal(log_in(listener)[0], 401, "the old one")
        mine = cookie(log_in(listener, password="another long password")[1])
        account(listener, "close", "client")
        expect_equal(listener.status("/", headers=theirs), 401, "a closed account")
        listed = json.loads(lapwing("account", "list", "--json", "--store", listener.file("lapwing.db")).stdout)["accounts"]
        expect_equal([(entry["name"], entry["role"]) for entry in listed], [("anna", "run")], "accounts")
        account(listener, "create", "anna", "--role", "look", code=1)
        account(listener, "create", "short", "--role", "look", password="short", code=1)
        account(listener, "close", "nobody", code=1)
        account(listener, "close", "anna")
        wait_for(lambda: listener.status("/") == 200, 5, "without accounts nobody is asked")


@case
def what_is_configured_lets_in_as_before():
    with Listener(CONFIG + "web: {config_file: access.yml}\n", hints=HINTS,
                  access_yml="basic_auth_users: {alice: '%s'}\n" % hash_of("secret")) as listener:
        account(listener, "create", "anna", "--role", "look")
        token = lapwing("token", "create", "t", "--role", "look", "--store", listener.file("lapwing.db")).stdout.strip()
        wait_for(lambda: send(listener, "/login", headers=HTML)[0] == 200, 5, "no log-in")
        for who, status in ((basic("alice", "secret"), 200), (basic("alice", "wrong"), 401), (bearer(token), 200), ({}, 401),
                            (cookie(log_in(listener)[1]), 200)):
            expect_equal(listener.status("/", headers=who), status, f"{who}")
        expect("Basic" in send(listener, "/")[1]["WWW-Authenticate"], "a password may still be asked for")


@case
def a_listener_for_the_network_needs_somebody_to_know():
    config = CONFIG + "web: {tokens: [%s]}\n" % digest("root")
    with Listener(config, host="0.0.0.0", hints=HINTS) as listener:
        account(listener, "create", "anna", "--role", "run")
        wait_for(lambda: log_in(listener)[0] == 303, 10, "no log-in")
        mine = cookie(log_in(listener)[1])
        expect_equal((listener.status("/", headers=mine), listener.status("/")), (200, 401), "with a session and without")
        account(listener, "close", "anna")
        time.sleep(1.5)
        expect_equal((listener.status("/", headers=mine), listener.status("/")), (401, 401), "without accounts it opens to nobody")


@case
def accounts_are_protection_enough_for_a_listener_on_the_network():
    """none: it does not begin, and says what to do; one, which may be made before there is a store: it does"""
    listener = Listener(CONFIG, host="0.0.0.0", hints=HINTS)
    for command in (("config", "check", listener.path), ("run", "--config", listener.path)):
        done = lapwing(*command)
        expect(done.returncode == 78 and "lapwing.yml:1:9" in done.stderr and "lapwing account create" in done.stderr, f"{done.returncode} {done.stderr}")
    expect(not os.path.exists(listener.file("lapwing.db")), "a check has made the store")
    done = lapwing("account", "create", "anna", "--role", "run", "--config", listener.path, given=PASSWORD + "\n")
    expect_equal(done.returncode, 0, done.stderr)
    expect_equal(os.stat(listener.file("lapwing.db")).st_mode & 0o777, 0o600, "the store's mode")
    expect("listen:" not in lapwing("config", "check", listener.path).stderr, "with an account it is refused")
    with listener:
        expect_equal(listener.status("/"), 401, "without a session")
        mine = cookie(log_in(listener)[1])
        expect_equal((listener.status("/", headers=mine), listener.reload(mine)[0]), (200, 200), "with one")
        account(listener, "close", "anna")
        wait_for(lambda: listener.status("/", headers=mine) == 401, 5, "a closed account")
        time.sleep(1.5)
        expect_equal(listener.status("/"), 401, "without accounts it opens to nobody")


if __name__ == "__main__":
    main()
