"""Pages and logins where servers and resolvers say nothing, in a network of its own so that port 53 is free."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

if "inside" not in sys.argv:
    words = ["unshare", "-rnm", sys.executable, __file__, "inside"]
    os.execvp(words[0], words)
sys.argv.remove("inside")

from harness import case, expect, expect_equal, main, wait_for  # noqa: E402
from listener import Listener, basic, hash_of  # noqa: E402

SILENT = "127.0.0.66"
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
held = [socket.socket(socket.AF_INET, kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM)]
for server in held:
    server.bind((SILENT, 53))
held[1].listen(64)


@case
def the_page_waits_three_seconds_for_the_chain_and_the_rest_goes_on():
    hints = f". 3600 IN NS ns.silent.\nns.silent. 3600 IN A {SILENT}\n"
    names = [f"quiet{number}.example" for number in range(12)]
    config = f"root_hints: hints\nresolvers: {{silent: {SILENT}}}\ndomains: [{', '.join(names)}]\n"
    with Listener(config, hints=hints) as listener:
        wait_for(lambda: listener.status("/-/ready") == 200, 10, "not ready")
        taken = []

        def look(name):
            began = time.monotonic()
            status = listener.status("/domains/" + name, timeout=30)
            taken.append((status, time.monotonic() - began))

        lookers = [threading.Thread(target=look, args=(name,)) for name in names]
        for looker in lookers:
            looker.start()
        time.sleep(0.5)
        expect_equal(listener.status("/-/healthy", timeout=2), 200, "beside pages that wait")
        for looker in lookers:
            looker.join()
        expect(all(status == 200 for status, _ in taken), str(taken))
        slowest = max(seconds for _, seconds in taken)
        expect(slowest < 5, f"a page took {slowest:.1f} s")


@case
def look_ups_that_wait_hold_up_no_login():
    with tempfile.NamedTemporaryFile("w") as resolver:
        resolver.write(f"nameserver {SILENT}\n")
        resolver.flush()
        subprocess.run(["mount", "--bind", resolver.name, "/etc/resolv.conf"], check=True)
        files = {"bb_yml": "modules: {one: {prober: dns, dns: {query_name: example.com}}}\n",
                 "web_yml": f"basic_auth_users: {{alice: '{hash_of('a')}', bob: '{hash_of('b')}'}}\n"}
        with Listener("blackbox: bb.yml\nweb: {config_file: web.yml}\n", **files) as listener:
            alice = basic("alice", "a")
            expect_equal(listener.status("/", headers=alice), 200, "the first login")
            for number in range(12):
                listener.status(f"/probe?module=one&target=slow{number}.example", headers=alice, timeout=0.2)
            began = time.monotonic()
            expect_equal(listener.status("/", headers=basic("bob", "b"), timeout=60), 200, "a login beside look-ups")
            took = time.monotonic() - began
            listener.process.kill()
            expect(took < 2, f"it waited {took:.1f} s")


main()
