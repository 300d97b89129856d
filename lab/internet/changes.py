"""What `lab change` can do. Each method is one change; its first line is its help."""

import copy
import inspect
import os
import shutil

from . import world
from .signing import make_keys
from .zones import DS_VARIANTS, absolute


class Changes:
    def __init__(self, internet, sink, registry=None):
        self.internet = internet
        self.sink = sink
        self.registry = registry
        self.healthy = copy.deepcopy(internet.zones)

    def perform(self, arguments):
        """Runs one change given as words; returns what to print."""
        if not arguments or arguments[0] == "help":
            return self.help()
        change = getattr(self, "do_" + arguments[0].replace("-", "_"), None)
        if change is None:
            raise ValueError(f"no change {arguments[0]!r}; `lab change help` lists them")
        try:
            inspect.signature(change).bind(*arguments[1:])
        except TypeError:
            raise ValueError(f"usage: {usage(change)}") from None
        return change(*arguments[1:]) or ""

    def help(self):
        changes = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("do_")]
        return "\n".join(f"{usage(change)}\n    {inspect.getdoc(change).splitlines()[0]}" for change in changes)

    # Records. A name may end in `@dark` to mean the copy of its zone at the hijacker's servers.

    def do_set(self, name, kind, ttl, *data):
        """Replaces a set of records, or makes it."""
        zone, owner = self.find(name)
        zone.put(owner, int(ttl), kind.upper(), list(data))
        self.internet.publish(zone)

    def do_add(self, name, kind, ttl, *data):
        """Adds records to a set."""
        zone, owner = self.find(name)
        zone.records += [(owner, int(ttl), kind.upper(), value) for value in data]
        self.internet.publish(zone)

    def do_remove(self, name, kind=None):
        """Removes a set of records, or all of a name."""
        zone, owner = self.find(name)
        if zone.drop(owner, kind.upper() if kind else None) is None:
            raise ValueError(f"no {kind or 'record'} at {owner}")
        self.internet.publish(zone)

    def do_ttl(self, name, kind, seconds):
        """Changes the TTL of a set of records."""
        zone, owner = self.find(name)
        found = zone.of(owner, kind.upper())
        if not found:
            raise ValueError(f"no {kind} at {owner}")
        zone.put(owner, int(seconds), kind.upper(), [record[3] for record in found])
        self.internet.publish(zone)

    # Delegation

    def do_timers(self, zone, refresh, retry):
        """Changes how often secondaries of a zone ask for a new copy, in seconds."""
        zone = self.internet.zone(zone)
        zone.refresh, zone.retry = int(refresh), int(retry)
        self.internet.publish(zone)

    def do_delegate(self, zone, *hosts):
        """Changes the NS set at the parent; without hosts it is that of the zone again."""
        zone = self.internet.zone(zone)
        zone.delegation = [absolute(host, ".") for host in hosts] or None
        self.internet.publish(self.internet.parent(zone))

    def do_ns(self, zone, *hosts):
        """Changes the NS set in the zone and at its parent, and who serves it."""
        zone = self.internet.zone(zone)
        before = self.internet.serving(zone)
        zone.servers = [absolute(host, ".") for host in hosts]
        for server in self.internet.serving(zone):
            if server not in before:
                server.files[zone.origin] = self.internet.file(zone)
                server.restart()
        self.internet.publish(zone, self.internet.parent(zone))

    def do_ds(self, zone, *data):
        """Sets the DS records at the parent: auto, none, wrong, tag, algorithm, digest, both, or DS data."""
        zone = self.internet.zone(zone)
        zone.ds = data[0] if data and data[0] in DS_VARIANTS else list(data)
        self.internet.publish(self.internet.parent(zone))

    def do_hijack(self, zone, address):
        """Makes a copy of a zone, all its addresses changed, at the dark servers and delegates to them."""
        own = self.internet.zone(zone)
        dark = copy.deepcopy(own)
        dark.view, dark.signing, dark.servers = "dark", None, ["ns1.darkhost.net.", "ns2.darkhost.net."]
        dark.keys = []
        dark.records = [(o, t, k, address if k == "A" else d) for o, t, k, d in own.records if k != "AAAA"]
        self.internet.zones[dark.key] = dark
        self.internet.write(dark)
        server = self.internet.authorities["dark"]
        server.files[dark.origin] = self.internet.file(dark)
        server.restart()
        self.do_delegate(zone, *dark.servers)

    def do_glue(self, host, *addresses):
        """Changes the addresses of a name server wherever the lab writes them as glue."""
        self.internet.hosts[absolute(host, ".")] = list(addresses)
        parents = {self.internet.parent(zone).key: self.internet.parent(zone) for zone in self.internet.zones.values()
                   if absolute(host, ".") in (zone.delegation or zone.servers) and zone.origin != "."}
        self.internet.publish(*parents.values())

    # Signatures

    def do_sign(self, zone, *faults):
        """Signs a zone anew, with faults: expired, future, corrupt, strip, tag (each `:TYPE:OWNER`); none heals."""
        zone = self.internet.zone(zone)
        zone.faults = list(faults)
        self.internet.publish(zone)

    def do_validity(self, zone, inception, expiration):
        """Signs a zone anew with a validity given in seconds relative to now."""
        zone = self.internet.zone(zone)
        zone.signing.inception, zone.signing.expiration = int(inception), int(expiration)
        self.internet.publish(zone)

    def do_rekey(self, zone):
        """Gives a zone new keys; the DS at the parent follows."""
        zone = self.internet.zone(zone)
        make_keys(zone, os.path.join(self.internet.directory, "keys"))
        self.internet.publish(zone, self.internet.parent(zone))

    def do_unsign(self, zone):
        """Serves a zone without signatures; the DS stays unless it is dropped."""
        zone = self.internet.zone(zone)
        zone.ds = self.internet.ds_of(zone)
        zone.signing, zone.keys = None, []
        self.internet.publish(zone)

    # Servers and resolvers

    def do_stop(self, server):
        """Ends a server or resolver: its ports are closed."""
        self.internet.server(server).stop()

    def do_start(self, server):
        """Starts a stopped or frozen server or resolver."""
        server = self.internet.server(server)
        server.start()
        server.wait_until_answering(next(iter(getattr(server, "files", {})), "."))

    def do_freeze(self, server):
        """Silences a server or resolver: questions arrive and nobody answers."""
        self.internet.server(server).freeze()

    def do_lame(self, server, zone):
        """Lets a server refuse a zone that is delegated to it."""
        server = self.internet.server(server)
        server.files.pop(self.internet.zone(zone).origin, None)
        server.restart()

    def do_stale(self, server, zone):
        """Lets a server keep a zone as it is now, whatever changes."""
        server, zone = self.internet.server(server), self.internet.zone(zone)
        kept = f"{self.internet.file(zone)}.{server.name}"
        shutil.copy(self.internet.file(zone), kept)
        self.internet.pinned.add((server.name, zone.origin))
        server.files[zone.origin] = kept
        server.restart()

    def do_serve(self, server, zone):
        """Ends `lame` and `stale`: the server serves the zone as it is."""
        server, zone = self.internet.server(server), self.internet.zone(zone)
        self.internet.pinned.discard((server.name, zone.origin))
        server.files[zone.origin] = self.internet.file(zone)
        server.restart()

    def do_poison(self, resolver, name, kind, *data):
        """Lets a resolver answer with other data; `nxdomain`, `nodata` or `refuse` in place of a type."""
        resolver = self.resolver(resolver)
        name = absolute(name, ".")
        if not data:
            zone_kind = {"nxdomain": "always_nxdomain", "nodata": "always_nodata", "refuse": "always_refuse"}[kind]
            resolver.control("local_zone", name, zone_kind)
            return
        resolver.control("local_zone", name, "transparent")
        for value in data:
            resolver.control("local_data", f"{name} 300 IN {kind.upper()} {value}")

    def do_cure(self, resolver, name):
        """Ends `poison`."""
        resolver = self.resolver(resolver)
        resolver.control("local_data_remove", absolute(name, "."))
        resolver.control("local_zone_remove", absolute(name, "."))
        resolver.flush(absolute(name, "."))

    def do_flush(self, resolver="all", name=None):
        """Empties the cache of a resolver or of all, wholly or below a name."""
        chosen = self.internet.resolvers.values() if resolver == "all" else [self.resolver(resolver)]
        for one in chosen:
            one.flush(absolute(name, ".") if name else None)

    # The webhook sink, the registries, the whole

    def do_hook(self, status="200", times="-1"):
        """Sets the status that the webhook sink answers with, for so many requests or for good."""
        self.sink.answer(int(status), int(times))

    def do_registry(self, *words):
        """Changes what RDAP and WHOIS say; `registry help` lists how."""
        if self.registry is None:
            raise ValueError("this lab has no registry")
        return self.registry.perform(list(words))

    def do_status(self):
        """Lists servers, resolvers and zones."""
        lines = []
        for group in (self.internet.authorities, self.internet.resolvers):
            lines += [f"{s.name:12} {s.state:8} {' '.join(s.addresses)}" for s in group.values()]
        for zone in self.internet.zones.values():
            kind = zone.signing.algorithm + " " + zone.signing.denial if zone.signing else "unsigned"
            lines.append(f"{zone.key:32} {zone.serial} {kind:24} {' '.join(zone.faults)}")
        return "\n".join(lines)

    def do_reset(self):
        """Makes the whole world healthy again; serial numbers and caches go on."""
        internet = self.internet
        internet.hosts.update(world.hosts())
        internet.pinned.clear()
        serials = {key: zone.serial for key, zone in internet.zones.items()}
        internet.zones = copy.deepcopy(self.healthy)
        for key, zone in internet.zones.items():
            zone.serial = serials.get(key, zone.serial)
        for server in internet.authorities.values():
            server.stop()
            server.files = {}
        for zone in internet.zones.values():
            for server in internet.serving(zone):
                server.files[zone.origin] = internet.file(zone)
        for zone in internet.zones.values():
            zone.serial += 1
            internet.write(zone)
        for server in internet.authorities.values():
            server.start()
        for resolver in internet.resolvers.values():
            resolver.stop()
            resolver.start()
        for server in [*internet.authorities.values(), *internet.resolvers.values()]:
            server.wait_until_answering(next(iter(getattr(server, "files", {})), "."))
        self.sink.answer(200, -1)

    def find(self, name):
        """The zone that holds a name, and the name."""
        name, _, view = name.partition("@")
        owner = absolute(name, ".")
        zone = self.internet.holding(owner)
        return (self.internet.zones[f"{zone.origin}@{view}"] if view else zone), owner

    def resolver(self, name):
        server = self.internet.server(name)
        if server not in self.internet.resolvers.values():
            raise ValueError(f"{name} is no resolver")
        return server


def usage(change):
    words = [change.__name__.removeprefix("do_").replace("_", "-")]
    for parameter in inspect.signature(change).parameters.values():
        word = parameter.name.upper()
        if parameter.kind is parameter.VAR_POSITIONAL:
            word = f"[{word}...]"
        elif parameter.default is not parameter.empty:
            word = f"[{word}]"
        words.append(word)
    return " ".join(words)
