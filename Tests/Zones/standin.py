"""A primary that does everything wrong that a transfer can do wrong."""

import socket
import struct
import threading
import time

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

ORIGIN = "fake.test."


def soa(serial, origin=ORIGIN):
    return dns.rrset.from_text(origin, 300, "IN", "SOA", f"ns.{origin} host.{origin} {serial} 3600 600 1209600 30")


def host(name, address="198.51.100.1"):
    return dns.rrset.from_text(name, 300, "IN", "A", address)


BODY = [dns.rrset.from_text(ORIGIN, 300, "IN", "NS", f"ns.{ORIGIN}"), host("ns." + ORIGIN), host("www." + ORIGIN),
        host("old." + ORIGIN, "198.51.100.9")]


class StandIn:
    """Answers SOA with a serial, and a transfer as `mode` says."""

    def __init__(self, address, origin=ORIGIN, body=None):
        self.mode, self.serial, self.asked, self.origin = "good", 1, [], origin
        self.body = list(BODY if body is None else body)
        # Of the last question: its bytes and when it came.
        self.last, self.at = b"", 0.0
        # Every question for the version has a new one.
        self.moves = False
        # Secrets, for answers that are signed.
        self.ring = None
        self.listener = socket.create_server((address, 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection):
        try:
            with connection:
                while True:
                    length = self.read(connection, 2)
                    if length is None:
                        return
                    self.last, self.at = self.read(connection, struct.unpack("!H", length)[0]), time.monotonic()
                    question = dns.message.from_wire(self.last, keyring=False)
                    kind = question.question[0].rdtype
                    self.asked.append(dns.rdatatype.to_text(kind))
                    if self.mode == "bad-time":
                        self.refuse_time(connection)
                    elif kind == dns.rdatatype.SOA:
                        self.serial += self.moves
                        self.send(connection, question, [soa(self.serial, self.origin)])
                    elif not self.transfer(connection, question, kind):
                        return
        except OSError:
            pass

    def transfer(self, connection, question, kind):
        own = soa(self.serial, self.origin)
        whole = [own, *self.body, own]
        mode = self.mode
        if kind == dns.rdatatype.IXFR and mode in ("ixfr-soa", "ixfr-refused", "ixfr-nonsense", "good"):
            if mode == "ixfr-soa":
                self.send(connection, question, [soa(self.serial - 1)])
            elif mode == "ixfr-refused":
                self.send(connection, question, [], rcode=4)
            elif mode == "ixfr-nonsense":
                self.send(connection, question, [soa(self.serial), soa(77), host("x." + ORIGIN), soa(78), soa(self.serial)])
            else:
                self.send(connection, question, whole)
            return True
        if mode == "truncated":
            self.send(connection, question, whole[:-1])
            return False
        if mode == "cut":
            bytes_ = self.wire(question, whole)
            connection.sendall(struct.pack("!H", len(bytes_)) + bytes_[:len(bytes_) // 2])
            return False
        if mode == "wrong-first":
            self.send(connection, question, [host("www." + ORIGIN), soa(self.serial)])
        elif mode == "wrong-last":
            self.send(connection, question, [*whole[:-1], soa(self.serial + 5)])
        elif mode == "foreign":
            self.send(connection, question, [whole[0], host("www.elsewhere.test."), whole[-1]])
        elif mode == "endless":
            self.send(connection, question, whole[:1])
            count = 0
            while True:
                self.send(connection, question, [host(f"h{count + n}.{ORIGIN}") for n in range(500)])
                count += 500
        elif mode == "bomb":
            # Long names in two bytes each: little on the wire, much in memory.
            self.send(connection, question, whole[:1])
            while True:
                message = self.bomb(question)
                connection.sendall(struct.pack("!H", len(message)) + message)
        elif mode == "silent":
            threading.Event().wait(60)
            return False
        elif mode == "garbage":
            connection.sendall(struct.pack("!H", 40) + b"\xff" * 40)
        elif mode == "refused":
            self.send(connection, question, [], rcode=5)
        else:
            self.send(connection, question, whole)
        return True

    def refuse_time(self, connection):
        """What a server says whose clock is another (RFC 8945 section 5.2.3): signed, with its own time."""
        question = dns.message.from_wire(self.last, keyring=self.ring)
        answer = dns.message.make_response(question, tsig_error=dns.rcode.BADTIME)
        answer.set_rcode(dns.rcode.NOTAUTH)
        wire = answer.to_wire()
        connection.sendall(struct.pack("!H", len(wire)) + wire)

    def bomb(self, question):
        label = b"\x3f" + b"a" * 63
        name = label + label + label + b"\x04fake\x04test\x00"
        head = struct.pack("!HHHHHH", question.id, 0x8400, 0, 4500, 0, 0)
        first = name + struct.pack("!HHIH", 5, 1, 300, 2) + struct.pack("!H", 0xC000 | 12)
        more = struct.pack("!H", 0xC000 | 12) + struct.pack("!HHIH", 5, 1, 300, 2) + struct.pack("!H", 0xC000 | 12)
        return head + first + more * 4499

    def wire(self, question, rrsets, rcode=0):
        # dnspython joins equal sets; a transfer has the SOA twice.
        head = dns.message.Message(question.id)
        head.flags |= dns.flags.QR
        head.question = question.question
        head.set_rcode(rcode)
        head.flags |= dns.flags.AA
        wire = bytearray(head.to_wire())
        count = 0
        for rrset in rrsets:
            for rdata in rrset:
                wire += rrset.name.to_wire() + struct.pack("!HHI", rrset.rdtype, 1, rrset.ttl)
                data = rdata.to_wire()
                wire += struct.pack("!H", len(data)) + data
                count += 1
        wire[6:8] = struct.pack("!H", count)
        return bytes(wire)

    def send(self, connection, question, rrsets, rcode=0):
        message = self.wire(question, rrsets, rcode)
        connection.sendall(struct.pack("!H", len(message)) + message)

    @staticmethod
    def read(connection, count):
        data = b""
        while len(data) < count:
            more = connection.recv(count - len(data))
            if not more:
                return None
            data += more
        return data
