"""The tutorial, line by line, in the lab; and the configurations of the how-tos."""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd"))

import markdown
from harness import LAPWING, ROOT, case, change, expect, expect_equal, main, notices, wait_for

folder = tempfile.mkdtemp(prefix="tutorial-")
# Commands that ask the Internet ask the lab's.
with open(os.path.join(folder, "lapwing"), "w") as file:
    file.write(f"""#!/bin/sh
case $1 in
check | run | dnssec | resolve) exec {LAPWING} "$@" {" ".join(ROOT)} ;;
*) exec {LAPWING} "$@" ;;
esac
""")
os.chmod(os.path.join(folder, "lapwing"), 0o755)
work = tempfile.mkdtemp(prefix="tutorial-work-")
environment = {**os.environ, "PATH": folder + ":" + os.environ["PATH"]}
started = []


def run(line):
    if line.endswith("&"):
        log = open(os.path.join(work, "log"), "w")
        started.append(subprocess.Popen(["sh", "-c", "exec " + line[:-1]], cwd=work, env=environment, stdout=log, stderr=log))
        return ""
    done = subprocess.run(["sh", "-c", line], cwd=work, env=environment, capture_output=True, text=True, timeout=60)
    expect_equal(done.returncode, 0, f"{line}: {done.stdout}{done.stderr}")
    return done.stdout


def api(path):
    with os.popen(f"curl -s http://127.0.0.1:9053{path}") as answer:
        return answer.read()


def learnt():
    try:
        return all(json.loads(api(f"/api/v1/domains/{name}"))["learnt"] for name in ("example.com", "example.org"))
    except ValueError:
        return False


@case
def every_line_of_the_tutorial_does_what_it_says():
    said = {}
    for title, text in markdown.sections(markdown.read("docs/tutorial.md")).items():
        lines = [line for block in re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S) for line in block.splitlines()]
        if title.startswith("4."):
            wait_for(learnt, 60, "not learnt")
        if title.startswith("5."):
            change("set", "www.example.com", "A", "300", "192.0.2.99")
            wait_for(lambda: any("now 192.0.2.99 (was" in n["json"]["title"] for n in notices()), 20,
                     lambda: f"not told in time: {[n['json']['title'] for n in notices()]}")
        for line in lines:
            said[line] = run(line)
    expect(said["lapwing check example.com"].startswith("OK"), said["lapwing check example.com"])
    expect("webhook" in said["lapwing channel list"], said["lapwing channel list"])
    expect("www.example.com A changed" in said["lapwing incidents"], said["lapwing incidents"])
    expect("192.0.2.99" in said["lapwing history example.com"], said["lapwing history example.com"])
    expect("webhook" in said["lapwing explain example.com-1"], said["lapwing explain example.com-1"])
    wait_for(lambda: any("accepted by anna" in json.dumps(n["json"]) for n in notices()), 20,
             lambda: f"the acceptance is not told: {[n['json']['title'] for n in notices()]}")


@case
def the_configurations_of_the_how_tos_are_sound():
    found = 0
    for page in ["docs/tutorial.md", *sorted(os.path.relpath(path, markdown.ROOT)
                                             for path in glob.glob(os.path.join(markdown.ROOT, "docs/how-to/*.md")))]:
        blocks = [block for block in markdown.blocks(page, "yaml") if block.startswith(("# lapwing.yml\n", "# conf.d/"))]
        further = [block for block in blocks if block.startswith("# conf.d/")]
        for main_file in [block for block in blocks if block not in further]:
            place = tempfile.mkdtemp(prefix="how-to-")
            for block in [main_file, *further]:
                path = os.path.join(place, block.splitlines()[0].removeprefix("# "))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w") as file:
                    file.write(block)
            done = subprocess.run([LAPWING, "config", "check", os.path.join(place, "lapwing.yml")],
                                  capture_output=True, text=True, timeout=60)
            expect_equal(done.returncode, 0, f"{page}: {done.stdout}{done.stderr}")
            found += 1
    expect(found >= 8, f"only {found} configurations")


def end_all():
    while started:
        process = started.pop()
        process.terminate()
        process.wait()


@case
def every_line_of_the_how_tos_can_be_run():
    end_all()
    # As before the tutorial, which is what caches have: otherwise a check-up warns, and rightly.
    change("set", "www.example.com", "A", "300", "93.184.1.10")
    count = 0
    for page in sorted(glob.glob(os.path.join(markdown.ROOT, "docs/how-to/*.md"))):
        page = os.path.relpath(page, markdown.ROOT)
        lines = [line for block in markdown.blocks(page, "sh") for line in block.splitlines()]
        configs = [block for block in markdown.blocks(page, "yaml") if block.startswith("# lapwing.yml\n")]
        place = tempfile.mkdtemp(prefix="how-to-")
        if configs and lines:
            with open(os.path.join(place, "lapwing.yml"), "w") as file:
                file.write(configs[0])
            if "listen:" not in configs[0]:
                log = open(os.path.join(place, "log"), "w")
                started.append(subprocess.Popen(["sh", "-c", "exec lapwing run"], cwd=place, env=environment, stdout=log, stderr=log))
                wait_for(lambda: subprocess.run([LAPWING, "ready"], cwd=place, capture_output=True).returncode == 0, 20,
                         lambda: open(log.name).read())
        for line in lines:
            done = subprocess.run(["bash", "-c", line], cwd=place, env=environment, capture_output=True, text=True, timeout=60)
            expect_equal(done.returncode, 0, f"{page}: {line}: {done.stdout}{done.stderr}")
            count += 1
        end_all()
    expect(count >= 5, f"only {count} lines")


try:
    main()
finally:
    end_all()
