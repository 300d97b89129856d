"""Keys of channels: what arrives where when a channel is tried."""

import hashlib
import hmac
import json
import os
import socket
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import receivers
from table import LAB, Daemon, Table, api, case, expect_equal, in_parallel, wait_for

DIRECTORY = tempfile.mkdtemp(prefix="reloading-")
arrived = {}  # channel: what its last test said, wherever it went


class Receiver(ThreadingHTTPServer):
    """Takes everything; the first part of the path is the channel."""

    daemon_threads = True
    request_queue_size = 128

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            text = "\n".join([self.path, *(f"{n}: {v}" for n, v in self.headers.items()), body.decode()])
            arrived[self.path.split("/")[1]] = (text, dict(self.headers.items()), body)
            self.send_response(200)
            reply = b'{"ok": true, "status": 1}'
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_POST = do_PUT = do_GET = answer

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


http = Receiver()
BASE = f"http://127.0.0.1:{http.server_address[1]}"


class Logins(list):
    """Everybody may come in; who came is remembered."""

    def __contains__(self, login):
        self.append(login)
        return True


def has_come(*login):
    return any(other == login for other in logins)


right, _ = receivers.certificates(DIRECTORY, os.path.join(LAB, "tls"))
logins = Logins()
mailboxes = [receivers.mail_server(right, logins) for _ in range(2)]
collectors = [receivers.Collector(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)) for _ in range(2)]

PROGRAM = os.path.join(DIRECTORY, "program")
with open(PROGRAM, "w") as file:
    file.write(f"""#!{sys.executable}
import sys, time
time.sleep(float(sys.argv[1]))
open(sys.argv[2], "w").write(sys.stdin.read())
""")
os.chmod(PROGRAM, 0o755)


def file(name, text):
    """A file beside the configuration, for keys that name one."""
    path = os.path.join(DIRECTORY, name)
    with open(path, "w") as out:
        out.write(text + "\n")
    return path


# Kind: its keys with a value to begin with. `{base}` is where the receiver is, for this channel.
KINDS = {
    "webhook": {"url": "{base}/one", "secret": "one"},
    "slack": {"url": "{base}/one"}, "teams": {"url": "{base}/one"}, "discord": {"url": "{base}/one"},
    "telegram": {"token": "1:one", "chat": "-1", "api": "{base}/one"},
    "matrix": {"homeserver": "{base}/one", "room": "!one:example.org", "token": "one"},
    "ntfy": {"url": "{base}/one", "token": "tk_one"}, "gotify": {"url": "{base}/one", "token": "one"},
    "pushover": {"token": "one", "user": "one", "api": "{base}/one"},
    "pagerduty": {"routing_key": "one", "url": "{base}/one"},
    "opsgenie": {"api_key": "one", "api": "{base}/one"},
    "alertmanager": {"urls": "{base}/one"}, "apprise": {"url": "{base}/notify/one", "tag": "one"},
}
# What the key is changed to, and words that show the one and the other.
OTHERS = {"1:one": "1:two", "-1": "-22"}
rows = []  # (channel, kind, values before, values after, what is seen, keys, was, becomes)


def has(channel, *words):
    return lambda: [word in arrived.get(channel, ("",))[0] for word in words]


def signature(channel):
    def key():
        _, headers, body = arrived[channel]
        at, given = headers["X-Lapwing-Signature"].removeprefix("t=").split(",v1=")
        return next((secret for secret in ("one", "two") if hmac.compare_digest(
            given, hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest())), None)
    return key


for kind, values in KINDS.items():
    secrets = [key for key in values if f"channels.NAME.{kind}.{key}_file" and key not in ("chat", "api", "room", "urls", "tag")
               and not (key == "url" and kind not in ("slack", "teams", "discord")) and key != "homeserver"]
    for key, value in values.items():
        channel = f"{kind}-{key}".replace("_", "-")
        fill = {name: text.replace("{base}", f"{BASE}/{channel}") for name, text in values.items()}
        other = fill[key].replace("one", "two") if "one" in value else OTHERS[value]
        marks = (value.split("/")[-1], "two" if "one" in value else other)
        marks = tuple(mark.split(":")[0] if mark.startswith("!") else mark for mark in marks)
        if kind == "webhook" and key == "secret":
            seen, was, becomes = signature(channel), "one", "two"
        elif kind == "ntfy" and key == "url":
            seen, was, becomes = has(channel, '"one"', '"two"'), [True, False], [False, True]
        else:
            # The other keys of the channel have `one` in them as well, so the new word decides.
            seen, was, becomes = has(channel, marks[1].removeprefix("!")), [False], [True]
        rows.append((channel, kind, fill, {**fill, key: other}, seen, [f"{kind}.{key}"], was, becomes))
    for key in secrets:
        channel = f"{kind}-{key}-file".replace("_", "-")
        fill = {name: text.replace("{base}", f"{BASE}/{channel}") for name, text in values.items() if name != key}
        text = values[key].replace("{base}", f"{BASE}/{channel}")
        before, after = (file(f"{channel}.{word}", text.replace("one", word)) for word in ("one", "two"))
        seen, was, becomes = has(channel, "two"), [False], [True]
        if kind == "webhook":
            seen, was, becomes = signature(channel), "one", "two"
        rows.append((channel, kind, {**fill, f"{key}_file": before}, {**fill, f"{key}_file": after}, seen,
                     [f"{kind}.{key}_file"], was, becomes))


def mail(key, before, after, seen, was, becomes):
    channel = "mail-" + key.replace("_", "-")
    base = {"url": f"smtp://127.0.0.1:{mailboxes[0][1]}", "from": "one@example.com", "to": f"{channel}@example.net",
            "user": f"{channel}", "password": "one"}
    if key == "password_file":
        del base["password"]
    rows.append((channel, "mail", {**base, key: before}, {**base, key: after}, lambda: seen(channel), [f"mail.{key}"], was,
                 becomes))


def letters(channel, box=None):
    """The latest letters to a channel's own address: (sender, recipients, box)."""
    found = [(sender, to, number) for number, (mailbox, _) in enumerate(mailboxes) for sender, to, _, _ in mailbox.mails
             if any(channel in address for address in to)]
    return found


mail("url", f"smtp://127.0.0.1:{mailboxes[0][1]}", f"smtp://127.0.0.1:{mailboxes[1][1]}",
     lambda channel: len([1 for *_, box in letters(channel) if box == 1]) > 0, False, True)
mail("from", "one@example.com", "two@example.com",
     lambda channel: letters(channel)[-1][0], "one@example.com", "two@example.com")
mail("to", "mail-to@example.net", "mail-to-two@example.net",
     lambda channel: [to for _, tos, _ in letters(channel)[-1:] for to in tos], ["mail-to@example.net"],
     ["mail-to-two@example.net"])
mail("user", "user-one", "user-two", lambda _: has_come("user-two", "one"), False, True)
mail("password", "one", "two", lambda channel: has_come(channel, "two"), False, True)
mail("password_file", file("mail.one", "one"), file("mail.two", "two"),
     lambda channel: has_come(channel, "two"), False, True)


def printed(name):
    path = os.path.join(DIRECTORY, name)
    return open(path).read() if os.path.exists(path) else ""


def program(key, before, after, seen, was, becomes):
    channel = f"exec-{key}"
    base = {"command": [PROGRAM, "0", os.path.join(DIRECTORY, channel)]}
    rows.append((channel, "exec", {**base, **before}, {**base, **after}, seen, [f"exec.{key}"], was, becomes))


program("command", {}, {"command": [PROGRAM, "0", os.path.join(DIRECTORY, "exec-other")]},
        lambda: bool(printed("exec-other")), False, True)
program("input", {"input": "json"}, {"input": "text"}, lambda: printed("exec-input").startswith("{"), True, False)
slow = [PROGRAM, "2", os.path.join(DIRECTORY, "exec-timeout")]
program("timeout", {"command": slow, "timeout": "1s"}, {"command": slow, "timeout": "9s"},
        lambda: results["exec-timeout"], "waiting", "delivered")


def syslog(key, before, after, seen, was, becomes):
    base = {"address": "udp://127.0.0.1:%d" % collectors[0].address[1], "facility": "daemon"}
    rows.append((f"syslog-{key}", "syslog", {**base, key: before}, {**base, key: after}, seen, [f"syslog.{key}"], was, becomes))


def facilities(collector):
    """Facilities of the messages about tests of the channel, the latest last."""
    return [int(message[1:message.index(b">")]) >> 3 for message in collector.messages if b"syslog-facility" in message]


syslog("address", "udp://127.0.0.1:%d" % collectors[0].address[1], "udp://127.0.0.1:%d" % collectors[1].address[1],
       lambda: any(b"syslog-address" in message for message in collectors[1].messages), False, True)
syslog("facility", "daemon", "local5", lambda: facilities(collectors[0])[-1:], [3], [21])

# The kind of a channel is a key as well.
SIMPLEST = {**{kind: {key: text.replace("{base}", BASE) for key, text in values.items()} for kind, values in KINDS.items()},
            "mail": {"url": "smtp://127.0.0.1:25", "from": "a@example.com", "to": "b@example.com"},
            "exec": {"command": PROGRAM}, "syslog": {}, "journal": {}, "log": {}}
results = {}


def text_of(changed):
    channels = {row[0]: {row[1]: row[3 if changed else 2]} for row in rows}
    for kind, values in SIMPLEST.items():
        first = "webhook" if kind == "log" else "log"
        channels[f"kind-{kind}"] = {kind: values} if changed else {first: SIMPLEST[first]}
    if changed:
        channels["new"] = {"log": {}}
    return "domains: []\nchannels: " + json.dumps(channels) + "\nroutes: []\n"


def kinds():
    return {channel["name"]: channel["kind"] for channel in api("/channels")["channels"]}


def try_all():
    def attempt(channel):
        for mark in list(arrived):
            if mark == channel:
                del arrived[mark]
        answer = api(f"/channels/{channel}/test", "POST")
        results[channel] = answer and answer["result"]
    in_parallel(attempt, [row[0] for row in rows])


daemon = Daemon(text_of(False))
table = Table(daemon, text_of, try_all, back=False)
table.row("channels", seen=lambda: "new" in kinds(), was=False, becomes=True)
for kind in SIMPLEST:
    table.row(f"channels.NAME.{kind}", seen=lambda kind=kind: kinds()[f"kind-{kind}"] == kind, was=False, becomes=True)
for _, _, _, _, seen, keys, was, becomes in rows:
    table.row(*(f"channels.NAME.{key}" for key in keys), seen=seen, was=was, becomes=becomes)
table.cases("channels")


@case
def the_daemon_of_the_channels_ends():
    """channels: it ends well after all that"""
    expect_equal(daemon.stop(), 0, "status")
