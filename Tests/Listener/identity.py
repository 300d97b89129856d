"""A browser with cookies, and a provider of OpenID Connect that says and does whatever a test wants."""

import base64
import hashlib
import hmac
import http.server
import itertools
import json
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

HTML = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


class Browser:
    """Keeps cookies as browsers do: none marked Strict goes along where another site leads here. Each has its own address."""

    numbers = itertools.count(1)

    def __init__(self, listener):
        self.listener, self.jar = listener, {}
        self.address = "10.1.%d.%d" % divmod(next(self.numbers), 250)

    def ask(self, path, method="GET", body=None, headers=None, by_link=False):
        """Status, headers and body; no redirect is followed."""
        sent = [f"{name}={value}" for name, (value, scope, strict) in self.jar.items()
                if path.split("?")[0].startswith(scope) and not (by_link and strict)]
        own = ({} if path.startswith("/api/") else HTML) | {"X-Forwarded-For": self.address} | ({"Cookie": "; ".join(sent)} if sent else {}) | (LINK if by_link else {}) | (FORM if body is not None else {})
        connection = self.listener.connection(timeout=30)
        connection.request(method, path, body, own | (headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            parts = dict(part.strip().partition("=")[::2] for part in line.split(";")[1:])
            self.jar.pop(name, None)
            if parts["Max-Age"] != "0":
                self.jar[name] = (value, parts["Path"], parts["SameSite"] == "Strict")
        connection.close()
        return answer.status, answer.headers, text

    def leave(self, following="/"):
        """Begins a log-in; where the browser is sent to, and what with."""
        status, headers, text = self.ask("/login/oidc?next=" + urllib.parse.quote(following, safe=""), headers={"Sec-Fetch-Site": "same-origin"})
        assert status == 303, f"{status} {text}"
        place = headers["Location"]
        return place, dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(place).query))

    def come(self, **query):
        return self.ask("/login/oidc/callback?" + urllib.parse.urlencode(query), by_link=True)


def plain(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return plain(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    """A key pair with its public half as a JWK."""

    def __init__(self, kind="RS256", kid="one", bits=2048):
        self.kind, self.kid = kind, kid
        if kind.startswith("RS"):
            self.private = rsa.generate_private_key(65537, bits)
            numbers = self.private.public_key().public_numbers()
            self.jwk = {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
        elif kind.startswith("ES"):
            curve = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1()}[kind]
            self.private, self.size = ec.generate_private_key(curve), curve.key_size // 8
            numbers = self.private.public_key().public_numbers()
            self.jwk = {"kty": "EC", "crv": {"ES256": "P-256", "ES384": "P-384"}[kind],
                        "x": plain(numbers.x.to_bytes(self.size, "big")), "y": plain(numbers.y.to_bytes(self.size, "big"))}
        else:
            self.private = ed25519.Ed25519PrivateKey.generate()
            raw = self.private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": plain(raw)}
        self.jwk |= {"use": "sig", "alg": kind} | ({"kid": kid} if kid else {})

    def sign(self, data):
        if self.kind.startswith("RS"):
            return self.private.sign(data, padding.PKCS1v15(), {"RS256": hashes.SHA256(), "RS512": hashes.SHA512()}[self.kind])
        if self.kind.startswith("ES"):
            r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA({"ES256": hashes.SHA256(), "ES384": hashes.SHA384()}[self.kind])))
            return r.to_bytes(self.size, "big") + s.to_bytes(self.size, "big")
        return self.private.sign(data)

    def pem(self):
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def token(claims, key, header=None, sign=None):
    head = {"alg": key.kind, "typ": "JWT"} | ({"kid": key.kid} if key.kid else {}) | (header or {})
    signed = ".".join(plain(json.dumps(part).encode()) for part in (head, claims))
    return signed + "." + plain((sign or key.sign)(signed.encode()))


def signed_by_hmac(secret):
    return lambda data: hmac.new(secret, data, hashlib.sha256).digest()


class Provider:
    """Honest as it stands; a test sets what it lies about.

    `claims`, `header`: are added to what is right, None takes one away. `make`: makes the ID token of claims. `answers`:
    status, headers and body of a path in place of the right one, or a function that gives them.
    """

    def __init__(self):
        self.key = Key()
        self.keys = [self.key]
        self.claims, self.header, self.make, self.answers, self.discovery = {}, {}, None, {}, {}
        self.codes, self.asked, self.lenient = {}, [], False
        self.secret_in_form = False
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.server.shutdown()
        self.server.server_close()

    def counted(self, path):
        return sum(1 for asked in self.asked if asked == path)

    def grant(self, query, **claims):
        """A code for somebody who has logged in at the provider with what the browser brought along."""
        code = plain(hashlib.sha256(str(len(self.codes)).encode()).digest())
        now = int(time.time())
        self.codes[code] = (query, {"iss": self.issuer, "sub": "s-1", "aud": query["client_id"], "exp": now + 300, "iat": now,
                                    "nonce": query["nonce"], "email": "anna@example.org", "email_verified": True,
                                    "groups": ["dns-admins"]} | claims)
        return code

    def document(self):
        found = {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize?flavour=plain",
                 "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys"}
        if self.secret_in_form:
            found["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        return found | self.discovery

    def exchange(self, form, authorization):
        query, claims = self.codes.get(form.get("code"), (None, None))
        if query is None:
            return 400, {"error": "invalid_grant"}
        if not self.lenient:
            del self.codes[form["code"]]
        secret = "a secret & more"
        if self.secret_in_form:
            known = (form.get("client_id"), form.get("client_secret")) == (query["client_id"], secret) and not authorization
        else:
            pair = base64.b64decode((authorization or " ").split(" ")[1]).decode()
            known = [urllib.parse.unquote_plus(part) for part in pair.split(":")] == [query["client_id"], secret]
        if not known:
            return 401, {"error": "invalid_client"}
        challenge = plain(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (query["code_challenge_method"], query["code_challenge"], query["redirect_uri"]) != ("S256", challenge, form.get("redirect_uri")):
            return 400, {"error": "invalid_grant"}
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        made = self.make(claims) if self.make else token(claims, self.key, self.header)
        return 200, {"access_token": "x", "token_type": "Bearer"} | ({"id_token": made} if made is not None else {})

    def handler(provider):  # noqa: N805
        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self, form=None):
                path = self.path.split("?")[0]
                provider.asked.append(path)
                headers = {}
                if path in provider.answers:
                    lie = provider.answers[path]
                    status, headers, body = lie() if callable(lie) else lie
                elif path == "/.well-known/openid-configuration":
                    status, body = 200, provider.document()
                elif path == "/keys":
                    status, body = 200, {"keys": [key.jwk for key in provider.keys]}
                elif path == "/token" and form is not None:
                    status, body = provider.exchange(form, self.headers.get("Authorization"))
                else:
                    status, body = 404, {}
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(data)
                except OSError:
                    pass  # Whoever asked has heard enough.

            def do_GET(self):  # noqa: N802
                self.answer()

            def do_POST(self):  # noqa: N802
                length = int(self.headers.get("Content-Length", 0))
                self.answer(dict(urllib.parse.parse_qsl(self.rfile.read(length).decode())))

            def log_message(self, *unused):
                pass
        return Handler
