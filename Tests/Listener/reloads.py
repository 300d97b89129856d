"""What a reload puts into force, and what it refuses as a whole."""

import os
import subprocess
import time

from harness import LAPWING, case, expect, expect_equal, lapwing, main, wait_for
from listener import Listener, basic, bearer, digest, hash_of

USERS = "basic_auth_users: {%s}\n"
MODULES = "modules: {%s: {prober: dns, dns: {query_name: example.com}}}\n"


def metric(listener, headers=None):
    text = listener.ask("/metrics", headers=headers)[1]
    return next(line for line in text.splitlines() if line.startswith("lapwing_config_last_reload_successful ")).split()[1]


def access(*tokens):
    return f"web: {{config_file: web.yml, tokens: [{', '.join(map(digest, tokens))}]}}\n"


@case
def revoked_tokens_and_users_are_out_at_once():
    with Listener(access("old", "kept"), web_yml=USERS % f"alice: '{hash_of('a')}', carol: '{hash_of('c')}'") as listener:
        for who, status in ((bearer("old"), 200), (basic("alice", "a"), 200), (basic("carol", "c"), 200), (basic("bob", "b"), 401)):
            expect_equal(listener.status("/", headers=who), status, f"before {who}")
        open_page = listener.connection()
        open_page.request("GET", "/", headers=basic("alice", "a"))
        open_page.getresponse().read()
        stream = listener.connection()
        stream.request("GET", "/api/v1/events", headers=bearer("old"))
        events = stream.getresponse()
        expect_equal(events.status, 200, "the stream")
        listener.configure(access("new", "kept"))
        listener.write("web.yml", USERS % f"bob: '{hash_of('b')}', carol: '{hash_of('other')}'")
        expect_equal(listener.reload(bearer("kept"))[0], 200, "the reload")
        for who, status in ((bearer("old"), 401), (basic("alice", "a"), 401), (basic("carol", "c"), 401), (bearer("new"), 200),
                            (bearer("kept"), 200), (basic("bob", "b"), 200), (basic("carol", "other"), 200)):
            expect_equal(listener.status("/", headers=who), status, f"after {who}")
        began = time.monotonic()
        events.read()
        expect(time.monotonic() - began < 5, "the stream of a revoked token goes on")
        try:
            open_page.request("GET", "/", headers=bearer("new"))
            expect_equal(open_page.getresponse().read(), None, "an answer on a connection of before")
        except (OSError, AssertionError, __import__("http.client").client.HTTPException):
            pass


@case
def a_reload_that_changes_nothing_ends_no_stream():
    with Listener(access("kept"), web_yml=USERS % f"alice: '{hash_of('a')}'") as listener:
        stream = listener.connection(timeout=3)
        stream.request("GET", "/api/v1/events", headers=bearer("kept"))
        events = stream.getresponse()
        expect_equal(listener.reload(bearer("kept"))[0], 200, "the reload")
        expect(events.readline(), "no beginning")
        try:
            while events.readline():
                pass
            raise AssertionError("the stream has ended")
        except TimeoutError:
            pass


@case
def names_under_web_hosts_come_and_go():
    with Listener("web: {hosts: [one.example]}\n") as listener:
        ask = lambda host: listener.status("/", headers={"Host": host})
        expect_equal((ask("one.example"), ask("two.example")), (200, 421), "before")
        listener.configure("web: {hosts: [two.example]}\n")
        expect_equal(listener.reload()[0], 200, "the reload")
        expect_equal((ask("one.example"), ask("two.example")), (421, 200), "after")


@case
def what_needs_a_restart_is_refused_by_name():
    hints = ". 3600 NS a.\na. 3600 A 127.0.0.1\n"
    first = "root_hints: hints\nblackbox: bb.yml\nweb: {hosts: [one.example], external_url: 'http://x.example/'}\n"
    with Listener(first, hints=hints, bb_yml=MODULES % "one", other_yml=MODULES % "one", other_hints=hints, other_key="") as listener:
        changes = {
            "listen": lambda: listener.configure(first, listen="127.0.0.1:1"),
            "store": lambda: listener.write("lapwing.yml", open(listener.path).read().replace("lapwing.db", "other.db")),
            "web.external_url": lambda: listener.configure(first.replace("x.example", "y.example")),
            "root_hints": lambda: listener.configure(first.replace("hints: hints", "hints: other.hints")),
            "blackbox": lambda: listener.configure(first.replace("bb.yml", "other.yml")),
            "trust_anchor": lambda: listener.write("lapwing.yml", open(listener.path).read().replace("empty.key", "other.key")),
        }
        for key, change in changes.items():
            listener.configure(first)
            # Other programs renew this file.
            listener.write("empty.key", f"; {key}\n")
            expect_equal((listener.reload()[0], metric(listener)), (200, "1"), "nothing changed")
            change()
            with open(listener.path, "a") as file:
                file.write("interval: 1h\n")
            text = open(listener.path).read().replace("one.example", "two.example")
            listener.write("lapwing.yml", text)
            status, body = listener.reload()
            expect_equal(status, 500, f"{key}: {body}")
            expect(key in body and "restart" in body, f"{key}: {body}")
            expect_equal(metric(listener), "0", key)
            expect_equal(listener.status("/", headers={"Host": "two.example"}), 421, f"{key}: part of the file is in force")


@case
def a_bad_file_of_any_kind_leaves_all_as_it_was():
    first = "blackbox: bb.yml\nweb: {config_file: web.yml, hosts: [one.example]}\n"
    good = {"bb.yml": MODULES % "one", "web.yml": USERS % f"alice: '{hash_of('a')}'"}
    alice = basic("alice", "a")
    with Listener(first, **{name.replace(".", "_"): text for name, text in good.items()}) as listener:
        for name, text, place in (("bb.yml", "modules: {two: {prober: dns, nonsense: 1}}\n", "bb.yml"),
                                  ("web.yml", "basic_auth_users: {bob: x}\n", "web.yml:1:25: error"),
                                  ("web.yml", "tls_server_config: {cert_file: no, key_file: no}\n", "no"),
                                  ("lapwing.yml", "nonsense: 1\n", "lapwing.yml:1:1: error")):
            for other, content in good.items():
                listener.write(other, content)
            listener.configure(first)
            expect_equal(listener.reload(alice)[0], 200, "the good files")
            # Everything else has good news, none of which may come into force.
            listener.write("bb.yml", MODULES % "two")
            listener.write("web.yml", USERS % f"bob: '{hash_of('b')}'")
            listener.configure(first.replace("one.", "two."))
            listener.write(name, text)
            status, body = listener.reload(alice)
            expect_equal(status, 500, f"{name}: {body}")
            expect(place in body, f"{name}: no place in {body}")
            expect_equal(metric(listener, alice), "0", name)
            expect_equal(listener.status("/", headers=basic("bob", "b")), 401, name + ": the new user")
            expect_equal(listener.status("/", headers=alice | {"Host": "two.example"}), 421, name + ": the new host")
            modules = listener.ask("/config", headers=alice)[1]
            expect("one:" in modules and "two:" not in modules, f"{name}: modules are {modules}")


@case
def config_check_refuses_what_run_refuses():
    with Listener() as stand_in:
        pass
    faults = {
        "listen: '0.0.0.0:1'\nweb: {config_file: web.yml}\n": ("web.yml", "{}\n"),
        "listen: '127.evil.example:1'\n": ("web.yml", ""),
        "web: {config_file: web.yml}\n": ("web.yml", "basic_auth_users: [alice]\n"),
        "web: {config_file: missing.yml}\n": ("web.yml", ""),
        "web: {tokens: [clear-text]}\n": ("web.yml", ""),
        "web: {hosts: ['http://x.example']}\n": ("web.yml", ""),
        "web: {external_url: x.example}\n": ("web.yml", ""),
        "blackbox: web.yml\n": ("web.yml", "modules: 7\n"),
        "root_hints: web.yml\n": ("web.yml", "nothing of the kind\n"),
        "trust_anchor: missing.key\n": ("web.yml", ""),
        "registration: {rdap_bootstrap: web.yml}\n": ("web.yml", "7\n"),
    }
    for config, (name, text) in faults.items():
        stand_in.write(name, text)
        stand_in.write("lapwing.yml", config)
        for command in (["config", "check", stand_in.path], ["run", "--config", stand_in.path]):
            done = subprocess.run([LAPWING, *command], capture_output=True, text=True, timeout=20, cwd=stand_in.directory)
            expect_equal(done.returncode, 78, f"{command[0]} of {config!r}: {done.stdout}{done.stderr}")
        expect("clear-text" not in done.stderr, "a token is repeated")


@case
def the_store_is_its_owners_alone():
    os.umask(0o022)
    listener = Listener()
    open(listener.file("lapwing.db"), "w").close()
    os.chmod(listener.file("lapwing.db"), 0o644)
    with listener:
        wait_for(lambda: listener.status("/-/ready") == 200, 10, "not ready")
        modes = {name: oct(os.stat(listener.file(name)).st_mode & 0o777) for name in os.listdir(listener.directory) if ".db" in name}
        expect_equal(set(modes.values()), {"0o600"}, str(modes))


main()
