"""contrib/kubernetes and contrib/compose.yaml: against a schema of the kinds that are used, against script/image, against the
program, and against what was measured."""

import glob
import hashlib
import os
import re
import subprocess
import sys
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(TREE, "Tests/Listener"), os.path.join(TREE, "Tests/EndToEnd")]

from harness import LAPWING, case, expect, expect_equal, lapwing, main, wait_for  # noqa: E402
from listener import Listener, bearer  # noqa: E402

TOKEN = "a token"
FOLDER = os.path.join(TREE, "contrib/kubernetes")
KINDS = {"ConfigMap", "StatefulSet", "Service", "ServiceMonitor", "PodDisruptionBudget"}


class Strict(yaml.SafeLoader):
    """Reads what Kubernetes would take: no key twice, no anchors that stand for others."""


def mapping(loader, node):
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    expect(len(set(keys)) == len(keys), f"a key stands twice: {keys} {node.start_mark}")
    expect(all(isinstance(key, str) and key != "<<" for key in keys), f"a key that is no text: {keys} {node.start_mark}")
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value)}


Strict.add_constructor("tag:yaml.org,2002:map", mapping)


def read(path):
    with open(path) as file:
        return list(yaml.load_all(file, Strict))


def manifests():
    """Each document by its kind."""
    documents = [one for path in sorted(glob.glob(FOLDER + "/*.yaml")) for one in read(path)]
    found = {one["kind"]: one for one in documents}
    expect_equal((set(found), len(documents)), (KINDS, len(KINDS)), "the kinds")
    return found


# The schema: a type, a pattern, a set of words, a list of one shape, or members; "name?" may be missing, "*" is any other key.
NAME, PATH, QUANTITY, SECONDS = r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", r"/[\w./-]*", r"[0-9]+(m|Mi|Gi)?", r"[0-9]+s"
LABELS = {"*": r"[\w.-]{1,63}"}
METADATA = {"name": NAME, "namespace": NAME, "labels": LABELS}
SELECTOR = {"matchLabels": LABELS}
KEY = {"name": NAME, "key": r"[-._a-zA-Z0-9]+"}
PROBE = {"exec": {"command": [str]}, "periodSeconds": int, "timeoutSeconds": int, "failureThreshold": int}
QUANTITIES = {"cpu?": QUANTITY, "memory?": QUANTITY, "storage?": QUANTITY}
CONTAINER = {
    "name": NAME, "image": r"[\w./-]+:[\w.~-]+", "imagePullPolicy": {"IfNotPresent", "Always"}, "args": [str],
    "env": [{"name": r"[A-Z_0-9]+", "valueFrom": {"secretKeyRef": KEY}}],
    "ports": [{"name": NAME, "containerPort": int, "protocol": {"TCP"}}],
    "startupProbe": PROBE, "livenessProbe": PROBE, "readinessProbe": PROBE,
    "resources": {"requests": QUANTITIES, "limits": QUANTITIES},
    "securityContext": {"allowPrivilegeEscalation": bool, "readOnlyRootFilesystem": bool, "capabilities": {"drop": [str]}},
    "volumeMounts": [{"name": NAME, "mountPath": PATH, "readOnly?": bool}]}
POD = {
    "automountServiceAccountToken": bool, "enableServiceLinks": bool, "terminationGracePeriodSeconds": int,
    "securityContext": {"runAsNonRoot": bool, "runAsUser": int, "runAsGroup": int, "fsGroup": int,
                        "fsGroupChangePolicy": {"OnRootMismatch", "Always"}, "seccompProfile": {"type": {"RuntimeDefault"}}},
    "containers": [CONTAINER],
    "volumes": [{"name": NAME, "configMap?": {"name": NAME}, "emptyDir?": {"sizeLimit": QUANTITY}}]}
CLAIM = {"metadata": {"name": NAME},
         "spec": {"accessModes": [{"ReadWriteOnce"}], "resources": {"requests": QUANTITIES}}}
SCHEMA = {
    "ConfigMap": ("v1", {"data": {"*": str}}),
    "StatefulSet": ("apps/v1", {"spec": {
        "replicas": int, "serviceName": NAME, "selector": SELECTOR, "template": {"metadata": {"labels": LABELS}, "spec": POD},
        "volumeClaimTemplates": [CLAIM]}}),
    "Service": ("v1", {"spec": {"type": {"ClusterIP"}, "selector": LABELS,
                                "ports": [{"name": NAME, "port": int, "targetPort": NAME, "protocol": {"TCP"}}]}}),
    "ServiceMonitor": ("monitoring.coreos.com/v1", {"spec": {"selector": SELECTOR, "endpoints": [{
        "port": NAME, "path": PATH, "interval": SECONDS, "scrapeTimeout": SECONDS,
        "authorization": {"type": {"Bearer"}, "credentials": KEY}}]}}),
    "PodDisruptionBudget": ("policy/v1", {"spec": {"maxUnavailable": int, "selector": SELECTOR}}),
}
COMPOSE = {
    "services": {"lapwing": {
        "image": CONTAINER["image"], "command": [str], "network_mode": {"host"}, "user": r"\d+:\d+", "read_only": bool,
        "cap_drop": [{"ALL"}], "security_opt": [str], "volumes": [str], "tmpfs": [str],
        "healthcheck": {"test": [str], "interval": SECONDS, "timeout": SECONDS, "start_period": SECONDS},
        "mem_limit": r"\d+[mg]", "stop_grace_period": SECONDS, "restart": {"unless-stopped"}}},
    "volumes": {"data": dict}}


def faults(value, shape, place):
    """What does not fit, in words."""
    if isinstance(shape, type):
        # A flag is a number to Python, and to nobody else.
        return [] if type(value) is shape else [f"{place}: {value!r} is no {shape.__name__}"]
    if isinstance(shape, str):
        return [] if type(value) is str and re.fullmatch(shape, value) else [f"{place}: {value!r} is not like {shape}"]
    if isinstance(shape, set):
        return [] if value in shape else [f"{place}: {value!r} is none of {shape}"]
    if isinstance(shape, list):
        if type(value) is not list or not value:
            return [f"{place}: {value!r} is no list"]
        return [fault for number, one in enumerate(value) for fault in faults(one, shape[0], f"{place}[{number}]")]
    if type(value) is not dict:
        return [f"{place}: {value!r} is no mapping"]
    known = {key.rstrip("?"): inner for key, inner in shape.items()}
    found = [f"{place}.{key}: is missing" for key in shape if not key.endswith("?") and key != "*" and key not in value]
    for key, one in value.items():
        inner = known.get(key, known.get("*"))
        found += [f"{place}.{key}: is unknown"] if inner is None else faults(one, inner, f"{place}.{key}")
    return found


def all_faults(document):
    version, members = SCHEMA[document["kind"]]
    return faults(document, {"apiVersion": {version}, "kind": {document["kind"]}, "metadata": METADATA} | members, document["kind"])


def pod():
    return manifests()["StatefulSet"]["spec"]["template"]["spec"]


def container():
    [one] = pod()["containers"]
    return one


def image():
    """What script/image writes into the image."""
    with open(os.path.join(TREE, "script/image")) as file:
        text = file.read()
    account = int(re.search(r"^ACCOUNT = (\d+)$", text, re.MULTILINE)[1])
    return {
        "account": account, "entry": eval(re.search(r'"Entrypoint": (\[[^]]*\])', text)[1]),
        "arguments": eval(re.search(r'"Cmd": (\[[^]]*\])', text)[1]), "port": int(re.search(r'"ExposedPorts": \{"(\d+)/tcp"', text)[1]),
        "volume": re.search(r'"Volumes": \{"([^"]*)"', text)[1], "health": eval(re.search(r'"Test": (\[[^]]*\])', text)[1])}


@case
def each_fits_the_schema_of_its_kind():
    for document in manifests().values():
        expect_equal(all_faults(document), [], document["kind"])
    [compose] = read(os.path.join(TREE, "contrib/compose.yaml"))
    expect_equal(faults(compose, COMPOSE, "compose"), [], "compose.yaml")


@case
def the_schema_sees_what_is_wrong():
    for change, fault in ((lambda one: one["spec"].pop("serviceName"), "serviceName: is missing"),
                          (lambda one: one["spec"].update(replica=1), "replica: is unknown"),
                          (lambda one: one["spec"].update(replicas="1"), "replicas: '1' is no int"),
                          (lambda one: one["spec"].update(replicas=True), "replicas: True is no int"),
                          (lambda one: one.update(apiVersion="apps/v1beta1"), "apiVersion"),
                          (lambda one: one["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"].update(memory="1GB"), "memory")):
        document = manifests()["StatefulSet"]
        change(document)
        found = all_faults(document)
        expect(len(found) == 1 and fault in found[0], f"{fault}: {found}")
    for text in ("a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: &x {b: 1}\nc: {<<: *x}\n"):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(text)
            file.flush()
            try:
                read(file.name)
            except (AssertionError, yaml.YAMLError):
                continue
            raise AssertionError(f"read without a word: {text}")


@case
def they_name_each_other():
    found = manifests()
    labels = found["StatefulSet"]["spec"]["template"]["metadata"]["labels"]
    for name, selector in (("StatefulSet", found["StatefulSet"]["spec"]["selector"]["matchLabels"]), ("Service", found["Service"]["spec"]["selector"]),
                           ("PodDisruptionBudget", found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"])):
        expect_equal(selector, labels, name)
    expect_equal(found["ServiceMonitor"]["spec"]["selector"]["matchLabels"], found["Service"]["metadata"]["labels"], "what is scraped")
    expect_equal({one["metadata"]["namespace"] for one in found.values()}, {"monitoring"}, "one namespace")
    expect_equal(found["StatefulSet"]["spec"]["serviceName"], found["Service"]["metadata"]["name"], "the service")
    expect_equal(found["StatefulSet"]["spec"]["replicas"], 1, "one daemon, one store")
    [port], [own], [endpoint] = found["Service"]["spec"]["ports"], container()["ports"], found["ServiceMonitor"]["spec"]["endpoints"]
    expect_equal((port["targetPort"], endpoint["port"]), (own["name"], port["name"]), "ports by their names")
    volumes = {one["name"] for one in pod()["volumes"]} | {one["metadata"]["name"] for one in found["StatefulSet"]["spec"]["volumeClaimTemplates"]}
    expect_equal({one["name"] for one in container()["volumeMounts"]}, volumes, "volumes")
    [configuration] = [one["configMap"]["name"] for one in pod()["volumes"] if "configMap" in one]
    expect_equal(configuration, found["ConfigMap"]["metadata"]["name"], "the configuration")
    keys = {one["valueFrom"]["secretKeyRef"]["key"] for one in container()["env"]} | {endpoint["authorization"]["credentials"]["key"]}
    with open(os.path.join(TREE, "docs/packaging.md")) as file:
        page = file.read()
    for key in keys:
        expect(f"--from-literal={key}=" in page, f"docs/packaging.md does not make the secret's {key}")


@case
def they_agree_with_the_image():
    wanted, version = image(), lapwing("--version").stdout.strip()
    [compose] = read(os.path.join(TREE, "contrib/compose.yaml"))
    service, context = compose["services"]["lapwing"], pod()["securityContext"]
    expect_equal((container()["image"], service["image"]), (f"lapwing:{version}",) * 2, "image")
    expect_equal((container()["args"], service["command"]), (wanted["arguments"],) * 2, "arguments")
    expect_equal({context["runAsUser"], context["runAsGroup"], context["fsGroup"]}, {wanted["account"]}, "account")
    expect_equal(service["user"], f"{wanted['account']}:{wanted['account']}", "account in compose.yaml")
    expect_equal(container()["ports"][0]["containerPort"], wanted["port"], "port")
    expect_equal(service["healthcheck"]["test"], wanted["health"], "health check")
    mounts = {one["mountPath"]: one.get("readOnly", False) for one in container()["volumeMounts"]}
    expect_equal(mounts, {"/etc/lapwing": True, wanted["volume"]: False, "/tmp": False}, "what is mounted")
    expect_equal({volume.split(":", 1)[1] for volume in service["volumes"]}, {"/etc/lapwing:ro", wanted["volume"]}, "the same in compose.yaml")
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        expect_equal(container()[probe]["exec"]["command"][:1], wanted["entry"], probe)
        expect(container()[probe]["timeoutSeconds"] > 5, f"{probe}: lapwing ready waits five seconds by itself")


@case
def they_lay_aside_what_can_be():
    context = container()["securityContext"]
    expect_equal(context, {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}, "container")
    expect(pod()["securityContext"]["runAsNonRoot"] and not pod()["automountServiceAccountToken"], "pod")
    [compose] = read(os.path.join(TREE, "contrib/compose.yaml"))
    service = compose["services"]["lapwing"]
    expect(service["read_only"] and service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"], f"{service}")


def bytes_of(quantity):
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi|m|g)", quantity).groups()
    return int(number) << (20 if unit in ("Mi", "m") else 30)


@case
def there_is_as_much_as_was_measured():
    """memory and disk for ten thousand domains, by docs/performance.md, and half as much more"""
    with open(os.path.join(TREE, "docs/performance.md")) as file:
        row = re.search(r"^\| 10,000, 5 min \|.*\| (\d+) MB \| (\d+) MB \|", file.read(), re.MULTILINE)
    memory, disk = (int(number) * 1_000_000 for number in row.groups())
    resources, [claim] = container()["resources"], manifests()["StatefulSet"]["spec"]["volumeClaimTemplates"]
    expect(memory * 1.5 < bytes_of(resources["requests"]["memory"]), f"{resources} for {memory}")
    expect(memory * 4 < bytes_of(resources["limits"]["memory"]), f"{resources} for {memory}")
    expect(disk * 5 < bytes_of(claim["spec"]["resources"]["requests"]["storage"]), f"{claim} for {disk}")
    [compose] = read(os.path.join(TREE, "contrib/compose.yaml"))
    expect_equal(bytes_of(compose["services"]["lapwing"]["mem_limit"]), bytes_of(resources["limits"]["memory"]), "compose.yaml")


def variables():
    return {container()["env"][0]["name"]: hashlib.sha256(TOKEN.encode()).hexdigest()}


@case
def the_configuration_is_sound():
    text = manifests()["ConfigMap"]["data"]["lapwing.yml"]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([LAPWING, "config", "check", file.name], capture_output=True, text=True, env=os.environ | variables())
        expect_equal(done.returncode, 0, done.stdout + done.stderr)
        missing = subprocess.run([LAPWING, "config", "check", file.name], capture_output=True, text=True)
        expect(missing.returncode == 78 and "LAPWING_TOKEN_SHA256" in missing.stderr + missing.stdout, "without the secret")
    own = yaml.load(text, Strict)
    [port] = container()["ports"]
    expect_equal(own["listen"], f"0.0.0.0:{port['containerPort']}", "where it listens")
    expect(own["store"].startswith(image()["volume"] + "/"), own["store"])
    service = manifests()["Service"]["metadata"]
    for name in (service["name"], f"{service['name']}.{service['namespace']}.svc.cluster.local"):
        expect(name in own["web"]["hosts"], f"{name} is none of the names: {own['web']['hosts']}")


@case
def a_daemon_with_it_is_probed_and_scraped():
    """the probes' commands beside a daemon with this configuration, and the token of the secret"""
    listener = Listener(host="0.0.0.0", hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n",
                        command=["env", *(f"{name}={value}" for name, value in variables().items())])
    own = yaml.load(manifests()["ConfigMap"]["data"]["lapwing.yml"], Strict)
    own |= {"listen": f"0.0.0.0:{listener.port}", "store": listener.file("lapwing.db"), "trust_anchor": listener.file("empty.key"),
            "root_hints": listener.file("hints"), "resolvers": {"none": "127.0.0.1:9"}, "defaults": {"registration": False}}
    listener.write("lapwing.yml", yaml.safe_dump(own))

    def probe(name):
        command = container()[name]["exec"]["command"]
        own = [LAPWING, *(listener.path if word == "/etc/lapwing/lapwing.yml" else word for word in command[1:])]
        return subprocess.run(own, capture_output=True, text=True, env=os.environ | variables(), timeout=30)
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        expect_equal(probe(name).returncode, 1, f"{name} before it runs")
    with listener:
        for name in ("startupProbe", "livenessProbe", "readinessProbe"):
            wait_for(lambda: probe(name).returncode == 0, 10, f"{name} while it runs")
        [endpoint] = manifests()["ServiceMonitor"]["spec"]["endpoints"]
        service = manifests()["Service"]["metadata"]
        for host in ("10.1.2.3", f"{service['name']}.{service['namespace']}.svc"):
            for headers, status in (({}, 401), (bearer(TOKEN), 200)):
                named = headers | {"Host": f"{host}:{listener.port}"}
                expect_equal(listener.status(endpoint["path"], headers=named), status, f"scraped as {host} {headers}")
        for path in ("/-/healthy", "/-/ready"):
            expect_equal(listener.status(path, headers=bearer(TOKEN)), 200, path)


if __name__ == "__main__":
    main()
