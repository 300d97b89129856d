#!/usr/bin/env python3
"""Puts nginx in front of a running Lapwing under /dns/ and follows every link and file of the pages through it.

Usage: web_proxy.py URL      Exit 77 if nginx is not installed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from ports import free_port  # noqa: E402

CONFIG = """daemon off; user root; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
server {{ listen 127.0.0.1:{port};
location /dns/ {{ proxy_pass {url}/; proxy_http_version 1.1; proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-Prefix /dns; proxy_set_header Connection ""; proxy_buffering off; }} }} }}
"""


def main():
    url = sys.argv[1].rstrip("/")
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not os.path.exists(nginx):
        sys.exit(77)
    port = free_port()
    faults, seen, waiting = [], set(), ["/dns/"]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as out:
            out.write(CONFIG.format(folder=folder, port=port, url=url))
        process = subprocess.Popen([nginx, "-c", path, "-e", folder + "/error.log"])
        try:
            time.sleep(1)
            while waiting and len(seen) < 60:
                link = waiting.pop(0)
                if link in seen:
                    continue
                seen.add(link)
                try:
                    with urllib.request.urlopen("http://127.0.0.1:%d%s" % (port, link), timeout=20) as answer:
                        text = answer.read().decode()
                        kind = answer.headers.get("Content-Type", "")
                except OSError as error:
                    faults.append((link, str(error)))
                    continue
                if "html" not in kind:
                    continue
                for found in re.findall(r'(?:href|src|action)="([^"#]*)', text):
                    if found.startswith("/") and not found.startswith("/dns/"):
                        faults.append((link, "leads out: " + found))
                    elif found.startswith("/dns/") and "/check?" not in found:
                        waiting.append(found.replace("&amp;", "&"))
            # The links above include targets of forms, which want a POST.
            faults = [fault for fault in faults if "405" not in fault[1]]
            with urllib.request.urlopen("http://127.0.0.1:%d/dns/api/v1/events" % port, timeout=10) as events:
                if b"retry" not in events.readline():
                    faults.append(("events", "nothing comes through"))
        finally:
            process.terminate()
            process.wait()
    for fault in faults:
        print("FAULT %s: %s" % fault)
    print("%d addresses, %d faults" % (len(seen), len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
