#!/usr/bin/env python3
"""Holds the board open in Chromium and measures how long what happens takes to appear on it.

Usage: web_live.py URL [--seconds 45] [--most 2.0]
Something must happen in the world meanwhile, as in `lapwing demo`. Exit 77 as web_pages.py.
"""

import argparse
import json
import sys
import time
import urllib.request

from web_pages import browser


def open_incidents(base):
    with urllib.request.urlopen(base + "/api/v1/incidents?status=open&limit=200", timeout=10) as answer:
        return {row["id"]: (row["severity"], row["title"]) for row in json.load(answer)["incidents"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=int, default=45)
    parser.add_argument("--most", type=float, default=2.0)
    options = parser.parse_args()
    base = options.url.rstrip("/")
    driver = browser("dark")
    times = []
    try:
        driver.get(base + "/")
        known, end = open_incidents(base), time.time() + options.seconds
        while time.time() < end:
            now = open_incidents(base)
            # A row has the domain before it: what is looked for is what the title says after it, but for its first letter,
            # which is a capital there.
            fresh = [title.split(": ", 1)[-1][1:] for id, (severity, title) in now.items()
                     if id not in known and severity in ("warning", "critical")]
            if fresh:
                began = time.time()
                while time.time() - began < 10 and fresh[0][:40] not in driver.page_source:
                    time.sleep(0.05)
                times.append(time.time() - began)
            known = now
            time.sleep(0.1)
    finally:
        driver.quit()
    print("%d new incidents, the slowest on the board after %.2f s" % (len(times), max(times, default=0)))
    sys.exit(0 if times and max(times) <= options.most else 1)


if __name__ == "__main__":
    main()
