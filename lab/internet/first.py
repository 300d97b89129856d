"""The first process inside a lab: builds the world, then performs changes until it is told to end."""

import json
import os
import signal
import socket
import sys
import threading
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from internet import namespace, world, zoo  # noqa: E402
from internet.changes import Changes  # noqa: E402
from internet.internet import Internet  # noqa: E402
from internet.registry import Registry  # noqa: E402
from internet.sink import Sink  # noqa: E402


def main():
    ready, options = int(sys.argv[2]), json.loads(sys.argv[3])
    try:
        directory = namespace.make_directory()
        os.environ["LAB_DIR"] = directory
        changes = build(directory, options)
    except BaseException as error:
        os.write(ready, f"failed: {error}\n{traceback.format_exc()}\0".encode())
        raise SystemExit(1) from error
    log = os.open(os.path.join(directory, "log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.write(ready, directory.encode() + b"\0")
    os.close(ready)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=bury_orphans, args=(changes.internet,), daemon=True).start()
    serve(directory, changes)


def build(directory, options):
    zones = world.top_level() + world.domains()
    if options.get("zoo"):
        zones += zoo.zones()
    if options.get("crowd"):
        zones += world.crowd(options["crowd"])
    namespace.add_addresses([
        *(a for hosts in world.AUTHORITIES.values() for list in hosts.values() for a in list),
        *(a for addresses, _ in world.RESOLVERS.values() for a in addresses),
        world.REGISTRY_ADDRESS, world.WRONG_NAME_ADDRESS,
    ])
    namespace.cover("/etc/resolv.conf", "nameserver 8.8.8.8\n")
    internet = Internet(directory, zones)
    internet.start()
    registry = Registry(internet)
    registry.start()
    trust(os.path.join(directory, "tls", "ca.crt"))
    sink = Sink(os.path.join(directory, "hook.jsonl"))
    sink.start()
    return Changes(internet, sink, registry)


def trust(certificate):
    """Adds the lab's authority to the machine's list, as seen from inside."""
    bundle = "/etc/ssl/certs/ca-certificates.crt"
    if os.path.exists(bundle):
        with open(bundle) as known, open(certificate) as own:
            namespace.cover(bundle, known.read() + own.read())


def serve(directory, changes):
    """Takes one change after the other from the control socket."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.join(directory, "control"))
    listener.listen(16)
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw") as stream:
            try:
                answer = {"ok": True, "text": changes.perform(json.loads(stream.readline()))}
            except Exception as error:
                answer = {"ok": False, "text": str(error)}
            try:
                stream.write(json.dumps(answer) + "\n")
                stream.flush()
            except OSError:
                pass


def bury_orphans(internet):
    """Reaps processes that lost their parent inside the lab; the servers' own are left to their owners."""
    while True:
        time.sleep(1)
        while True:
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                break
            own = {s.process.pid for s in [*internet.authorities.values(), *internet.resolvers.values()] if s.process}
            if found is None or found.si_pid in own:
                break
            time.sleep(0.5)  # a subprocess call may be about to wait for it
            try:
                os.waitpid(found.si_pid, os.WNOHANG)
            except ChildProcessError:
                pass


main()
