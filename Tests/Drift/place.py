"""What the suites about drift share: a folder with files, `lapwing drift` in it, and the zone as it is served."""

import json
import os
import subprocess
import tempfile
import time

import bind
from harness import LAPWING, case, expect, expect_equal

ASKED = [word for name, address in bind.RESOLVERS.items() for word in ("--resolver", f"{name}={address}")]
DOMAIN = "example.test"


class Place:
    """A folder in which commands are run."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="lapwing-drift-")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(content)
        return name

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def run(self, *words, given=None):
        return subprocess.run([LAPWING, *words], cwd=self.folder, capture_output=True, text=True, timeout=120, input=given)

    def drift(self, *words, given=None):
        return self.run("drift", *words, "--root-hints", bind.path("named.root"), *ASKED, given=given)

    def report(self, *words, status=0, given=None):
        """The one domain of a report."""
        done = self.drift(*words, "--exit-code", "--json", given=given)
        expect_equal(done.returncode, status, f"exit code of {words}: {done.stdout[-3000:]} {done.stderr[-2000:]}")
        report = json.loads(done.stdout)
        expect_equal(len(report["domains"]), 1, "domains")
        return report["domains"][0]


def kinds(report, resolvers=False):
    """What differs: name and type, and how; caches may be behind after any change."""
    return {(one["name"].removesuffix(".example.test."), one["type"]): one["kind"] for one in report["differences"]
            if resolvers or one["kind"] != "behind"}


def difference(report, name, kind):
    found = [one for one in report["differences"] if one["name"] == name and one["type"] == kind]
    expect(len(found) == 1, f"{name} {kind}: {json.dumps(report, indent=1)}")
    return found[0]


def line_of(text, start):
    """The number of the line that begins so."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def served():
    """Back to the beginning at the servers."""
    alias = "_acme-challenge.host.example.test."
    bind.update("delete www.example.test.", "delete old.example.test.", "delete texts.example.test.", "delete new.example.test.",
                "delete mail.example.test.", "delete example.test. MX", "delete example.test. CAA", f"delete {alias}",
                f"add www.example.test. {bind.TTL} A 198.51.100.1", f"add old.example.test. {bind.TTL} A 198.51.100.9",
                f'add texts.example.test. {bind.TTL} TXT "first"', f"add {alias} {bind.TTL} CNAME challenge.acme.test.")
    settled()


def fresh(function):
    """A case that begins with the servers as they were at first."""
    def run():
        served()
        function()

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    return case(run)


def settled():
    """Waits until the secondary has what the primary has."""
    end = time.monotonic() + 20
    while bind.dig("example.test", "SOA", bind.PRIMARY) != bind.dig("example.test", "SOA", bind.SECONDARY):
        if time.monotonic() > end:
            raise AssertionError("the secondary does not follow: " + bind.logs())
        time.sleep(0.1)


def changed(*lines):
    bind.update(*lines)
    settled()


def stop_servers():
    for name in ("primary", "secondary"):
        bind.stop(name)


def start_servers():
    bind.start("primary", "named", "-g", "-n", "1", "-c", bind.path("primary.conf"))
    bind.start_secondary()
    end = time.monotonic() + 20
    while not all(bind.dig("ns1.example.test", "A", address) == [bind.PRIMARY] for address in (bind.PRIMARY, bind.SECONDARY)):
        if time.monotonic() > end:
            raise AssertionError("the servers do not come back: " + bind.logs())
        time.sleep(0.1)
