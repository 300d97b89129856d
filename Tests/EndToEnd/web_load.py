"""How fast an open board is, and what a thousand of them do to pages and rounds. It measures the machine, so it runs by itself."""

import os
import socket
import subprocess

from harness import LAPWING, Daemon, case, main, script, wait_for

CONFIG = """\
interval: 10s
domains:
  - {name: example.com, names: ["@", www]}
  - {name: example.org, names: ["@", www]}
  - {name: fir.ch}
"""
URL = "http://127.0.0.1:9053"


@case
def an_open_board_shows_what_happens_within_two_seconds():
    demo = subprocess.Popen([LAPWING, "demo", "--port", "9054"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: socket.socket().connect_ex(("127.0.0.1", 9054)) == 0, 15, "the demo does not listen")
        script("web_live.py", "http://127.0.0.1:9054", "--seconds", "55")
    finally:
        demo.terminate()
        demo.wait(15)


@case
def a_thousand_listeners_and_slow_readers_for_a_minute():
    daemon = Daemon(CONFIG).start()
    try:
        wait_for(daemon.is_ready, 30, lambda: "not ready: " + daemon.tail())
        script("web_events.py", URL, str(daemon.process.pid), "--seconds", os.environ.get("LAPWING_LISTEN", "60"))
    finally:
        daemon.stop()


main()
