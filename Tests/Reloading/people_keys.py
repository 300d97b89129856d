"""Keys of who vouches for people: a provider of OpenID Connect, and a trusted proxy."""

import http.client
import urllib.parse

import service_keys
from identity import Browser, Provider
from listener import Listener, digest
from service_keys import row
from table import covered, expect_equal, harness

# Those of the part from which something is taken are run by themselves.
harness.cases.clear()
covered.clear()


def both_ways(listener, before, after, seen, *more, **options):
    """The same where other people are let in before and after: connections end in between, and are made again."""
    def patient():
        try:
            return seen()
        except (OSError, http.client.HTTPException):
            return None
    service_keys.both_ways(listener, before, after, patient, *more, **options)


def provided(provider, groups="{admins: {role: run}, kept: {role: look}}", **keys):
    text = {"issuer": provider.issuer, "client_id": "lapwing", "client_secret": "a secret & more", "private_network": "true"} | keys
    return "web: {oidc: {%s, groups: %s}}\n" % (", ".join(f"{key}: {value}" for key, value in text.items()), groups)


def logged_in(listener, provider, **claims):
    """A browser that has logged in at the provider, and what it was answered."""
    browser = Browser(listener)
    status, headers, _ = browser.ask("/login/oidc")
    if status != 303:
        return browser, status
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers["Location"]).query))
    return browser, browser.come(code=provider.grant(query, **{"groups": ["admins"], **claims}), state=query["state"])[0]


def of_provider(seen, was, becomes, before=None, after=None, more=""):
    """One key of the provider; whoever has a token reads the configuration again."""
    with Provider() as provider:
        texts = [provided(provider, **(keys or {})).replace("web: {", "web: {tokens: [%s], " % digest("kept")) + more for keys in (before, after)]
        with Listener(texts[0], two_secret="another secret\n", hints=". 3600 NS a.\na. 3600 A 127.0.0.1\n") as listener:
            both_ways(listener, *texts, lambda: seen(listener, provider), was, becomes, headers={"Authorization": "Bearer kept"})


def asked_for(word):
    """A part of the address that the browser is sent to."""
    def seen(listener, provider):
        _, headers, _ = Browser(listener).ask("/login/oidc")
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers.get("Location", "")).query)).get(word)
    return seen


@row("web.oidc", "web.oidc.groups", "web.oidc.groups.NAME.role", "web.oidc.groups.NAME.tags")
def groups_of_a_provider():
    with Provider() as provider:
        texts = [provided(provider, groups).replace("web: {", "web: {tokens: [%s], " % digest("kept")) + "domains: [{name: a.example, tags: [x]}]\n"
                 for groups in ("{admins: {role: run}}", "{admins: {role: look, tags: y}, b: {role: look}}")]
        with Listener(texts[0], hints=". 3600 NS a.\na. 3600 A 127.0.0.1\n") as listener:
            browser, status = logged_in(listener, provider)
            expect_equal(status, 200, "a log-in")
            # The session that there is follows, and the other group comes in.
            both_ways(listener, *texts, lambda: [browser.ask("/api/v1/domains/a.example")[0], browser.ask("/add")[0],
                                                 logged_in(listener, provider, groups=["b"])[1]],
                      [200, 200, 403], [404, 403, 200], headers={"Authorization": "Bearer kept"})


@row("web.oidc.issuer", "web.oidc.label")
def issuer_of_a_provider():
    with Provider() as one, Provider() as two:
        texts = [provided(provider, label=label).replace("web: {", "web: {tokens: [%s], " % digest("kept"))
                 for provider, label in ((one, "First"), (two, "Second"))]
        with Listener(texts[0]) as listener:
            both_ways(listener, *texts, lambda: ["Log in with First" in listener.ask("/login", headers={"Accept": "text/html"})[1],
                                                 logged_in(listener, one)[1]], [True, 200], [False, 401],
                      headers={"Authorization": "Bearer kept"})


@row("web.oidc.client_id")
def client_of_a_provider():
    of_provider(asked_for("client_id"), "lapwing", "other", after={"client_id": "other"})


@row("web.oidc.client_secret")
def secret_of_a_provider():
    of_provider(lambda *both: logged_in(*both)[1], 200, 401, after={"client_secret": "another"})


@row("web.oidc.client_secret_file")
def secret_file_of_a_provider():
    of_provider(lambda *both: logged_in(*both)[1], 200, 401, after={"client_secret_file": "two.secret"})


@row("web.oidc.groups_claim")
def claim_of_groups():
    of_provider(lambda *both: logged_in(*both)[1], 200, 403, after={"groups_claim": "roles"})


@row("web.oidc.name_claim")
def claim_of_the_name():
    def seen(listener, provider):
        browser, _ = logged_in(listener, provider, nickname="nick")
        return "You are nick" in browser.ask("/")[2]
    of_provider(seen, False, True, after={"name_claim": "nickname"})


@row("web.oidc.scopes")
def scopes():
    of_provider(asked_for("scope"), "openid email profile", "openid groups", after={"scopes": "[openid, groups]"})


@row("web.oidc.session")
def session():
    def seen(listener, provider):
        browser = Browser(listener)
        _, query = browser.leave()
        _, headers, _ = browser.come(code=provider.grant(query, groups=["admins"]), state=query["state"])
        return "Max-Age=3600;" in headers["Set-Cookie"]
    of_provider(seen, False, True, after={"session": "1h"})


@row("web.oidc.private_network")
def private_network():
    def seen(listener, provider):
        return Browser(listener).ask("/login/oidc")[0]
    of_provider(seen, 303, 502, after={"private_network": "false"})


def forwarding(**keys):
    text = {"trusted": "127.0.0.2", "groups": "{admins: {role: run}}"} | keys
    return "web: {tokens: [%s], proxy: {%s}}\ndomains: [{name: a.example, tags: [x]}]\n" % (
        digest("kept"), ", ".join(f"{key}: {value}" for key, value in text.items()))


def by_proxy(listener, path="/add", source="127.0.0.2", names=("X-Forwarded-User", "X-Forwarded-Groups"), groups="admins"):
    return listener.status(path, headers={names[0]: "anna", names[1]: groups}, source=source)


def of_proxy(seen, was, becomes, **keys):
    with Listener(forwarding(), hints=". 3600 NS a.\na. 3600 A 127.0.0.1\n") as listener:
        both_ways(listener, forwarding(), forwarding(**keys), lambda: seen(listener), was, becomes, headers={"Authorization": "Bearer kept"})


@row("web.proxy", "web.proxy.trusted")
def trusted():
    of_proxy(lambda listener: [by_proxy(listener), by_proxy(listener, source="127.0.0.3")], [200, 401], [401, 200], trusted="127.0.0.3")


@row("web.proxy.user_header", "web.proxy.groups_header")
def headers_of_a_proxy():
    names = ("Remote-User", "Remote-Groups")
    of_proxy(lambda listener: [by_proxy(listener), by_proxy(listener, names=names)], [200, 401], [401, 200],
             user_header=names[0], groups_header=names[1])


@row("web.proxy.groups", "web.proxy.groups.NAME.role", "web.proxy.groups.NAME.tags")
def groups_of_a_proxy():
    of_proxy(lambda listener: [by_proxy(listener), by_proxy(listener, "/api/v1/domains/a.example"), by_proxy(listener, "/", groups="b")],
             [200, 200, 403], [403, 404, 200], groups="{admins: {role: look, tags: y}, b: {role: look}}")
