"""Does what README.md says under "Use it", word for word, on a machine that has seen nothing of Lapwing before.

Runs in the lab: its own network, and fresh directories over those that the commands write to. The blocks come out of
README.md itself. The daemon looks every ten seconds instead of every five minutes, by one line more in the file.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Tests/EndToEnd"))

from harness import LAPWING, case, change, expect, expect_equal, hook_length, main, notices, wait_for  # noqa: E402

STORE = "/var/lib/lapwing/lapwing.db"


def section(title):
    with open(os.path.join(ROOT, "README.md")) as file:
        text = file.read()
    return re.search(rf"^## {title}\n(.*?)^## ", text, re.MULTILINE | re.DOTALL).group(1)


def block(language, text):
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    expect_equal(len(found), 1, f"{language} blocks under \"Use it\"")
    return found[0]


class Stranger:
    """Somebody with a shell, the source tree and nothing else."""

    def __init__(self):
        for place in ("/var/lib", "/usr/local"):
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True)
        self.directory = tempfile.mkdtemp(prefix="readme-")
        self.log = os.path.join(self.directory, "log")
        use = section("Use it")
        with open(os.path.join(self.directory, "lapwing.yml"), "w") as file:
            file.write(block("yaml", use) + "interval: 10s\n")
        # Made by `make`, so it runs where the tree is; all else where the configuration is.
        shell = block("sh", use).replace("make install", f"make -C {ROOT} install")
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": self.directory,
            "MAKEFLAGS": f"BINARY={LAPWING}"}
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                ["bash", "-ec", 'check() { "$@" || [ $? -le 3 ]; }\n' + re.sub(r"^(lapwing check)", r"check \1", shell,
                                                                          flags=re.MULTILINE)],
                cwd=self.directory, env=environment, stdout=log, stderr=log, start_new_session=True)

    def text(self):
        with open(self.log) as file:
            return file.read()

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(15)


stranger = Stranger()


def is_ready():
    expect(stranger.process.poll() is None, f"ended by itself:\n{stranger.text()}")
    try:
        with urllib.request.urlopen("http://127.0.0.1:9053/-/ready", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@case
def the_commands_lead_to_a_running_daemon():
    wait_for(is_ready, 120, lambda: "no page:\n" + stranger.text())
    expect_equal(oct(os.stat(os.path.dirname(STORE)).st_mode & 0o777), oct(0o700), "mode of the store's directory")
    expect(os.path.exists(STORE), "there is no store")
    for word in ("2 domains", "example.com"):
        expect(word in stranger.text(), f"no {word!r} in\n{stranger.text()}")


@case
def a_change_is_told_and_that_it_is_put_back():
    wait_for(lambda: all_learnt(), 60, "not learnt")
    time.sleep(15)
    for value in ("93.184.77.1", "93.184.1.10"):
        start = hook_length()
        change("set", "www.example.com", "A", "300", value)
        began = time.monotonic()
        notice = wait_for(
            lambda: next((entry["json"] for entry in notices(start) if entry["json"]["domain"] == "example.com."), None),
            20, lambda: f"no word of {value}:\n{stranger.text()[-2000:]}")
        print(f"        told after {time.monotonic() - began:.0f} s: {notice['title']}")
        expect_equal(notice["changes"][-1]["new"], [value], "new value")
    expect("is back" in notice["title"], notice["title"])


def all_learnt():
    with urllib.request.urlopen("http://127.0.0.1:9053/api/v1/domains", timeout=5) as answer:
        return b'"learnt":null' not in answer.read().replace(b" ", b"")


@case
def it_ends_when_it_is_told_to():
    stranger.stop()


main()
