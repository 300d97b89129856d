"""Configuration files with mistakes: all told at once, each at its place."""

import os
import re
import tempfile

from harness import case, expect, expect_equal, lapwing, main

EIGHT_MISTAKES = """\
listen: 127.0.0.1:9053
interval: 5x
resolvers:
  google: 8.8.8.888
defaults:
  record: [A]
  ttl: {low: sixty}
domains:
  - example.com
  - name: exa mple..org
  - name: example.net
    intervall: 1m
  - {names: [www]}
channels:
  ops: {webhook: {url: 7}}
routes:
  - {to: [nobody], severity: warning}
"""
PLACES = {2: 11, 4: 11, 6: 3, 7: 14, 10: 11, 12: 5, 13: 5, 15: 24, 17: 10}


def check(text):
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "lapwing.yml")
        with open(path, "w") as file:
            file.write(text)
        done = lapwing("config", "check", path)
        found = re.findall(rf"^{re.escape(path)}:(\d+):(\d+): error: (.*)$", done.stdout + done.stderr, re.M)
        return done.returncode, [(int(line), int(column), text) for line, column, text in found]


@case
def eight_mistakes_give_eight_positions_in_one_run():
    status, faults = check(EIGHT_MISTAKES)
    expect_equal(status, 78, "status")
    expect(len(faults) >= 8, f"only {faults}")
    lines = {line for line, _, _ in faults}
    missing = set(PLACES) - lines
    expect(len(missing) <= 1, f"nothing at lines {sorted(missing)}: {faults}")


@case
def a_near_miss_is_met_with_a_suggestion():
    _, faults = check("domains: [example.com]\nintervall: 5m\n")
    expect_equal([(line, column) for line, column, _ in faults], [(2, 1)], "places")
    expect("did you mean" in faults[0][2] and "interval" in faults[0][2], faults[0][2])


@case
def the_example_is_sound():
    example = lapwing("config", "example")
    expect_equal(example.returncode, 0, "status")
    os.environ.setdefault("OPS_URL", "http://127.0.0.1:8099/ops")
    status, faults = check(example.stdout)
    expect(not faults, f"{status} {faults}")


@case
def a_bad_configuration_at_start_exits_78():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "lapwing.yml")
        with open(path, "w") as file:
            file.write("domains: 7\n")
        done = lapwing("run", "--config", path, timeout=20)
        expect_equal(done.returncode, 78, f"status ({done.stdout}{done.stderr})")


main()
