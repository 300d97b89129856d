"""What the end-to-end suites share: cases with a verdict each, Lapwing as a command and as a daemon, the lab."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
LAPWING = os.environ.get("LAPWING", os.path.join(TREE, ".build/release/lapwing"))
LAB = os.environ.get("LAB_DIR", "")
HOOK = os.path.join(LAB, "hook.jsonl")
ROOT = ["--root-hints", os.path.join(LAB, "named.root"), "--trust-anchor", os.path.join(LAB, "root.key")]

sys.path.insert(0, os.path.join(TREE, "lab"))

cases = []


def case(function):
    """Registers a test; its doc comment, or its name, is what is printed."""
    cases.append(function)
    return function


def main():
    """Runs the registered cases in order, those named on the command line only if any is."""
    passed = failed = 0
    wanted = sys.argv[1:]
    for function in cases:
        if wanted and function.__name__ not in wanted:
            continue
        title = (function.__doc__ or function.__name__.replace("_", " ")).strip().splitlines()[0]
        began = time.monotonic()
        try:
            function()
        except Exception as error:
            failed += 1
            print(f"FAILED  {title}", flush=True)
            text = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            print("        " + text.strip().replace("\n", "\n        "), flush=True)
        else:
            passed += 1
            print(f"ok      {title} ({time.monotonic() - began:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


def expect_equal(found, wanted, what):
    expect(found == wanted, f"{what}: found {found!r}, expected {wanted!r}")


def wait_for(question, seconds, what):
    """Asks until the answer is true; returns it."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.2)


def lapwing(*arguments, given=None, timeout=60):
    return subprocess.run([LAPWING, *arguments], input=given, capture_output=True, text=True, timeout=timeout)


def change(*words):
    """A change of the lab's world."""
    done = subprocess.run([os.path.join(TREE, "lab/lab"), "change", *words], capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0, f"lab change {' '.join(words)}: {done.stderr}")
    return done.stdout


def script(name, *arguments):
    """Runs one of the scripts beside this one; 77 means that what it needs is missing."""
    done = subprocess.run([sys.executable, os.path.join(HERE, name), *arguments], capture_output=True, text=True, timeout=500)
    expect(done.returncode == 0, (done.stdout + done.stderr)[-3000:])
    print("        " + done.stdout.strip().splitlines()[-1])


class Daemon:
    """`lapwing run` in a directory of its own, with alerts to the lab's webhook sink."""

    def __init__(self, config, domains=None, interval="10s"):
        self.directory = tempfile.mkdtemp(prefix="lapwing-")
        self.config = os.path.join(self.directory, "lapwing.yml")
        self.log = os.path.join(self.directory, "log")
        self.write(config)
        self.process = None
        self.environment = {}

    def write(self, config):
        text = (
            f"listen: 127.0.0.1:9053\nstore: {self.directory}/lapwing.db\n"
            f"root_hints: {LAB}/named.root\ntrust_anchor: {LAB}/root.key\n" + config)
        with open(self.config, "w") as file:
            file.write(text)

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [LAPWING, "run", "--config", self.config], stdout=log, stderr=log, cwd=self.directory,
                env=os.environ | self.environment)
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Ends it as an administrator does; returns its exit status."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("did not end within 15 s of SIGTERM: " + self.tail()) from None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tail(self, size=3000):
        with open(self.log) as file:
            return file.read()[-size:]

    def get(self, path):
        with urllib.request.urlopen("http://127.0.0.1:9053" + path, timeout=5) as answer:
            return answer.read().decode()

    def run(self, *arguments):
        return lapwing(*arguments, "--config", self.config)

    def is_ready(self):
        expect(self.process.poll() is None, "ended by itself: " + self.tail())
        try:
            self.get("/-/ready")
            return True
        except OSError:
            return False


def notices(since=0):
    """What the webhook sink got and answered with a 2xx, from line `since` on: the JSON bodies with the headers."""
    with open(HOOK) as file:
        entries = [json.loads(line) for line in file]
    return [entry for entry in entries[since:] if 200 <= entry["status"] < 300]


def hook_length():
    with open(HOOK) as file:
        return sum(1 for _ in file)
