"""A loss of power, played: of what a process has written and not synced, a part is on the disk, in no order.

The process runs with power_loss.c preloaded, is killed, and `strike` makes of its files what a disk might hold: all that was
synced; of the rest each sector of 512 bytes or not, by chance; and a file whose directory was not synced since it was made, or
not.
"""

import os
import random
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SECTOR = 512


class PowerLoss:
    def __init__(self, store, folder, seed):
        self.store, self.chance = store, random.Random(seed)
        self.library = os.path.join(folder, "power_loss.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", self.library, os.path.join(HERE, "power_loss.c"),
                        "-ldl", "-lpthread"], check=True)
        self.environment = {"LD_PRELOAD": self.library}
        self.struck, self.sectors, self.lost, self.missing = 0, 0, 0, 0

    def strike(self):
        """To be called when the process has been killed."""
        self.struck += 1
        # Nothing, everything and all in between survive.
        share = self.chance.choice([0, 0, 0.1, 0.5, 0.9, 1])
        for path in [self.store, self.store + "-wal", self.store + "-journal"]:
            if os.path.exists(path + ".durable"):
                self.make(path, share)
        # The index of the journal is memory that processes share, and never synced.
        if os.path.exists(self.store + "-shm"):
            os.remove(self.store + "-shm")

    def make(self, path, share):
        with open(path + ".durable", "rb") as file:
            disk = bytearray(file.read())
        with open(path + ".pending", "rb") as file:
            pending = file.read()
        real = b""
        if os.path.exists(path):
            with open(path, "rb") as file:
                real = file.read()
        records = [struct.unpack_from("=qq", pending, place) for place in range(0, len(pending) // 16 * 16, 16)]
        for offset, length in records:
            if length < 0:
                if self.chance.random() < share:
                    del disk[offset:]
                continue
            for place in range(offset, offset + length, SECTOR):
                end = min(place + SECTOR, offset + length)
                self.sectors += 1
                if self.chance.random() >= share or end > len(real):
                    self.lost += 1
                    continue
                if len(disk) < end:
                    disk.extend(bytes(end - len(disk)))
                disk[place:end] = real[place:end]
        entered = os.path.exists(path + ".entered")
        if not entered and path != self.store and self.chance.random() >= share:
            self.missing += 1
            if os.path.exists(path):
                os.remove(path)
        else:
            with open(path, "wb") as file:
                file.write(disk)
        for name in (".durable", ".pending", ".entered"):
            if os.path.exists(path + name):
                os.remove(path + name)
