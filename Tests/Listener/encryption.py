"""TLS as the access file says it: every key is carried out or refused, and renewed certificates are taken."""

import os
import ssl
import subprocess
import tempfile

from harness import LAPWING, case, expect, expect_equal, main, wait_for
from listener import Listener

FOLDER = tempfile.mkdtemp(prefix="lapwing-certificates-")


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=FOLDER)


def certificate(name, subject_names, kind="rsa:2048", authority="ca"):
    """Key and certificate of our own authority."""
    with open(os.path.join(FOLDER, "ext"), "w") as out:
        out.write(f"subjectAltName={subject_names}\n")
    options = ["-pkeyopt", "ec_paramgen_curve:P-256"] if kind == "ec" else []
    openssl("req", "-newkey", kind, *options, "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial",
            "-days", "2", "-extfile", "ext", "-out", f"{name}.pem")


def authority(name):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")


authority("ca")
authority("stranger")
certificate("server", "IP:127.0.0.1")
certificate("renewed", "IP:127.0.0.1")
certificate("good", "DNS:good.client")
certificate("bad", "DNS:bad.client,DNS:good.client.evil")
certificate("mail", "email:ops@client,URI:spiffe://client/ops,IP:192.0.2.9")
certificate("unknown", "DNS:good.client", authority="stranger")


def path(name):
    return os.path.join(FOLDER, name)


def terms(**keys):
    """An access file with these keys of `tls_server_config`."""
    keys = {"cert_file": path("server.pem"), "key_file": path("server.key"), **keys}
    return "tls_server_config:\n" + "".join(f"  {key}: {value}\n" for key, value in keys.items())


def client(name=None, version=None, ciphers=None, curve=None):
    context = ssl.create_default_context(cafile=path("ca.pem"))
    if name:
        context.load_cert_chain(path(name + ".pem"), path(name + ".key"))
    if version:
        context.minimum_version = context.maximum_version = version
    if ciphers:
        context.set_ciphers(ciphers)
    if curve:
        context.set_ecdh_curve(curve)
    return context


def listener(**keys):
    made = Listener("web: {config_file: web.yml}\n", web_yml=terms(**keys))
    made.tls = client()
    return made


def required(**keys):
    return listener(client_auth_type="RequireAndVerifyClientCert", client_ca_file=path("ca.pem"), **keys)


@case
def only_certificates_with_an_allowed_name_are_let_in():
    with required(client_allowed_sans="[good.client, ops@client]") as daemon:
        for name, status in (("good", 200), ("mail", 200), ("bad", 0), ("unknown", 0), (None, 0)):
            for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
                expect_equal(daemon.status("/-/healthy", tls=client(name, version)), status, f"{name} by {version.name}")
    for name in ("spiffe://client/ops", "192.0.2.9"):
        with required(client_allowed_sans=f"['{name}']") as daemon:
            expect_equal([daemon.status("/-/healthy", tls=client(who)) for who in ("mail", "good")], [200, 0], name)


@case
def certificates_are_wanted_as_the_type_says():
    with required() as daemon:
        found = [daemon.status("/-/healthy", tls=client(who)) for who in ("good", "bad", "unknown", None)]
        expect_equal(found, [200, 200, 0, 0], "required")
    with listener(client_auth_type="VerifyClientCertIfGiven", client_ca_file=path("ca.pem")) as daemon:
        found = [daemon.status("/-/healthy", tls=client(who)) for who in ("good", "unknown", None)]
        expect_equal(found, [200, 0, 200], "if given")


@case
def suites_curves_and_versions_are_kept_to():
    first, second = "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"
    old = ssl.TLSVersion.TLSv1_2
    with listener(cipher_suites="[TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]") as daemon:
        found = [daemon.status("/-/healthy", tls=client(None, old, ciphers)) for ciphers in (first, second)]
        expect_equal(found, [200, 0], "suites")
    with listener(curve_preferences="[CurveP384]") as daemon:
        found = [daemon.status("/-/healthy", tls=client(curve=curve)) for curve in ("secp384r1", "prime256v1")]
        expect_equal(found, [200, 0], "curves")
    with listener(min_version="TLS13") as daemon:
        found = [daemon.status("/-/healthy", tls=client(None, version)) for version in (ssl.TLSVersion.TLSv1_3, old)]
        expect_equal(found, [200, 0], "min_version")
    with listener(max_version="TLS12") as daemon:
        found = [daemon.status("/-/healthy", tls=client(None, version)) for version in (ssl.TLSVersion.TLSv1_3, old)]
        expect_equal(found, [0, 200], "max_version")


@case
def every_suite_and_curve_that_is_taken_can_be_used():
    source = open(os.path.join(os.path.dirname(__file__), "../../Sources/LapwingWeb/Guard/TLSTerms.swift")).read()
    names = [word for word in source.split('"') if word.startswith(("TLS_", "Curve", "X25519"))]
    expect(len(names) > 15, names)
    stand_in = listener()
    for name in names:
        key = "cipher_suites" if name.startswith("TLS_") else "curve_preferences"
        stand_in.write("web.yml", terms(**{key: f"[{name}]"}))
        done = subprocess.run([LAPWING, "config", "check", stand_in.path], capture_output=True, text=True, cwd=stand_in.directory)
        expect_equal(done.returncode, 0, f"{name}: {done.stderr}")


@case
def what_is_not_carried_out_is_refused_at_its_place():
    wrong = [
        (dict(client_allowed_sans="[good.client]"), 4), (dict(cipher_suites="[TLS_AES_128_GCM_SHA256]"), 4),
        (dict(cipher_suites="[TLS_RSA_WITH_RC4_128_SHA]"), 4), (dict(curve_preferences="[CurveP192]"), 4),
        (dict(prefer_server_cipher_suites="true"), 4), (dict(client_auth_type="RequestClientCert"), 4),
        (dict(client_auth_type="Sometimes"), 4), (dict(client_ca_file=path("ca.pem")), 4), (dict(client_ca="inline"), 4),
        (dict(min_version="TLS14"), 4), (dict(min_version="TLS13", max_version="TLS12"), 5),
        (dict(client_auth_type="RequireAndVerifyClientCert"), 2), (dict(ciphersuites="[]"), 4),
        (dict(client_auth_type="VerifyClientCertIfGiven", client_ca_file=path("ca.pem"), client_allowed_sans="[x]"), 6),
        (dict(client_allowed_sans="x"), 4), (dict(cert_file="''"), 2),
    ]
    stand_in = listener()
    for keys, line in wrong:
        stand_in.write("web.yml", terms(**keys))
        done = subprocess.run([LAPWING, "run", "--config", stand_in.path], capture_output=True, text=True, timeout=20, cwd=stand_in.directory)
        expect_equal(done.returncode, 78, f"{keys}: {done.stderr}")
        expect(f"web.yml:{line}:" in done.stderr and ": error: " in done.stderr, f"{keys}: {done.stderr}")
    stand_in.write("web.yml", terms(cert_file=path("renewed.pem")))
    done = subprocess.run([LAPWING, "config", "check", stand_in.path], capture_output=True, text=True, cwd=stand_in.directory)
    expect_equal(done.returncode, 78, "a key that is not the certificate's: " + done.stderr)


def serial(daemon):
    connection = daemon.connection()
    connection.connect()
    found = connection.sock.getpeercert()["serialNumber"]
    connection.close()
    return found


def put(daemon, name):
    for kind in ("pem", "key"):
        with open(path(f"{name}.{kind}")) as source:
            daemon.write("own." + kind, source.read())


@case
def renewed_certificates_are_taken_on_reload_and_by_themselves():
    daemon = listener(cert_file="own.pem", key_file="own.key")
    put(daemon, "server")
    with daemon:
        first = serial(daemon)
        put(daemon, "renewed")
        expect_equal(daemon.reload()[0], 200, "the reload")
        second = serial(daemon)
        expect(first != second, "the old certificate after a reload")
        daemon.write("own.key", "half a renewal")
        expect_equal(daemon.reload()[0], 500, "a reload with half a renewal")
        expect_equal(serial(daemon), second, "after half a renewal")
        put(daemon, "server")
        wait_for(lambda: serial(daemon) == first, 15, "a renewed certificate is not taken by itself")


@case
def another_authority_of_clients_ends_connections_of_the_former():
    daemon = required()
    with daemon:
        held = daemon.connection(tls=client("good"))
        held.request("GET", "/-/healthy")
        expect_equal(held.getresponse().read(), b"Healthy", "before")
        daemon.write("web.yml", terms(client_auth_type="RequireAndVerifyClientCert", client_ca_file=path("stranger.pem")))
        expect_equal(daemon.ask("/-/reload", "POST", tls=client("good"))[0], 200, "the reload")
        expect_equal([daemon.status("/-/healthy", tls=client(who)) for who in ("good", "unknown")], [0, 200], "new connections")
        try:
            held.sock.settimeout(3)
            held.sock.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n")
            expect_equal(held.sock.recv(100), b"", "an answer on the old connection")
        except (ssl.SSLError, ConnectionError):
            pass


main()
