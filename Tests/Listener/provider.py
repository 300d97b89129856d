"""Logging in with OpenID Connect: at somebody else's provider, at one that lies, and by which tricks nobody gets in."""

import json
import logging
import socket
import sqlite3
import time
import urllib.parse
import urllib.request

import oidc_provider_mock

import sessions
from harness import case, cases, expect, expect_equal, lapwing, main, wait_for
from identity import Browser, Key, Provider, plain, signed_by_hmac, token
from listener import Listener, bearer

# Those of the suites from which something is taken are run by themselves.
cases.clear()
logging.getLogger("werkzeug").setLevel(logging.ERROR)
SECRET = "a secret & more"
GROUPS = "{dns-admins: {role: run}, clients: {role: look, tags: client-a}, night: {role: act}}"


def config(issuer, more="", groups=GROUPS):
    return sessions.CONFIG + ("web: {oidc: {issuer: '%s', client_id: 'lapwing:1', client_secret: '%s', private_network: true, "
                              "groups: %s%s}}\n" % (issuer, SECRET, groups, more))


def place(issuer, more="", **options):
    return Listener(config(issuer, more), hints=sessions.HINTS, **options)


class Place:
    """A listener with a provider that does what the test wants."""

    def __init__(self, more="", **options):
        self.provider = Provider()
        self.listener = place(self.provider.issuer, more, **options)

    def __enter__(self):
        self.listener.__enter__()
        return self.provider, self.listener

    def __exit__(self, *unused):
        self.listener.__exit__()
        self.provider.__exit__()


def log_in(provider, listener, browser=None, following="/", **claims):
    browser = browser or Browser(listener)
    _, query = browser.leave(following)
    return browser, browser.come(code=provider.grant(query, **claims), state=query["state"])


def expect_refused(answer, browser, words, status=401):
    found, headers, text = answer
    expect(found == status and words in text, f"{found}, not {status} with `{words}`: {text[-900:]}")
    expect("lapwing-session" not in browser.jar, "a session was begun all the same")
    expect_equal(browser.ask("/api/v1/status")[0], 401, "he is in")


def acts(listener, kind=None):
    return [line for line in sessions.journal(listener) if kind in (None, line["act"])]


# With other people's code.

def authorize(address, subject):
    """What somebody does at the provider's own page; where it sends the browser."""
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *unused):
            return None
    try:
        urllib.request.build_opener(Stay).open(address, urllib.parse.urlencode({"sub": subject}).encode(), timeout=20)
    except urllib.error.HTTPError as answer:
        return urllib.parse.urlsplit(answer.headers["Location"])
    raise AssertionError("the provider does not lead back")


def users():
    return [oidc_provider_mock.User(sub=sub, claims={"email": f"{sub}@example.org", "email_verified": True, "groups": groups})
            for sub, groups in (("anna", ["staff", "dns-admins"]), ("ben", ["clients"]), ("eve", ["staff"]), ("ned", []))]


@case
def who_is_in_a_named_group_comes_in():
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=users()) as server:
        with place(f"http://localhost:{server.server_port}") as listener:
            browser = Browser(listener)
            status, headers, _ = browser.ask("/incidents")
            expect_equal((status, headers["Location"]), (303, "/login?next=%2Fincidents"), "a browser is led to the log-in")
            _, _, page = browser.ask("/login?next=%2Fincidents")
            expect(f"Log in with localhost:{server.server_port}" in page and "password" not in page, page)
            expect('href="/login/oidc?next=%2Fincidents"' in page, page)
            place_, query = browser.leave("/incidents")
            expect_equal(query["redirect_uri"], f"http://127.0.0.1:{listener.port}/login/oidc/callback", "the way back")
            back = authorize(place_, "anna")
            status, headers, page = browser.ask(f"{back.path}?{back.query}", by_link=True)
            expect_equal(status, 200, page)
            expect('content="0;url=/incidents"' in page, page)
            parts = [set(line.split("; ")[1:]) for line in headers.get_all("Set-Cookie")]
            expect({"Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=43200"} <= parts[0], parts)
            expect_equal(list(browser.jar), ["lapwing-session"], "cookies")
            _, _, page = browser.ask("/")
            expect("anna@example.org" in page and "/logout" in page and "b.example" in page, "the board")
            expect_equal(browser.ask("/-/reload", "POST", "")[0], 200, "what she may do")
            ben = Browser(listener)
            back = authorize(ben.leave()[0], "ben")
            expect_equal(ben.ask(f"{back.path}?{back.query}", by_link=True)[0], 200, "ben")
            _, _, page = ben.ask("/domains")
            expect("a.example" in page and "b.example" not in page, "the domains of a client")
            expect_equal((ben.ask("/domains/a.example/check", "POST", "")[0], ben.ask("/domains/b.example")[0]), (403, 404), "ben's rights")
            for name in ("eve", "ned"):
                stranger = Browser(listener)
                back = authorize(stranger.leave()[0], name)
                expect_refused(stranger.ask(f"{back.path}?{back.query}", by_link=True), stranger, f"you are {name}@example.org, and in no group", 403)
            kept = browser.jar.copy()
            expect_equal(browser.ask("/logout", "POST", "")[0], 303, "out")
            expect_equal(browser.jar, {}, "the cookie is gone")
            browser.jar = kept
            expect_equal((browser.ask("/api/v1/status")[0], ben.ask("/api/v1/status")[0]), (401, 200), "the session is over, that of others is not")
            host = f"localhost:{server.server_port}"
            entries = [(entry["act"], entry["by"], entry["from"], entry.get("after")) for entry in acts(listener)]
            expect_equal([entry for entry in entries if entry[0] in ("login", "logout")], [
                ("login", "anna@example.org", f"page, {browser.address}, by {host}", "run on every domain"),
                ("login", "ben@example.org", f"page, {ben.address}, by {host}", "look on client-a"),
                ("logout", "anna@example.org", f"page, {browser.address}, by {host}", None)], "the journal")
            expect_equal([entry["text"] for entry in acts(listener, "login")][0], "subject anna", "who she is there")
            expect([entry for entry in entries if entry[0] == "reload" and entry[1] == "anna@example.org"], "her act")
            wait_for(lambda: [entry for entry in acts(listener, "refusal") if "as eve@example.org" in entry["text"]], 10, "eve is not in the journal")


@case
def in_a_browser():
    """Chromium: cookies go along as they should, from the first page to the log-out"""
    from selenium.webdriver.common.by import By

    from web_pages import browser
    with oidc_provider_mock.run_server_in_thread(user_claims=users()) as server:
        # Two names for this machine are two sites, as Lapwing and its provider mostly are.
        with place(f"http://localhost:{server.server_port}") as listener:
            driver = browser("light")
            try:
                driver.get(f"http://127.0.0.1:{listener.port}/incidents?state=open")
                driver.find_element(By.LINK_TEXT, f"Log in with localhost:{server.server_port}").click()
                driver.find_element(By.NAME, "sub").send_keys("anna")
                driver.find_element(By.XPATH, "//button[.='Authorize']").click()
                wait_for(lambda: driver.find_elements(By.XPATH, "//button[.='Log out']"), 15, lambda: driver.current_url + driver.page_source[-1500:])
                expect("/incidents" in driver.current_url, driver.current_url)
                driver.find_element(By.XPATH, "//button[.='Log out']").click()
                wait_for(lambda: "/login" in driver.current_url, 10, lambda: driver.current_url)
                driver.get(f"http://127.0.0.1:{listener.port}/")
                expect("/login" in driver.current_url, "still in")
            finally:
                driver.quit()


# With one that does what the test wants.

@case
def keys_of_every_kind():
    for kind in ("RS256", "RS512", "ES256", "ES384", "EdDSA"):
        with Place() as (provider, listener):
            provider.key = Key(kind)
            # Keys that cannot be used take no others with them.
            junk = [{"kty": "oct", "k": "AAAA"}, {"kty": "RSA", "n": "!", "e": "AQAB"}, {"kty": 5}, {}, "x"]
            provider.answers["/keys"] = (200, {}, {"keys": [*junk, provider.key.jwk]})
            browser, (status, _, text) = log_in(provider, listener)
            expect_equal((status, browser.ask("/api/v1/status")[0]), (200, 200), f"{kind}: {text}")
    with Place() as (provider, listener):
        provider.key, provider.secret_in_form = Key("ES256", kid=None), True
        provider.keys = [provider.key, Key("RS256", kid=None)]
        browser, (status, _, text) = log_in(provider, listener)
        expect_equal(status, 200, f"without a name of the key, the secret in the form: {text}")


LIES = {
    "another nonce": ({"nonce": "0" * 43}, "its nonce is another"),
    "no nonce": ({"nonce": None}, "its nonce is another"),
    "another issuer": ({"iss": "http://evil.example"}, "of another provider: http://evil.example"),
    "another audience": ({"aud": "somebody"}, "for another client"),
    "no audience": ({"aud": None}, "for another client"),
    "two audiences and nobody whose it is": ({"aud": ["lapwing:1", "somebody"]}, "issued to another client"),
    "two audiences, given to another": ({"aud": ["lapwing:1", "somebody"], "azp": "somebody"}, "issued to another client"),
    "given to another": ({"azp": "somebody"}, "issued to another client"),
    "expired": ({"exp": lambda: int(time.time()) - 90}, "has expired"),
    "no end": ({"exp": None}, "has expired"),
    "an end that is no time": ({"exp": 1e300}, "not well formed"),
    "an end that is a text": ({"exp": "2099"}, "not well formed"),
    "of the future": ({"iat": lambda: int(time.time()) + 90}, "dated in the future"),
    "not valid yet": ({"nbf": lambda: int(time.time()) + 90}, "dated in the future"),
    "no beginning": ({"iat": None}, "dated in the future"),
    "older than the log-in": ({"iat": lambda: int(time.time()) - 90}, "older than this log-in"),
    "nobody": ({"sub": ""}, "names no person"),
    "a subject that cannot be shown": ({"sub": "a\u202eb"}, "names no person"),
    "groups that are none": ({"groups": {"dns-admins": True}}, "in no group"),
    "a group in other letters": ({"groups": ["DNS-admins", "dns-admins "]}, "in no group"),
}


@case
def what_a_token_must_not_claim():
    with Place() as (provider, listener):
        for name, (claims, words) in LIES.items():
            made = {claim: value() if callable(value) else value for claim, value in claims.items()}
            browser = Browser(listener)
            provider.claims = made
            _, answer = log_in(provider, listener, browser)
            try:
                expect_refused(answer, browser, words, 403 if words == "in no group" else 401)
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error
        provider.claims = {}
        expect_equal(log_in(provider, listener)[1][0], 200, "an honest one")


@case
def what_must_not_be_a_signature():
    with Place() as (provider, listener):
        other = Key(kid="one")
        secret = {"pem": provider.key.pem(), "the modulus": provider.key.jwk["n"].encode(), "nothing": b""}
        lies = {
            "unsigned": (lambda claims: token(claims, provider.key, {"alg": "none"}, lambda data: b""), "signed by `none`"),
            "unsigned, in other letters": (lambda claims: token(claims, provider.key, {"alg": "nOnE"}, lambda data: b""), "signed by `nOnE`"),
            "with another key of that name": (lambda claims: token(claims, other), "not signed by the provider"),
            "with a key of no name there": (lambda claims: token(claims, Key(kid="two")), "does not publish"),
            "another algorithm than the key's": (lambda claims: token(claims, provider.key, {"alg": "RS512"}), "another algorithm"),
            "an algorithm that is not known": (lambda claims: token(claims, provider.key, {"alg": "PS256"}), "signed by `PS256`"),
            "what must be understood and is not": (lambda claims: token(claims, provider.key, {"crit": ["b64"], "b64": False}), "requires an unknown extension"),
            "a key of its own": (lambda claims: token(claims, other, {"jwk": other.jwk, "jku": "http://evil.example"}), "not signed"),
            "cut short": (lambda claims: token(claims, provider.key)[:-4], "the ID token is not"),
            "changed": (lambda claims: swapped(token(claims, provider.key)), "not signed"),
            "five parts": (lambda claims: token(claims, provider.key) + ".x.y", "not well formed"),
            "padding": (lambda claims: token(claims, provider.key) + "==", "not well formed"),
            "no token": (lambda claims: "x", "not well formed"),
            "a large one": (lambda claims: token(claims | {"groups": ["x" * 200] * 1000}, provider.key), "not well formed"),
            "none at all": (lambda claims: None, "no ID token"),
        } | {f"HMAC with {name}": (lambda claims, key=key: token(claims, provider.key, {"alg": "HS256"}, signed_by_hmac(key)), "signed by `HS256`")
             for name, key in secret.items()}
        for name, (make, words) in lies.items():
            browser = Browser(listener)
            provider.make = make
            _, answer = log_in(provider, listener, browser)
            try:
                expect_refused(answer, browser, words, 502 if words == "no ID token" else 401)
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error
        expect(provider.counted("/keys") <= 2, f"{provider.counted('/keys')} fetches of the keys within a minute")
        provider.make = None


def swapped(text):
    """The token with other claims under the same signature."""
    head, claims, signature = text.split(".")
    import base64
    found = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return f"{head}.{plain(json.dumps(found | {'sub': 'eve'}).encode())}.{signature}"


@case
def a_code_and_a_state_count_once_and_in_one_browser():
    with Place() as (provider, listener):
        provider.lenient = True  # It would give a second token for the same code.
        browser = Browser(listener)
        _, query = browser.leave()
        code = provider.grant(query)
        kept = browser.jar.copy()
        # Somebody else who saw the address on its way.
        thief = Browser(listener)
        expect_refused(thief.come(code=code, state=query["state"]), thief, "began in another browser")
        thief.leave()
        expect_refused(thief.come(code=code, state=query["state"]), thief, "began in another browser")
        expect_equal(provider.counted("/token"), 0, "the provider is not even asked")
        # It can still go on where it began, once.
        expect_equal(browser.come(code=code, state=query["state"])[0], 200, "where it began")
        again = Browser(listener)
        again.jar = kept
        expect_refused(again.come(code=code, state=query["state"]), again, "was used already")
        for wrong in ({}, {"state": ""}, {"state": "0" * 43}, {"code": code}):
            stray = Browser(listener)
            stray.jar = kept.copy()
            expect_refused(stray.come(**wrong), stray, "was used already, has expired, or did not begin here")
        expect_equal(provider.counted("/token"), 1, "requests to the provider")
        wait_for(lambda: acts(listener, "refusal"), 10, "refusals are not in the journal")


@case
def nobody_is_logged_in_as_somebody_else():
    """the log-in of an attacker that a victim's browser is led to finish, with and without a planted cookie"""
    with Place() as (provider, listener):
        attacker, victim = Browser(listener), Browser(listener)
        _, query = attacker.leave()
        code = provider.grant(query, sub="attacker")
        expect_refused(victim.come(code=code, state=query["state"]), victim, "began in another browser")
        victim.leave()
        expect_refused(victim.come(code=code, state=query["state"]), victim, "began in another browser")
        # Our own page alone begins one: no other site can have a browser begin it.
        expect_equal(victim.ask("/login/oidc", by_link=True)[0], 403, "begun by a link elsewhere")
        # The number of a session that was planted is worth nothing, and a former one ends.
        victim.jar["lapwing-session"] = ("a" * 64, "/", True)
        _, query = victim.leave()
        expect_equal(victim.come(code=provider.grant(query), state=query["state"])[0], 200, "in")
        first = victim.jar.copy()
        expect(first["lapwing-session"][0] != "a" * 64, "the number was taken over")
        _, query = victim.leave()
        expect_equal(victim.come(code=provider.grant(query), state=query["state"])[0], 200, "in again")
        second = victim.jar.copy()
        expect(second != first, "the same number")
        victim.jar = first
        expect_equal(victim.ask("/api/v1/status")[0], 401, "the former session")
        victim.jar = {"lapwing-session": ("a" * 64, "/", True)}
        expect_equal(victim.ask("/api/v1/status")[0], 401, "the planted number")
        with open(listener.file("lapwing.db"), "rb") as file:
            expect(second["lapwing-session"][0].encode() not in file.read(), "the number itself is in the store")


@case
def where_it_leads_is_a_page_of_ours():
    with Place() as (provider, listener):
        for following in ("//evil.example", "http://evil.example/", "/\\evil.example", "evil", "/a b", "/\r\nX: y", "javascript:alert(1)"):
            _, (status, headers, page) = log_in(provider, listener, following=following)
            expect_equal(status, 200, page)
            expect('content="0;url=/"' in page and "evil" not in page and headers["X"] is None, f"{following}: {page}")
        _, (_, _, page) = log_in(provider, listener, following="/domains?q=a&b=%22c")
        expect('content="0;url=/domains?q=a&amp;b=%22c"' in page, page)
        # A name that is not ours is not led back to.
        status, _, _ = Browser(listener).ask("/login/oidc", headers={"Host": "evil.example"})
        expect_equal(status, 421, "another host")


@case
def what_the_provider_says_instead_of_a_code():
    with Place() as (provider, listener):
        browser = Browser(listener)
        _, query = browser.leave()
        answer = browser.come(error="access_denied", error_description="<b>no</b>\u202e" + "x" * 500, state=query["state"])
        expect_refused(answer, browser, "the provider refuses: access_denied: &lt;b&gt;no&lt;/b&gt;")
        expect("x" * 300 not in answer[2], "a long text is cut")
        _, query = browser.leave()
        expect_refused(browser.come(code=provider.grant(query), state=query["state"], iss="http://evil.example"), browser, "of another provider")
        _, query = browser.leave()
        expect_refused(browser.come(state=query["state"]), browser, "code is not well formed")
        _, query = browser.leave()
        expect_refused(browser.come(state=query["state"], code="x" * 5000), browser, "code is not well formed")
        _, query = browser.leave()
        expect_refused(browser.come(state=query["state"], code="invented"), browser, "does not take the code: invalid_grant")


@case
def a_provider_that_is_down_or_says_nonsense():
    with Place() as (provider, listener):
        sessions.account(listener, "create", "anna", "--role", "run")
        wait_for(lambda: 'name="password"' in Browser(listener).ask("/login")[2], 5, "no password is asked for")
        metadata = "/.well-known/openid-configuration"
        lies = [
            (lambda: (500, {}, {}), "HTTP 500"), (lambda: (200, {}, b"<html>"), "not well formed"),
            (lambda: (200, {}, b"[" * 100_000), "not well formed"), (lambda: (200, {}, b"x" * 600_000), "too large"),
            (lambda: (302, {"Location": "http://127.0.0.1:1/"}, b""), "redirects to http://127.0.0.1:1/"),
            (lambda: (200, {}, provider.document() | {"issuer": "http://evil.example"}), "calls itself http://evil.example"),
            (lambda: (200, {}, provider.document() | {"token_endpoint": "ftp://x/"}), "an address that is not used"),
            (lambda: (200, {}, provider.document() | {"authorization_endpoint": "https://a b/"}), "an address that is not used"),
            (lambda: (200, {}, provider.document() | {"jwks_uri": "http://user@x/"}), "an address that is not used"),
        ]
        for lie, words in lies:
            provider.answers[metadata] = lie
            # After a failure the provider is left alone for a while.
            wait_for(lambda: words in Browser(listener).ask("/login/oidc")[2], 15, lambda: Browser(listener).ask("/login/oidc")[2])
            status, _, page = Browser(listener).ask("/login/oidc")
            expect(status == 502 and "Accounts of Lapwing itself work as before." in page and 'name="password"' in page, page)
            browser = Browser(listener)
        asked = provider.counted(metadata)
        for _ in range(20):
            browser.ask("/login/oidc")
        expect(provider.counted(metadata) <= asked + 1, "asked again and again")
        expect_equal(sessions.log_in(listener)[0], 303, "an account")
        provider.server.shutdown()
        provider.server.server_close()
        wait_for(lambda: "Connection refused" in browser.ask("/login/oidc")[2], 15, lambda: browser.ask("/login/oidc")[2])
        expect_equal(sessions.log_in(listener)[0], 303, "an account, with the provider gone")


@case
def a_token_endpoint_that_is_slow_or_large():
    with Place() as (provider, listener):
        browser = Browser(listener)
        for lie, words in ((lambda: (500, {}, {}), "HTTP 500"), (lambda: (200, {}, b"x" * 600_000), "too large"),
                           (lambda: (307, {"Location": provider.issuer + "/keys"}, b""), "redirects"),
                           (lambda: time.sleep(13) or (200, {}, {}), "no answer in time")):
            provider.answers["/token"] = lie
            _, query = browser.leave()
            began = time.monotonic()
            expect_refused(browser.come(code=provider.grant(query), state=query["state"]), browser, words, 502)
            expect(time.monotonic() - began < 12, "too long")


@case
def addresses_of_the_own_network_are_not_reached_unless_that_is_said():
    with Provider() as provider:
        for issuer in (provider.issuer, provider.issuer.replace("127.0.0.1", "localhost")):
            text = config(issuer).replace("private_network: true, ", "")
            with Listener(text, hints=sessions.HINTS) as listener:
                status, _, page = Browser(listener).ask("/login/oidc")
                expect(status == 502 and "private network" in page, page)
        expect_equal(provider.asked, [], "it was asked all the same")


@case
def so_many_begin_within_a_minute():
    with Place() as (provider, listener):
        browser = Browser(listener)
        found = [browser.ask("/login/oidc")[0] for _ in range(25)]
        expect_equal(found, [303] * 20 + [429] * 5, "log-ins of one address")


@case
def sessions_follow_the_configuration_and_end():
    with Place(", session: 1h") as (provider, listener):
        anna, (_, headers, _) = log_in(provider, listener)
        expect("Max-Age=3600" in headers["Set-Cookie"], headers["Set-Cookie"])
        ben, _ = log_in(provider, listener, sub="s-2", groups="clients", email_verified=False)
        both, _ = log_in(provider, listener, sub="s-3", groups=["clients", "night", "other"])
        expect("b.example" not in ben.ask("/domains")[2] and "b.example" in both.ask("/domains")[2], "groups")
        expect_equal((both.ask("/domains/a.example/check", "POST", "")[0], both.ask("/-/reload", "POST", "")[0]), (303, 403), "the highest role")
        expect_equal([entry["by"] for entry in acts(listener, "login")], ["anna@example.org", "s-2", "anna@example.org"], "by whom")
        stream = socket.create_connection(("127.0.0.1", listener.port), 15)
        stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: lapwing-session={ben.jar['lapwing-session'][0]}\r\n\r\n".encode())
        while b"welcome" not in stream.recv(4096):
            pass
        # A group that is named no longer, or with another role, is so at once.
        listener.configure(config(provider.issuer, ", session: 1h", "{dns-admins: {role: look}}"))
        expect_equal(anna.ask("/-/reload", "POST", "")[0], 200, "the reload")
        while stream.recv(4096):
            pass
        expect_equal((anna.ask("/api/v1/status")[0], anna.ask("/-/reload", "POST", "")[0], ben.ask("/api/v1/status")[0]), (200, 403, 401), "after it")

        def age(column, minutes):
            store = sqlite3.connect(listener.file("lapwing.db"), timeout=20)
            store.execute(f"UPDATE vouched_session SET {column} = {column} - ?", (minutes * 60000,))
            store.commit()
            store.close()
        age("began", 59)
        expect_equal(anna.ask("/api/v1/status")[0], 200, "after 59 minutes")
        age("began", 2)
        expect_equal(anna.ask("/api/v1/status")[0], 401, "after an hour")


@case
def a_provider_is_protection_enough_for_a_listener_on_the_network():
    with Provider() as provider, Listener(config(provider.issuer), host="0.0.0.0", hints=sessions.HINTS) as listener:
        browser, (status, _, text) = log_in(provider, listener)
        expect_equal((status, browser.ask("/api/v1/status")[0], listener.status("/")), (200, 200, 401), text)
        token_ = lapwing("token", "create", "t", "--role", "look", "--store", listener.file("lapwing.db")).stdout.strip()
        expect_equal(listener.status("/", headers=bearer(token_)), 200, "programs have tokens")


@case
def behind_https_the_way_back_is_of_https():
    with Place() as (provider, listener):
        browser = Browser(listener)
        front = {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/dns", "Sec-Fetch-Site": "same-origin"}
        status, headers, _ = browser.ask("/login/oidc", headers=front)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers["Location"]).query))
        expect_equal((status, query["redirect_uri"]), (303, f"https://127.0.0.1:{listener.port}/dns/login/oidc/callback"), "the way back")
        expect({"Path=/dns/login/oidc", "Secure", "HttpOnly", "SameSite=Lax"} < set(headers["Set-Cookie"].split("; ")), headers["Set-Cookie"])
    provider = Provider()
    text = config(provider.issuer).replace("web: {", "web: {external_url: 'https://monitor.example.org/dns/', ")
    with provider, Listener(text, hints=sessions.HINTS) as listener:
        _, headers, _ = Browser(listener).ask("/login/oidc", headers={"Host": "monitor.example.org"})
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers["Location"]).query))
        expect_equal(query["redirect_uri"], "https://monitor.example.org/dns/login/oidc/callback", "as people type it")


if __name__ == "__main__":
    main()
