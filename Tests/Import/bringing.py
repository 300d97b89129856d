"""What the suites about imports share: a folder with a configuration, and the command in it."""

import json
import os
import subprocess
import tempfile

from harness import LAPWING, expect, expect_equal


class Place:
    """A folder with lapwing.yml and conf.d, in which commands are run."""

    def __init__(self, config="store: lapwing.db\n"):
        self.folder = tempfile.mkdtemp(prefix="lapwing-import-")
        self.write("lapwing.yml", config)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return name

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def files(self):
        """Every file below the folder with its content."""
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(os.path.join(folder, name), self.folder)] = file.read()
        return found

    def run(self, *words, given=None, timeout=120):
        done = subprocess.run([LAPWING, *words], cwd=self.folder, capture_output=True, timeout=timeout,
                              input=given.encode() if isinstance(given, str) else given)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        expect(done.returncode in (0, 1, 64, 78), f"{words}: {done.returncode} {done.stderr}")
        return done

    def take(self, *words, status=0, **options):
        """An import with its report as JSON."""
        done = self.run("import", *words, "--json", **options)
        expect_equal(done.returncode, status, f"{words}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
        return json.loads(done.stdout)


def options(report):
    return {entry["name"]: entry["options"] for entry in report["new"] + report["changed"]}


def comes_back(name, content, status=0, place=None, **words):
    """Imports a file or folder, imports it again, exports in each form and imports that: nothing changes.

    Returns what was said of each domain."""
    place = place or Place()
    if content is not None:
        place.write(name, content)
    extra = [word for key, value in words.items() for word in ("--" + key.replace("_", "-"), value)]
    first = place.take(name, "--into", "conf.d", *extra, status=status)
    expect(first["new"] and first["written"], f"nothing was new: {first}")
    written = place.read(first["written"])
    expect_equal(place.run("config", "check", "lapwing.yml").returncode, 0, "the configuration")
    again = place.take(name, "--into", "conf.d", *extra, status=status)
    expect_equal((again["new"], again["changed"], again["gone"], again.get("written")), ([], [], [], None), f"{name} again")
    expect_equal(again["unchanged"], len(first["new"]), f"{name} again, unchanged")
    expect_equal(place.read(first["written"]), written, "the file")
    exports = {}
    for form in ("yaml", "csv", "json"):
        done = place.run("export", "--format", form)
        expect_equal(done.returncode, 0, done.stderr)
        exports[form] = done.stdout
        back = place.take("-", given=done.stdout)
        expect_equal((back["new"], back["changed"], back["elsewhere"], back["refused"], back["unchanged"]),
                     ([], [], [], [], len(first["new"])), f"{name}: the export as {form}:\n{done.stdout}")
    # In another place it is the same again.
    other = Place()
    moved = other.take("-", "--into", "store", "--source", "moved", given=exports["csv"])
    expect_equal(len(moved["new"]), len(first["new"]), "moved")
    expect_equal({form: other.run("export", "--format", form).stdout for form in exports}, exports, f"{name}: exported elsewhere")
    return options(first)
