#!/usr/bin/env python3
"""Looks at every page of a running Lapwing with headless Chromium.

Usage: web_pages.py URL [--screenshots FOLDER]
Each page in both themes at 360 to 1600 px: no console error, no sideways scrolling, a header of one line, nothing serious from
axe-core, strict headers; and once more without JavaScript. Exit 77 if Chromium or the Python packages are missing.
"""

import argparse
import os
import re
import sys
import urllib.parse
import urllib.request

try:
    from axe_selenium_python import Axe
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
except ImportError:
    print("pip install axe-selenium-python")
    sys.exit(77)

WIDTHS = [360, 768, 1000, 1024, 1200, 1600]
DRIVER = "/usr/bin/chromedriver"
# In how many lines what is seen of the header stands, by the middles of its parts.
LINES = """const seen = [...document.querySelectorAll('.top > *, .top nav > *, .top .others > *')]
    .filter(part => part.offsetParent && part.offsetWidth > 1 && getComputedStyle(part).display !== 'contents')
    .map(part => part.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2);
return Math.round((Math.max(...seen) - Math.min(...seen)) / 20) + 1;"""


def browser(theme, script=True):
    options = Options()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})
    return driver


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode(), answer.headers


def pages(base):
    """The fixed pages, and the first domain and the first incident there are."""
    found = ["/", "/domains", "/incidents", "/check", "/resolvers", "/expiry", "/findings", "/findings/delegation.hijacked",
             "/add", "/channels", "/maintenance", "/silences", "/journal", "/api", "/shared", "/compare?days=1", "/filters"]
    for path, pattern in [("/domains", r'href="[^"]*(/domains/[^"?]+)"'), ("/incidents", r'href="[^"]*(/incidents/[^"?]+)"')]:
        match = re.search(pattern, fetch(base + path)[0])
        if match:
            found.append(match.group(1))
    return found


def headers(base, path, fault):
    text, fields = fetch(base + path)
    policy = fields.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        fault(path, "policy: " + policy)
    if re.search(r"<script(?![^>]*\bsrc=)", text) or re.search(r"\s(style|on[a-z]+)=\"", text):
        fault(path, "inline script or style")
    if len(text) > 400_000:
        fault(path, "%d bytes" % len(text))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    if not os.path.exists(DRIVER):
        print("chromium-driver is not installed")
        sys.exit(77)
    base = options.url.rstrip("/")
    faults, looks = [], 0

    def fault(path, text):
        faults.append((path, text))
        print("FAULT %s: %s" % (path, text))

    paths = pages(base)
    for path in paths:
        headers(base, path, fault)
    kinds = re.findall(r'href="([^"]*/findings/[a-z.]+)"', fetch(base + "/findings")[0])
    for path in kinds:
        if "What to do" not in fetch(urllib.parse.urljoin(base + "/", path))[0]:
            fault(path, "no page about this finding")
    if len(kinds) < 50:
        fault("/findings", "only %d kinds of findings" % len(kinds))
    for theme in ["light", "dark"]:
        driver = browser(theme)
        for path in paths:
            for width in WIDTHS:
                driver.set_window_size(width, 1000)
                driver.get(base + path)
                looks += 1
                # Windows are never narrower than 500 px; the page itself is.
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                       {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                if wide > width:
                    fault(path, "%d px wide at %d px" % (wide, width))
                lines = driver.execute_script(LINES)
                if lines > 1:
                    fault(path, "the header has %d lines at %d px" % (lines, width))
                for entry in driver.get_log("browser"):
                    if entry["level"] == "SEVERE":
                        fault(path, entry["message"])
                if options.screenshots:
                    name = "%s-%s-%d.png" % (path.strip("/").replace("/", "_") or "board", theme, width)
                    height = driver.execute_script("return document.documentElement.scrollHeight")
                    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                           {"width": width, "height": min(height, 4000), "deviceScaleFactor": 1, "mobile": False})
                    driver.save_screenshot(os.path.join(options.screenshots, name))
            axe = Axe(driver)
            axe.inject()
            for violation in axe.run()["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    where = "; ".join(str(node["target"]) + " " + node.get("failureSummary", "")[:160] for node in violation["nodes"][:3])
                    fault(path, "%s theme, axe %s: %s" % (theme, violation["id"], where))
        driver.quit()
    driver = browser("light", script=False)
    for path in paths:
        driver.get(base + path)
        if not driver.find_elements("css selector", "main h1"):
            fault(path, "nothing without JavaScript")
    driver.quit()
    print("%d looks at %d pages, %d faults" % (looks, len(paths), len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
