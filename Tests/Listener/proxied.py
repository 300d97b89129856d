"""Behind nginx with the configuration of contrib/nginx, on a port of its own."""

import os
import shutil
import subprocess
import tempfile

from harness import case, expect, expect_equal, main, wait_for
from listener import TREE, Listener, bearer, digest, free_port

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
FRAME = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
server {{ listen 127.0.0.1:{port};
{location}
}} }}
"""


class Proxy:
    """nginx in front of a listener; has a listener's way to ask."""

    def __init__(self, listener, port, change=lambda text: text, **files):
        """`change`: what is made of the example; `files`: what it names beside it."""
        self.front, self.folder = Listener(), tempfile.mkdtemp(prefix="lapwing-nginx-")
        self.front.port = port
        with open(os.path.join(TREE, "contrib/nginx/lapwing.conf")) as file:
            location = file.read().replace("127.0.0.1:9053", f"127.0.0.1:{listener.port}")
        expect(str(listener.port) in location, "the example does not name the usual listener")
        os.chmod(self.folder, 0o755)
        with open(os.path.join(self.folder, "conf"), "w") as out:
            out.write(FRAME.format(folder=self.folder, port=port, location=change(location)).replace("FOLDER", self.folder))
        for name, text in files.items():
            with open(os.path.join(self.folder, name), "w") as out:
                out.write(text)

    def __enter__(self):
        self.process = subprocess.Popen([NGINX, "-c", self.folder + "/conf", "-e", self.folder + "/error.log"])
        wait_for(self.front_is_up, 10, "nginx does not listen")
        return self.front

    def front_is_up(self):
        return self.front.status("/") != 0

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()


@case
def pages_forms_and_streams_through_the_example():
    port = free_port()
    site = f"tools.example.org:{port}"
    config = f"web: {{external_url: 'http://{site}/dns/', tokens: [{digest('t')}]}}\n"
    with Listener(config) as listener, Proxy(listener, port) as front:
        own = bearer("t") | {"Host": site}
        status, page = front.ask("/dns/", headers=own)
        expect_equal(status, 200, "the board")
        expect('href="/dns/domains"' in page, "links lead out of the base path")
        expect_equal(front.status("/dns/theme", "POST", own | {"Origin": f"http://{site}"}, "theme=dark"), 303, "a form")
        expect_equal(front.status("/dns/theme", "POST", own | {"Origin": "http://evil.example"}, "theme=dark"), 403, "a form elsewhere")
        expect_equal(front.status("/dns/theme", "POST", own | {"Origin": "http://tools.example.org:1"}, "theme=dark"), 403, "another port")
        expect_equal(front.status("/dns/", headers=bearer("t") | {"Host": "evil.example"}), 421, "a name that is not ours")
        expect_equal(front.status("/dns/", headers={"Host": site}), 401, "without a token")
        stream = front.connection(timeout=5)
        stream.request("GET", "/dns/api/v1/events", headers=own)
        answer = stream.getresponse()
        expect_equal((answer.status, answer.readline()[:5]), (200, b"retry"), "events")


@case
def the_name_may_come_from_web_hosts_and_the_path_from_the_proxy():
    port = free_port()
    with Listener("web: {hosts: [tools.example.org]}\n") as listener, Proxy(listener, port) as front:
        own = {"Host": f"tools.example.org:{port}"}
        status, page = front.ask("/dns/", headers=own)
        expect_equal((status, 'href="/dns/domains"' in page), (200, True), "the board")
        expect_equal(front.status("/dns/theme", "POST", own | {"Origin": f"http://tools.example.org:{port}"}, "theme=dark"), 303, "a form")


if __name__ == "__main__":
    main()
