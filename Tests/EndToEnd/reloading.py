"""The configuration in several files and its changes while the daemon runs; the log's forms."""

import json
import os
import re
import signal
import time

from harness import Daemon, case, expect, expect_equal, main, wait_for

CHANNEL = "channels:\n  lab: {webhook: {url: \"http://127.0.0.1:8099/alerts\"}}\n"
daemon = Daemon("interval: 10s\ndomains: [example.com]\nlog: {format: json, level: error}\nauto_reload: true\n" + CHANNEL)
FOLDER = os.path.join(daemon.directory, "conf.d")


def write(name, text):
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, name)
    with open(path + ".part", "w") as file:
        file.write(text)
    os.rename(path + ".part", path)
    return path


def domains():
    return sorted(entry["name"].rstrip(".") for entry in json.loads(daemon.get("/api/v1/domains"))["domains"])


def lines():
    with open(daemon.log) as file:
        return file.read().splitlines()


@case
def files_of_the_folder_belong_to_the_configuration():
    write("10-clients.yml", "domains: [example.org, cedar.net]\n")
    write("20-more.yaml", "# nothing yet\n")
    write(".hidden.yml", "domains: 7\n")
    write("notes.txt", "domains: 7\n")
    done = daemon.run("config", "check")
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    daemon.start()
    wait_for(daemon.is_ready, 10, "the page does not come up")
    expect_equal(domains(), ["cedar.net", "example.com", "example.org"], "domains")


@case
def a_mistake_is_told_with_its_own_file():
    path = write("30-wrong.yml", "interval: 5m\ndomains:\n  - maple.se\n  - example.org\nchannels:\n  lab: {log: {}}\n")
    done = daemon.run("config", "check")
    expect_equal(done.returncode, 78, done.stdout + done.stderr)
    found = re.findall(rf"^{re.escape(path)}:(\d+):\d+: error: (.*)$", done.stdout + done.stderr, re.M)
    expect_equal([int(line) for line, _ in found], [1, 4, 6], f"places of {done.stdout + done.stderr}")
    # It is looked at by itself, refused, and what was in force stays so.
    wait_for(lambda: any("configuration stays as it was" in line for line in lines()), 15, lambda: str(lines()))
    expect_equal(domains(), ["cedar.net", "example.com", "example.org"], "domains")
    os.remove(path)


@case
def a_change_is_taken_into_force_by_itself():
    write("20-more.yaml", "domains: [maple.se]\n")
    wait_for(lambda: "maple.se" in domains(), 15, lambda: str(domains()))
    os.remove(os.path.join(FOLDER, "10-clients.yml"))
    wait_for(lambda: domains() == ["example.com", "maple.se"], 15, lambda: str(domains()))


@case
def the_log_is_json_and_quiet_and_its_levels_follow_a_reload():
    entries = [json.loads(line) for line in lines()]
    expect(entries and all(entry["level"] == "error" for entry in entries), str(entries)[:400])
    expect(all({"time", "area", "message", "fields"} <= set(entry) for entry in entries), str(entries)[:400])
    before = len(lines())
    write("40-log.yml", "second_look: 61s\n")
    wait_for(lambda: len(lines()) > before, 15, "a refused file is not told")
    expect_equal({json.loads(line)["area"] for line in lines()[before:]}, {"daemon"}, "areas")
    os.remove(os.path.join(FOLDER, "40-log.yml"))
    daemon.write("interval: 10s\ndomains: [example.com]\nlog: {format: text, level: \"error,libraries=debug\"}\n" + CHANNEL)
    wait_for(lambda: domains() == ["example.com", "maple.se"], 15, lambda: str(domains()))
    time.sleep(5)
    before = len(lines())
    # Now nothing looks by itself any more.
    write("20-more.yaml", "domains: [birch.org]\n")
    time.sleep(6)
    expect_equal(domains(), ["example.com", "maple.se"], "domains")
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: domains() == ["birch.org", "example.com"], 10, lambda: str(domains()))
    expect_equal(daemon.stop(), 0, "status")
    said = lines()[before:]
    expect(said and all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \w+ libraries: ", line) for line in said),
           str(said)[:600])


@case
def the_command_line_has_the_last_word():
    import subprocess
    from harness import LAPWING
    for words, pattern in ((["--log-format", "journal", "--log-level", "notice"], r"^<5>daemon: lapwing is watching "),
                           (["--log-format", "text"], r"^\S+Z notice daemon: lapwing is watching domains=2 ")):
        daemon.write("domains: [example.com]\nlog: {format: json, level: \"notice\"}\n" + CHANNEL)
        with open(daemon.log, "w") as log:
            daemon.process = subprocess.Popen([LAPWING, "run", "--config", daemon.config, *words], stderr=log,
                                              cwd=daemon.directory)
        wait_for(daemon.is_ready, 10, "the page does not come up")
        expect_equal(daemon.stop(), 0, "status")
        expect(any(re.match(pattern, line) for line in lines()), str(lines())[:600])
    refused = daemon.run("run", "--log-level", "loud")
    expect(refused.returncode == 64 and "loud" in refused.stderr, f"{refused.returncode} {refused.stderr}")


if __name__ == "__main__":
    try:
        main()
    finally:
        if daemon.process:
            daemon.stop()
