"""The lab's state: zones, servers, and every change that can be made to them."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from . import signing, world
from .namespace import has_ipv6
from .servers import Authority, PublicResolver, serial
from .zones import delegation_signer, is_within, signers, zone_text


class Internet:
    def __init__(self, directory, zones):
        self.directory = directory
        self.zones = {zone.key: zone for zone in zones}
        self.hosts = world.hosts()
        self.pinned = set()         # (server, origin) pairs that keep their old file
        for name in ("zones", "keys", "run"):
            os.mkdir(os.path.join(directory, name))
        run = os.path.join(directory, "run")
        self.authorities = {
            name: Authority(name, [a for found in hosts.values() for a in found if usable(a)], run)
            for name, hosts in world.AUTHORITIES.items()
        }
        self.resolvers = {
            name: PublicResolver(name, addresses, run, self.hints_path, self.anchor_path if validates else None)
            for name, (addresses, validates) in world.RESOLVERS.items()
        }

    @property
    def hints_path(self):
        return os.path.join(self.directory, "named.root")

    @property
    def anchor_path(self):
        return os.path.join(self.directory, "root.key")

    # Start

    def start(self):
        signed = [zone for zone in self.zones.values() if zone.signing]
        for zone in self.zones.values():
            self.learn_hosts(zone)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda z: signing.make_keys(z, os.path.join(self.directory, "keys")), signed))
            list(pool.map(self.write, self.zones.values()))
        self.write_anchors()
        for zone in self.zones.values():
            for authority in self.serving(zone):
                authority.files[zone.origin] = self.file(zone)
        every = [*self.authorities.values(), *self.resolvers.values()]
        for server in every:
            server.start()
        for authority in self.authorities.values():
            authority.wait_until_answering(next(iter(authority.files), "."))
        for resolver in self.resolvers.values():
            resolver.wait_until_answering()

    def stop(self):
        for server in [*self.resolvers.values(), *self.authorities.values()]:
            server.stop()

    def learn_hosts(self, zone):
        """Name servers named inside a lab zone live where one of its other servers does, unless known already."""
        for host in zone.servers + (zone.delegation or []):
            if host not in self.hosts and is_within(host, zone.origin):
                self.hosts[host] = self.hosts[world.NORTH[0]]
                kinds = [(host, 3600, "AAAA" if ":" in a else "A", a) for a in self.hosts[host]]
                zone.records += kinds

    def write_anchors(self):
        with open(self.hints_path, "w") as file:
            for host in world.ROOT:
                file.write(f".\t3600000\tNS\t{host}\n")
                for address in self.hosts[host]:
                    file.write(f"{host}\t3600000\t{'AAAA' if ':' in address else 'A'}\t{address}\n")
        anchors = [delegation_signer(".", key, 2) for key in self.zones["."].keys if key.startswith("257 ")]
        with open(self.anchor_path, "w") as file:
            file.writelines(f".\t86400\tIN\tDS\t{data}\n" for data in anchors)
        with open(os.path.join(self.directory, "bind.keys"), "w") as file:
            for tag, algorithm, digest, text in map(str.split, anchors):
                file.write(f'trust-anchors {{ . static-ds {tag} {algorithm} {digest} "{text}"; }};\n')

    # Zones

    def file(self, zone):
        return os.path.join(self.directory, "zones", zone.key.replace("/", "_") + "zone")

    def parent(self, zone):
        """The zone that holds the delegation of `zone`."""
        name = zone.origin
        while name != ".":
            name = name.split(".", 1)[1] or "."
            if name in self.zones:
                return self.zones[name]
        return None

    def holding(self, name):
        """The zone, of the first view, that holds `name`; a key with a view is taken as it is."""
        if name in self.zones:
            return self.zones[name]
        found = [zone for zone in self.zones.values() if not zone.view and is_within(name, zone.origin)]
        return max(found, key=lambda zone: len(zone.origin))

    def zone(self, text):
        name = text.lower() if "@" in text or text.endswith(".") else text.lower() + "."
        if name not in self.zones:
            raise ValueError(f"no zone {name}")
        return self.zones[name]

    def serving(self, zone):
        if zone.view:
            return [self.authorities[zone.view]]
        names = set(zone.servers)
        found = []
        for name, hosts in world.AUTHORITIES.items():
            own = {address for addresses in hosts.values() for address in addresses}
            if any(own & set(self.hosts.get(host, [])) for host in names):
                found.append(self.authorities[name])
        return found

    def children(self, zone):
        if zone.view:
            return []
        return [z for z in self.zones.values() if not z.view and z is not zone and z.origin != "."
                and self.parent(z) is zone]

    def write(self, zone):
        text = zone_text(zone, self.children(zone), self.hosts)
        path = self.file(zone)
        if zone.signing:
            signing.sign(zone, text, path)
        else:
            with open(path + ".new", "w") as file:
                file.write(text)
            os.rename(path + ".new", path)

    def publish(self, *zones):
        """Writes zones anew with a higher serial and waits until their servers serve them."""
        waits = []
        for zone in zones:
            zone.serial += 1
            kept = {name for name, origin in self.pinned if origin == zone.origin}
            self.write(zone)
            waits += [(server, zone) for server in self.serving(zone) if server.name not in kept]
        for server in {server.name: server for server, _ in waits}.values():
            server.reload()
        for server, zone in waits:
            self.await_serial(server, zone)

    def await_serial(self, server, zone):
        end = time.monotonic() + 5
        while server.state == "running" and server.files.get(zone.origin) == self.file(zone):
            if serial(server.addresses[0], zone.origin) == zone.serial:
                return
            if time.monotonic() > end:
                raise RuntimeError(f"{server.name} does not serve {zone.origin} {zone.serial}: {server.log_tail()}")
            time.sleep(0.02)

    def server(self, name):
        if name in self.authorities:
            return self.authorities[name]
        if name in self.resolvers:
            return self.resolvers[name]
        for host, addresses in self.hosts.items():
            if host.rstrip(".") == name.rstrip("."):
                name = addresses[0]
        for server in [*self.authorities.values(), *self.resolvers.values()]:
            if name in server.addresses:
                return server
        raise ValueError(f"no server or resolver {name}")

    def ds_of(self, zone):
        return signers(zone)


def usable(address):
    return ":" not in address or has_ipv6()
