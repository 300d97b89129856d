"""What each service documents of the requests that it takes, as checks: the complaints about one request."""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

# One table: what a service counts, and how much of it it takes.
LIMITS = {
    "slack": {"text": 40_000, "section": 3000, "button": 75, "button url": 3000, "elements": 25},
    "teams": {"message bytes": 28 * 1024, "actions": 6},
    "discord": {"title": 256, "description": 4096, "all texts of a message": 6000, "embeds": 10,
                "rows": 5, "buttons": 5, "button": 80, "button url": 512},
    "telegram": {"text": 4096, "keyboard bytes": 10_000},
    "matrix": {"event bytes": 65_536},
    "ntfy": {"message bytes": 4096, "actions": 3, "topic": 64},
    "pushover": {"title": 250, "message": 1024, "url": 512, "url_title": 100},
    "pagerduty": {"summary": 1024, "dedup_key": 255, "event bytes": 512 * 1024},
    "opsgenie": {"message": 130, "alias": 512, "description": 15_000, "tags": 20, "tag": 50, "entity": 512,
                 "source": 100, "note": 25_000},
}


def units(text):
    """How JavaScript and Java count."""
    return len(text.encode("utf-16-le")) // 2


def instant(text):
    """Whether it is a moment as RFC 3339 writes it."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


class Check:
    """One request, and what is wrong with it."""

    def __init__(self, service, request):
        self.service, self.request, self.faults = service, request, []
        self.limits = LIMITS.get(service, {})
        try:
            self.body = json.loads(request["body"])
        except ValueError:
            self.body = None
        self.want(self.body is not None, "the body is no JSON")
        self.want(request["headers"].get("content-type", "").split(";")[0] == "application/json", "Content-Type")

    def want(self, fits, what):
        if not fits:
            self.faults.append(f"{self.service}: {what}")

    def keys(self, value, required, optional=()):
        self.want(isinstance(value, dict), f"no object: {value!r}")
        if isinstance(value, dict):
            for key in required:
                self.want(value.get(key) not in (None, "", []), f"`{key}` is missing")
            for key in value:
                self.want(key in required or key in optional, f"`{key}` is not documented")

    def within(self, what, size):
        self.want(size <= self.limits[what], f"{what}: {size} of {self.limits[what]}")

    def reachable(self, url):
        """Services refuse the whole message for a button with an address that they think is none."""
        host = urlsplit(url).hostname or ""
        self.want(re.fullmatch(r"https?://[!-~]+", url) and "." in host and not host.startswith("127."), f"url {url}")

    def header(self, name, value):
        found = self.request["headers"].get(name.lower())
        self.want(found == value, f"{name}: {found!r}")

    def method(self, method, path):
        self.want(self.request["method"] == method, f"method {self.request['method']}")
        self.want(re.fullmatch(path, self.request["path"]) is not None, f"path {self.request['path']}")


def slack(check, body):
    check.method("POST", "/slack/services/T0/B0/X0")
    check.keys(body, ["text"], ["mrkdwn", "unfurl_links", "unfurl_media", "blocks", "attachments"])
    check.within("text", units(body["text"]))
    check.want(not re.search(r"<(?!https?:)", body["text"]), "`<` begins a mention")
    check.want(not re.search(r"&(?!amp;|lt;|gt;)", body["text"]), "`&` is not escaped")
    for block in body.get("blocks", []):
        if block["type"] == "section":
            check.keys(block, ["type", "text"])
            check.keys(block["text"], ["type", "text"], ["emoji"])
            check.want(block["text"]["type"] == "plain_text", "text of a section")
            check.within("section", units(block["text"]["text"]))
            continue
        check.want(block["type"] == "actions", f"block {block['type']}")
        check.keys(block, ["type", "elements"])
        check.within("elements", len(block["elements"]))
        for button in block["elements"]:
            check.keys(button, ["type", "text", "url", "action_id"], ["style"])
            check.want(button["type"] == "button" and button["text"]["type"] == "plain_text", "button")
            check.within("button", units(button["text"]["text"]))
            check.within("button url", len(button["url"]))
            check.reachable(button["url"])
        check.want(len({button["action_id"] for button in block["elements"]}) == len(block["elements"]), "action_id")


def teams(check, body):
    check.method("POST", "/teams/workflow")
    check.keys(body, ["type", "attachments"])
    check.want(body["type"] == "message", "type")
    check.within("message bytes", len(check.request["body"]))
    for attachment in body["attachments"]:
        check.keys(attachment, ["contentType", "content"], ["contentUrl"])
        check.want(attachment["contentType"] == "application/vnd.microsoft.card.adaptive", "contentType")
        card = attachment["content"]
        check.keys(card, ["type", "version", "body", "$schema"], ["actions", "msteams"])
        check.want(card["type"] == "AdaptiveCard" and card["version"] in ("1.2", "1.3", "1.4"), "card")
        for block in card["body"]:
            check.keys(block, ["type", "inlines"], ["spacing"])
            for run in block.get("inlines", []):
                check.keys(run, ["type", "text"], ["weight", "size", "color"])
                check.want(run["type"] == "TextRun", "inline")
                check.want(run.get("color", "Default") in ("Default", "Good", "Warning", "Attention"), "color")
        check.within("actions", len(card.get("actions", [])))
        for action in card.get("actions", []):
            check.keys(action, ["type", "title", "url"])


def discord(check, body):
    check.method("POST", r"/discord/api/webhooks/1/token\?wait=true(&with_components=true)?")
    check.keys(body, ["embeds"], ["content", "username", "allowed_mentions", "avatar_url", "components"])
    # Without the parameter, what an ordinary webhook has of buttons is left out.
    check.want(("components" in body) == ("with_components=true" in check.request["path"]), "with_components")
    check.within("rows", len(body.get("components", [])))
    for row in body.get("components", []):
        check.keys(row, ["type", "components"])
        check.want(row["type"] == 1, "row")
        check.within("buttons", len(row["components"]))
        for button in row["components"]:
            check.keys(button, ["type", "style", "label", "url"])
            check.want((button["type"], button["style"]) == (2, 5), "button that opens a link")
            check.within("button", len(button["label"]))
            check.within("button url", len(button["url"]))
            check.reachable(button["url"])
    check.within("embeds", len(body["embeds"]))
    check.want(body.get("allowed_mentions") == {"parse": []}, "mentions are not off")
    for embed in body["embeds"]:
        check.keys(embed, ["title", "description"], ["url", "color", "timestamp", "footer"])
        check.within("title", units(embed["title"]))
        check.within("description", units(embed["description"]))
        check.within("all texts of a message", units(embed["title"]) + units(embed["description"]))
        check.want(0 <= embed["color"] <= 0xFFFFFF and instant(embed["timestamp"]), "color or timestamp")


def telegram(check, body):
    check.method("POST", "/telegram/bot123:ABC/sendMessage")
    check.keys(body, ["chat_id", "text"], ["parse_mode", "disable_web_page_preview", "disable_notification", "reply_markup"])
    if "reply_markup" in body:
        check.keys(body["reply_markup"], ["inline_keyboard"])
        check.within("keyboard bytes", len(json.dumps(body["reply_markup"])))
        for button in (button for row in body["reply_markup"]["inline_keyboard"] for button in row):
            check.keys(button, ["text", "url"])
            check.reachable(button["url"])
    check.want(1 <= units(body["text"]) <= check.limits["text"], f"text: {units(body['text'])}")


def matrix(check, body):
    check.method("PUT", r"/matrix/_matrix/client/v3/rooms/%21room%3Aexample\.org/send/m\.room\.message/[A-Za-z0-9._~%-]+")
    check.header("Authorization", "Bearer syt_token")
    check.keys(body, ["msgtype", "body"], ["format", "formatted_body"])
    check.want(body["msgtype"] in ("m.text", "m.notice"), "msgtype")
    check.want(body.get("format") == "org.matrix.custom.html", "format")
    check.within("event bytes", len(check.request["body"]) + 1000)


def ntfy(check, body):
    check.method("POST", "/ntfy/?")
    check.header("Authorization", "Bearer tk_1")
    check.keys(body, ["topic", "message"], ["title", "tags", "priority", "actions", "click", "markdown", "icon"])
    check.want(re.fullmatch("[-_A-Za-z0-9]{1,64}", body["topic"]), "topic")
    check.want(body["priority"] in range(1, 6), "priority")
    check.within("message bytes", len(body["message"].encode()))
    check.within("actions", len(body["actions"]))
    for action in body["actions"]:
        check.keys(action, ["action", "label", "url"])


def gotify(check, body):
    check.method("POST", "/gotify/message")
    check.header("X-Gotify-Key", "Atoken")
    check.keys(body, ["message"], ["title", "priority", "extras"])
    check.want(body["priority"] in range(0, 11), "priority")
    check.want(all("::" in key for key in body["extras"]), "extras")


def pushover(check, body):
    check.method("POST", r"/pushover/1/messages\.json")
    check.keys(body, ["token", "user", "message"],
               ["title", "url", "url_title", "priority", "timestamp", "sound", "device", "html", "monospace", "ttl"])
    for key in ("token", "user"):
        check.want(re.fullmatch("[A-Za-z0-9]{30}", body[key]), key)
    for key in ("title", "message", "url", "url_title"):
        check.within(key, len(body.get(key, "")))
    check.want(body["priority"] in (-2, -1, 0, 1) and isinstance(body["timestamp"], int), "priority or timestamp")


def pagerduty(check, body):
    check.method("POST", "/pagerduty/v2/enqueue")
    check.keys(body, ["routing_key", "event_action"],
               ["dedup_key", "payload", "links", "images", "client", "client_url"])
    check.want(re.fullmatch("[a-z0-9]{32}", body["routing_key"]), "routing_key")
    check.want(body["event_action"] in ("trigger", "acknowledge", "resolve"), "event_action")
    check.within("dedup_key", len(body["dedup_key"]))
    check.within("event bytes", len(check.request["body"]))
    payload = body["payload"]
    check.keys(payload, ["summary", "source", "severity"],
               ["timestamp", "component", "group", "class", "custom_details"])
    check.within("summary", units(payload["summary"]))
    check.want(payload["severity"] in ("critical", "warning", "error", "info"), "severity")
    check.want(instant(payload["timestamp"]), "timestamp")
    for link in body["links"]:
        check.keys(link, ["href"], ["text"])


def opsgenie(check, body):
    check.header("Authorization", "GenieKey og-key")
    act = re.fullmatch(r"/opsgenie/v2/alerts/([^/]+)/(close|notes|priority)\?identifierType=alias", check.request["path"])
    if act is None:
        check.method("POST", "/opsgenie/v2/alerts")
        check.keys(body, ["message"], ["alias", "description", "responders", "visibleTo", "actions", "tags", "details",
                                       "entity", "source", "priority", "user", "note"])
        for key in ("message", "alias", "description", "entity", "source"):
            check.within(key, units(body.get(key, "")))
        check.within("tags", len(body["tags"]))
        check.want(body["priority"] in ("P1", "P2", "P3", "P4", "P5"), "priority")
        check.want(all(isinstance(value, str) for value in body["details"].values()), "details")
    elif act.group(2) == "priority":
        check.want(check.request["method"] == "PUT", "method")
        check.keys(body, ["priority"])
    else:
        check.want(check.request["method"] == "POST", "method")
        check.keys(body, ["note"] if act.group(2) == "notes" else [], ["user", "note", "source"])
        check.within("note", units(body["note"]))


def apprise(check, body):
    check.method("POST", "/apprise/notify/lapwing")
    check.keys(body, ["body"], ["title", "type", "format", "tag"])
    check.want(body["type"] in ("info", "success", "warning", "failure"), "type")
    check.want(body["format"] in ("text", "markdown", "html"), "format")
    check.want(body["tag"] == "dns", "tag")


def webhook(check, body):
    check.method("POST", "/webhook/.*")
    check.want(check.request["headers"].get("idempotency-key") == body["id"], "Idempotency-Key")


def alertmanager(check, body):
    check.method("POST", "/alertmanager/api/v2/alerts")
    check.want(isinstance(body, list) and len(body) == 1, "one alert")
    for alert in body:
        check.keys(alert, ["labels", "startsAt", "endsAt"], ["annotations", "generatorURL"])
        check.want(set(alert["labels"]) == {"alertname", "domain", "incident"}, f"labels {alert['labels']}")
        check.want(instant(alert["startsAt"]) and instant(alert["endsAt"]), "moments")
        check.want(alert["startsAt"] <= alert["endsAt"], "ends before it begins")


ANSWERS = {
    "slack": (200, b"ok"), "teams": (202, b""), "discord": (200, b'{"id": "1"}'),
    "telegram": (200, b'{"ok": true, "result": {"message_id": 1}}'), "matrix": (200, b'{"event_id": "$1"}'),
    "ntfy": (200, b'{"id": "1"}'), "gotify": (200, b'{"id": 1}'), "pushover": (200, b'{"status": 1, "request": "1"}'),
    "pagerduty": (202, b'{"status": "success"}'), "opsgenie": (202, b'{"result": "Request will be processed"}'),
    "apprise": (200, b""), "webhook": (200, b""), "alertmanager": (200, b""),
}

# How each says that it is too much, and how long to wait: header, body, seconds.
BUSY = {
    "slack": ({"Retry-After": "3"}, b"rate_limited", 3),
    "teams": ({"Retry-After": "3"}, b"", 3),
    "discord": ({"Retry-After": "4"}, b'{"message": "You are being rate limited.", "retry_after": 3.2, "global": false}', 4),
    "telegram": ({}, b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 9", '
                     b'"parameters": {"retry_after": 9}}', 9),
    "matrix": ({}, b'{"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 8500}', 8.5),
    "ntfy": ({}, b'{"code": 42901, "http": 429, "error": "limit reached"}', 0),
    "gotify": ({"Retry-After": "2"}, b"", 2),
    "pushover": ({"Retry-After": "1"}, b'{"status": 0, "errors": ["application is over its quota"]}', 1),
    "pagerduty": ({"Retry-After": "11"}, b'{"status": "throttle exceeded"}', 11),
    "opsgenie": ({"Retry-After": "2"}, b'{"message": "You are making too many requests!"}', 2),
    "apprise": ({"Retry-After": "8"}, b"", 8), "webhook": ({"Retry-After": "8"}, b"", 8),
    "alertmanager": ({"Retry-After": "8"}, b"", 8),
}


def faults(service, request):
    """What is wrong with a request; nothing when the service would take it."""
    check = Check(service, request)
    if check.body is not None:
        try:
            globals()[service](check, check.body)
        except (KeyError, TypeError, AttributeError) as error:
            check.faults.append(f"{service}: {type(error).__name__} {error}")
    return check.faults
