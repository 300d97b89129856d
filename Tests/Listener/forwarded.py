"""People whom a trusted proxy knows: nginx that asks for passwords, and headers that somebody else sends."""

import json
import os
import subprocess
import sys

import sessions
from harness import case, cases, expect, expect_equal, lapwing, main, wait_for
from listener import Listener, basic, bearer, digest, free_port, hash_of
from proxied import Proxy

# Those of the suites from which something is taken are run by themselves.
cases.clear()
GROUPS = "{dns-admins: {role: run}, clients: {role: look, tags: client-a}}"
HTML = sessions.HTML
# The proxy is at an address of its own, as it is on a machine of its own.
PROXY = "127.0.0.2"


def config(more="", trusted=PROXY, groups=GROUPS):
    return sessions.CONFIG + "web: {proxy: {trusted: %s, groups: %s%s}}\n" % (trusted, groups, more)


def said(user="anna", groups="staff, dns-admins"):
    return {"X-Forwarded-User": user, "X-Forwarded-Groups": groups}


def ask(listener, path="/api/v1/status", headers=None, method="GET", body=None, source=PROXY):
    return listener.ask(path, method, headers or {}, body, source=source)


@case
def nginx_says_who_it_is():
    """nginx asks for passwords, and names the person and his groups in place of whatever the client sends"""
    port = free_port()
    users = "".join(f"{name}:{hash_of('secret', 5)}\n" for name in ("anna", "ben", "eve"))

    def change(text):
        place = text.index("proxy_set_header")
        return ('auth_basic Lapwing; auth_basic_user_file FOLDER/users;\n'
                'set $groups ""; if ($remote_user = anna) { set $groups "staff,dns-admins"; } if ($remote_user = ben) { set $groups clients; }\n'
                + text[:place] + f"proxy_bind {PROXY};\n    proxy_set_header X-Forwarded-User $remote_user;\n"
                "    proxy_set_header X-Forwarded-Groups $groups;\n    " + text[place:])
    with Listener(config(), hints=sessions.HINTS) as listener, Proxy(listener, port, change, users=users) as front:
        expect_equal(front.status("/dns/"), 401, "nginx asks")
        status, page = front.ask("/dns/", headers=basic("anna", "secret") | HTML)
        expect(status == 200 and "b.example" in page, f"{status} {page[-500:]}")
        expect_equal(front.status("/dns/-/reload", "POST", basic("anna", "secret")), 200, "what she may do")
        status, page = front.ask("/dns/domains", headers=basic("ben", "secret") | HTML)
        expect(status == 200 and "a.example" in page and "b.example" not in page, f"{status} {page[-500:]}")
        expect_equal(front.status("/dns/-/reload", "POST", basic("ben", "secret") | said()), 403, "headers that the client sends himself")
        status, text = front.ask("/dns/", headers=basic("eve", "secret"))
        expect(status == 403 and text == "You are eve, and in no group with access.\n", f"{status} {text}")
        journal = [(line["act"], line["by"], line["from"]) for line in sessions.journal(listener)]
        expect(("reload", "anna", f"API, 127.0.0.1, by the proxy {PROXY}") in journal, f"{journal}")
        expect(("login", "ben", f"page, 127.0.0.1, by the proxy {PROXY}") in journal, f"{journal}")


@case
def the_header_of_anybody_else_is_nothing():
    with Listener(config(), hints=sessions.HINTS) as listener:
        expect_equal(ask(listener, headers=said())[0], 200, "the proxy")
        for source in ("127.0.0.1", "127.0.0.3"):
            expect_equal(ask(listener, headers=said(), source=source)[0], 401, f"from {source}")
            # To say that one is the proxy makes one no proxy.
            expect_equal(ask(listener, headers=said() | {"X-Forwarded-For": PROXY}, source=source)[0], 401, f"from {source}, with its address")
        token = lapwing("token", "create", "t", "--role", "look", "--tag", "client-a", "--store", listener.file("lapwing.db")).stdout.strip()
        for headers, status in ((bearer(token), 200), (bearer(token) | said(), 200), (bearer("x"), 401)):
            expect_equal(ask(listener, headers=headers, source="127.0.0.1")[0], status, f"{headers}")
        expect_equal(ask(listener, "/-/reload", bearer(token) | said(), "POST", source="127.0.0.1")[0], 403, "the token's role, not the header's")


@case
def what_the_proxy_must_not_say():
    with Listener(config(), hints=sessions.HINTS) as listener:
        for headers, status in ((said(groups=""), 403), ({"X-Forwarded-User": "anna"}, 403), (said(groups="DNS-ADMINS"), 403),
                                (said(groups="dns-admins-2, not dns-admins"), 403), (said(user=""), 401), (said(user="x" * 300), 401),
                                ({"X-Forwarded-Groups": "dns-admins"}, 401), ({}, 401), (said(user="a\tb"), 401),
                                ({"X_Forwarded_User": "anna", "X_Forwarded_Groups": "dns-admins"}, 401),
                                (said(groups="," * 2000 + "dns-admins"), 200), (said(groups="clients,dns-admins"), 200)):
            expect_equal(ask(listener, headers=headers)[0], status, f"{headers}"[:200])
        # What a client sends stands beside what a careless proxy adds: neither is believed.
        for name in ("X-Forwarded-User", "X-Forwarded-Groups"):
            connection = listener.connection(source=PROXY)
            connection.putrequest("GET", "/api/v1/status")
            for key, value in [*said().items(), (name, "dns-admins")]:
                connection.putheader(key, value)
            connection.endheaders()
            expect_equal(connection.getresponse().status, 401, f"two of {name}")
            connection.close()
        status, text = ask(listener, headers=said("eve", "x"))
        expect(status == 403 and json.loads(text)["detail"] == "You are eve, and in no group with access.", text)
        wait_for(lambda: [line for line in sessions.journal(listener) if line["act"] == "refusal" and line["text"] == "as anna"], 10,
                 "refusals are not in the journal")


@case
def other_sites_and_other_names_are_refused_all_the_same():
    with Listener(config(), hints=sessions.HINTS) as listener:
        for headers, status in (({"Origin": "http://evil.example"}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Host": "evil.example"}, 421)):
            expect_equal(ask(listener, "/domains/a.example/check", said() | sessions.FORM | headers, "POST", "")[0], status, f"{headers}")


@case
def a_trusted_proxy_is_protection_enough_for_a_listener_on_the_network():
    with Listener(config(), host="0.0.0.0", hints=sessions.HINTS) as listener:
        expect_equal((ask(listener, headers=said())[0], listener.status("/")), (200, 401), "by the proxy and past it")
        expect_equal(listener.ask("/", headers=HTML)[0], 401, "there is no log-in to be led to")


@case
def it_may_be_a_block_with_headers_of_other_names():
    more = ", user_header: Remote-User, groups_header: Remote-Groups"
    with Listener(config(more, "[127.0.0.0/30, '10.0.0.1']"), hints=sessions.HINTS) as listener:
        own = {"Remote-User": "anna", "Remote-Groups": "dns-admins"}
        for source, status in (("127.0.0.1", 200), ("127.0.0.3", 200), ("127.0.0.4", 401)):
            expect_equal(ask(listener, headers=own, source=source)[0], status, source)
        expect_equal(ask(listener, headers=said())[0], 401, "the usual names")
        # A client that is behind the proxy is seen as itself, and what is limited by address is limited for it.
        ask(listener, "/domains/a.example/check", own | sessions.FORM | {"X-Forwarded-For": "192.0.2.7"}, "POST", "")
        expect(any(line["from"] == f"page, 192.0.2.7, by the proxy {PROXY}" for line in sessions.journal(listener)), "whose act it was")


@case
def with_accounts_and_passwords_beside_it():
    text = config().replace("web: {", "web: {config_file: access.yml, tokens: [%s], " % digest("root"))
    with Listener(text, hints=sessions.HINTS, access_yml="basic_auth_users: {alice: '%s'}\n" % hash_of("secret")) as listener:
        sessions.account(listener, "create", "anna", "--role", "look")
        wait_for(lambda: listener.ask("/login", headers=HTML)[0] == 200, 5, "no log-in")
        for headers, source, status in ((basic("alice", "secret"), "127.0.0.1", 200), (bearer("root"), "127.0.0.1", 200), ({}, "127.0.0.1", 401),
                                        (said(), PROXY, 200), ({}, PROXY, 401), (basic("alice", "secret"), PROXY, 200)):
            expect_equal(ask(listener, headers=headers, source=source)[0], status, f"{headers} from {source}")
        mine = sessions.cookie(sessions.log_in(listener)[1])
        expect_equal(ask(listener, "/-/reload", mine, "POST", source="127.0.0.1")[0], 403, "the account's role")
        expect_equal(ask(listener, "/-/reload", mine | said(), "POST")[0], 200, "what the proxy says comes first")


@case
def one_on_another_machine_speaks_for_many():
    """all connections but a reserve are for the proxy, and of these no client takes all streams"""
    done = subprocess.run(["unshare", "-rn", sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "elsewhere.py")],
                          capture_output=True, text=True, timeout=200)
    expect(done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:])


if __name__ == "__main__":
    main()
