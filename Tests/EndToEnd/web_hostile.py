#!/usr/bin/env python3
"""Looks in Chromium at pages that show record data of somebody who means harm.

Usage: web_hostile.py URL DOMAIN... [--screenshots FOLDER]
Each page that shows a domain's data: nothing of it is run or becomes an element, no control or bidirectional character
reaches the text, the page stays small, pictures are well-formed. Exit 77 as web_pages.py.
"""

import argparse
import json
import os
import re
import sys
import unicodedata
import urllib.parse
import urllib.request
import xml.dom.minidom

from web_pages import browser, fetch

# Elements that no page of ours has, and what the hostile scripts would leave behind.
LOOK = """
return {hacked: !!window.hacked,
        foreign: document.querySelectorAll('main img:not([alt]), iframe, object, embed, main script, main style, [onerror], [onload], svg a').length,
        text: document.body.innerText + [...document.querySelectorAll('[title],[aria-label],[value]')].map(e =>
            (e.getAttribute('title') || '') + (e.getAttribute('aria-label') || '') + (e.getAttribute('value') || '')).join(' '),
        wide: document.documentElement.scrollWidth > window.innerWidth}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("domains", nargs="+")
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    base, faults = options.url.rstrip("/"), []
    paths = ["/", "/domains", "/incidents", "/expiry", "/resolvers"]
    for domain in options.domains:
        name = urllib.parse.quote(domain, safe="")
        paths += ["/domains/" + name, "/check?name=" + name, "/domains?q=" + name]
    incidents = json.loads(fetch(base + "/api/v1/incidents?limit=100")[0])["incidents"]
    paths += ["/incidents/" + urllib.parse.quote(row["id"], safe="") for row in incidents][:20]
    driver = browser("light")
    driver.set_page_load_timeout(60)
    for path in paths:
        text = fetch(base + path)[0]
        if len(text) > 600_000:
            faults.append((path, "%d bytes" % len(text)))
        driver.set_window_size(1000, 900)
        driver.get(base + path)
        found = driver.execute_script(LOOK)
        if found["hacked"] or found["foreign"]:
            faults.append((path, "hacked %s, %d foreign elements" % (found["hacked"], found["foreign"])))
        bad = {c for c in found["text"] if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp") and c not in "\n\t\r"}
        if bad:
            faults.append((path, "characters " + ", ".join("U+%04X" % ord(c) for c in bad)))
        if found["wide"]:
            faults.append((path, "scrolls sideways"))
        faults += [(path, entry["message"]) for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
        for picture in re.findall(r"<svg.*?</svg>", text, re.S):
            try:
                xml.dom.minidom.parseString(picture)
            except Exception as error:
                faults.append((path, "picture: %s" % error))
        if options.screenshots:
            driver.save_screenshot(os.path.join(options.screenshots, re.sub(r"[^a-z0-9.]", "_", path.strip("/")) + ".png"))
    driver.quit()
    for domain in options.domains:
        name = urllib.parse.quote(domain, safe="")
        for path in ["/records", "/changes", ""]:
            json.loads(fetch(base + "/api/v1/domains/" + name + path)[0])
        xml.dom.minidom.parseString(fetch(base + "/badge/" + name + ".svg")[0])
    for fault in faults:
        print("FAULT %s: %s" % fault)
    print("%d pages, %d incidents, %d faults" % (len(paths), len(incidents), len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
