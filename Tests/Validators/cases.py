"""Hard cases for validators: each zone below test. is sound but for one thing.

`wanted` are the verdicts that the RFCs allow; `why` names the section, for the table and for validators that differ.
"""

import dns.flags
import dns.rcode
import dns.rdatatype

from world import DAY, FIRST, NOW, SECOND, Key, Zone, hashed, name, nsec, nsec3, rrset

CASES = []


class Case:
    def __init__(self, label, question, wanted, why, build=None, twist=None, lenient=False):
        """`lenient`: ours, like the others, does not insist on it."""
        self.label, self.wanted, self.why, self.lenient = label, wanted.split("|"), why, lenient
        self.owner, self.kind = question.split()
        self.zone = Zone(f"{label}.test.", ("www", "A", "192.0.2.1"), ("@", "A", "192.0.2.2"))
        self.ds = None
        self.twist = twist
        # More zones, delegated from this one; what commands must say; a look at what `resolve --json` gave.
        self.below, self.says, self.inspect = [], {}, None
        if build:
            build(self)
        self.owner = self.zone.text if self.owner == "@" else f"{self.owner}.{self.zone.text}"


def case(label, question, wanted, why, build=None, **rest):
    def register(twist):
        CASES.append(Case(label, question, wanted, why, build, twist, **rest))
        return twist
    return register


def plain(*arguments, **rest):
    CASES.append(Case(*arguments, **rest))


def is_for(query, owner, kind=None):
    question = query.question[0]
    return question.name == name(owner) and (kind is None or question.rdtype == dns.rdatatype.from_text(kind))


# --- sound twins -----------------------------------------------------------------------------------------------------

plain("sound", "www A", "secure", "RFC 4035 section 5")
plain("sound-denial", "nothing A", "secure", "RFC 4035 section 5.4")
plain("sound-nodata", "www AAAA", "secure", "RFC 4035 section 5.4")


def hashes(case):
    case.zone.denial = "nsec3"


plain("sound-hashed", "nothing A", "secure", "RFC 5155 section 8.4", hashes)
plain("sound-hashed-nodata", "www AAAA", "secure", "RFC 5155 section 8.5", hashes)


def unsigned(case):
    case.zone = Zone(case.zone.text, ("www", "A", "192.0.2.1"), signed=False)


plain("plain", "www A", "insecure", "RFC 4035 section 5.2", unsigned)


# --- keys and DS -----------------------------------------------------------------------------------------------------

def digests(*kinds):
    """DS records of SHA-1, SHA-256 and SHA-384; a capital marks one that fits nothing."""
    def build(case):
        case.ds = []
        for kind in kinds:
            ds = case.zone.key.ds(kind.lower())
            case.ds.append(ds.replace(digest=bytes(len(ds.digest))) if kind.isupper() else ds)
    return build


plain("sha1-beside", "www A", "bogus", "RFC 4509 section 3: SHA-1 is ignored where SHA-256 is there",
      digests("sha1", "SHA256"))
plain("sha1-alone", "www A", "secure", "RFC 8624 section 3.3: SHA-1 may be validated", digests("sha1"))
plain("sha384-beside", "www A", "secure", "RFC 6840 section 5.11: one path is enough", digests("sha384", "SHA256"))
plain("digest-wrong", "www A", "bogus", "RFC 4035 section 5.2", digests("SHA256"))


def unknown_digest(case):
    case.ds = [case.zone.key.ds().replace(digest_type=3)]


plain("digest-unknown", "www A", "insecure", "RFC 4035 section 5.2: no DS of a known kind", unknown_digest)


def unknown_algorithm(case):
    case.ds = [case.zone.key.ds().replace(algorithm=250)]


plain("algorithm-unknown", "www A", "insecure", "RFC 4035 section 5.2", unknown_algorithm)


def stray_ds(case):
    other = Key(case.zone.text)
    case.ds = [case.zone.key.ds(), other.ds()]


plain("ds-of-no-key", "www A", "secure", "RFC 6840 section 5.11", stray_ds)


def signed_by_zone_key(case):
    other = Key(case.zone.text, flags=256)
    case.ds = [case.zone.key.ds()]
    case.zone.keys.append(other)
    case.zone.signers = [other]


plain("keys-by-other", "www A", "bogus", "RFC 4035 section 5.2: the key of the DS must sign the set", signed_by_zone_key)


def revoked(case):
    case.zone.key.revoke()


plain("revoked", "www A", "bogus", "RFC 5011 section 2.1: a revoked key validates nothing", revoked)


def second_algorithm(case):
    other = Key(case.zone.text, 15)
    case.zone.keys.append(other)
    case.zone.signers = [case.zone.key, other]
    case.ds = [case.zone.key.ds(), other.ds()]


plain("idle-algorithm", "www A", "secure", "RFC 6840 section 5.11: any path is enough", second_algorithm)


@case("no-keys", "www A", "bogus", "RFC 4035 section 5.2")
def no_keys(query, reply, zone, _):
    if query.question[0].rdtype == 48 and zone.text == "no-keys.test.":
        reply.answer.clear()


# --- times -----------------------------------------------------------------------------------------------------------

def window(**times):
    def build(case):
        case.zone.window = times
    return build


plain("expired", "www A", "bogus", "RFC 4035 section 5.3.1", window(begins=NOW - 9 * DAY, ends=NOW - DAY))
plain("future", "www A", "bogus", "RFC 4035 section 5.3.1", window(begins=NOW + DAY, ends=NOW + 9 * DAY))


@case("denial-expired", "nothing A", "bogus", "RFC 4035 section 5.4: each NSEC needs a good signature")
def denial_expired(query, reply, zone, _):
    if is_for(query, "nothing.denial-expired.test.") and zone.text == "denial-expired.test.":
        old = [rrset for rrset in reply.authority if rrset.rdtype == 47]
        reply.authority = zone.soa() + [
            part for rrset in old for part in zone.signed(rrset, begins=NOW - 9 * DAY, ends=NOW - DAY)]


@case("denial-old", "www AAAA", "bogus", "RFC 4035 section 5.4: the NSEC of each denial has ended")
def denial_old(query, reply, zone, _):
    if zone.text == "denial-old.test.":
        old = [rrset for rrset in reply.authority if rrset.rdtype == 47]
        if old:
            reply.authority = zone.soa() + [
                part for rrset in old for part in zone.signed(rrset, begins=NOW - 9 * DAY, ends=NOW - DAY)]


# --- denials ---------------------------------------------------------------------------------------------------------

def denies(reply, zone, *records, code=dns.rcode.NOERROR):
    reply.answer.clear()
    reply.flags |= dns.flags.AA
    reply.set_rcode(code)
    reply.authority = zone.soa() + [part for record in records for part in zone.signed(record)]


def with_parents_nsec(label, code, kind):
    def twist(query, reply, zone, _):
        if zone.text != f"{label}.test." or not is_for(query, f"www.{label}.test.", kind):
            return
        reply.answer.clear()
        reply.set_rcode(code)
        old = zone.above.signed(nsec(zone.text, f"\\000.{zone.text}", ["NS", "RRSIG", "NSEC"]))
        reply.authority = zone.soa() + old
    return twist


for label, code, kind in [("parents-nodata", dns.rcode.NOERROR, "AAAA"), ("parents-nxdomain", dns.rcode.NXDOMAIN, "A")]:
    case(label, f"www {kind}", "bogus", "RFC 6840 section 4.1: the parent's NSEC denies nothing but the DS")(
        with_parents_nsec(label, code, kind))


@case("parents-hash", "www AAAA", "bogus", "RFC 6840 section 4.1, NSEC3")
def parents_hash(query, reply, zone, _):
    if zone.text != "parents-hash.test." or not is_for(query, "www.parents-hash.test.", "AAAA"):
        return
    own = hashed(zone.text)
    above = hashed("www.parents-hash.test.")
    around = bytes(above[:-1]) + bytes([above[-1] & 0xFE])
    records = [nsec3("test.", own, own[:-1] + bytes([own[-1] ^ 1]), ["NS"]),
               nsec3("test.", around, above[:-2] + bytes([above[-2] ^ 1, 0]), ["A"])]
    reply.answer.clear()
    reply.authority = zone.soa() + [part for record in records for part in zone.above.signed(record)]


@case("beyond", "www A", "bogus", "RFC 4034 section 4.1.1: the next name is one of the zone")
def beyond(query, reply, zone, _):
    if zone.text == "beyond.test." and is_for(query, "www.beyond.test.", "A"):
        denies(reply, zone, nsec(zone.text, "zzz.", ["SOA", "NS", "RRSIG", "NSEC", "DNSKEY", "A"]), code=dns.rcode.NXDOMAIN)


@case("absent-with-type", "gone A", "bogus", "RFC 4035 section 5.4, RFC 9824 section 3.1: the type is listed")
def absent_with_type(query, reply, zone, _):
    if zone.text == "absent-with-type.test." and is_for(query, "gone.absent-with-type.test.", "A"):
        denies(reply, zone, nsec(query.question[0].name, "\\000.gone.absent-with-type.test.", ["A", "RRSIG", "NSEC", 128]))


@case("absent", "gone A", "secure", "RFC 9824 section 3.1")
def absent(query, reply, zone, _):
    if zone.text == "absent.test." and is_for(query, "gone.absent.test.", "A"):
        denies(reply, zone, nsec(query.question[0].name, "\\000.gone.absent.test.", ["RRSIG", "NSEC", 128]))


@case("listed", "www TXT", "bogus", "RFC 4035 section 5.4: the bitmap lists what is denied")
def listed(query, reply, zone, _):
    if zone.text == "listed.test." and is_for(query, "www.listed.test.", "TXT"):
        denies(reply, zone, nsec(query.question[0].name, "zone.listed.test.", ["A", "TXT", "RRSIG", "NSEC"]))


@case("no-denial", "nothing A", "bogus", "RFC 4035 section 3.1.3: a denial needs NSEC records")
def no_denial(query, reply, zone, _):
    if zone.text == "no-denial.test.":
        reply.authority = [rrset for rrset in reply.authority if rrset.rdtype != 47 and not (
            rrset.rdtype == 46 and rrset[0].type_covered == 47)]


def iterated(count):
    def build(case):
        case.zone.denial, case.zone.iterations = "nsec3", count
    return build


plain("iterations-10", "nothing A", "secure", "RFC 9276 section 3.2", iterated(10))
plain("iterations-500", "nothing A", "insecure|bogus", "RFC 9276 section 3.2: such denials may count as insecure",
      iterated(500))


@case("soa-unsigned", "nothing A", "bogus", "RFC 4035 section 3.1.3: all of a denial is signed")
def soa_unsigned(query, reply, zone, _):
    if zone.text == "soa-unsigned.test." and is_for(query, "nothing.soa-unsigned.test."):
        reply.authority = [rrset for rrset in reply.authority if not (rrset.rdtype == 46 and rrset[0].type_covered == 6)]


# --- aliases ---------------------------------------------------------------------------------------------------------

def aliases(*records):
    def build(case):
        case.zone = Zone(case.zone.text, *records)
    return build


plain("alias-self", "a A", "failed", "RFC 1034 section 3.6.2: a loop of aliases is an error",
      aliases(("a", "CNAME", "a.alias-self.test.")))
plain("alias-circle", "a A", "failed", "RFC 1034 section 5.3.3",
      aliases(("a", "CNAME", "b.alias-circle.test."), ("b", "CNAME", "c.alias-circle.test."),
              ("c", "CNAME", "b.alias-circle.test.")))
plain("tree-self", "w.a A", "failed", "RFC 6672 section 2.2, RFC 1034 section 3.6.2",
      aliases(("a", "DNAME", "a.tree-self.test.")))


# --- signers ---------------------------------------------------------------------------------------------------------

@case("parent-signs", "www A", "bogus", "RFC 4035 section 5.3.1: the signer is the zone that has the set", lenient=True)
def parent_signs(query, reply, zone, _):
    if zone.text == "parent-signs.test." and is_for(query, "www.parent-signs.test.", "A"):
        reply.answer[:] = zone.above.signed(reply.answer[0])


@case("parent-named", "www A", "bogus", "RFC 4035 section 5.3.1: signed by the zone in the name of its parent")
def parent_named(query, reply, zone, _):
    if zone.text == "parent-named.test." and is_for(query, "www.parent-named.test.", "A"):
        reply.answer[:] = zone.signed(reply.answer[0], signer="test.")


# --- servers ---------------------------------------------------------------------------------------------------------

def two_servers(signed):
    def build(case):
        case.zone = Zone(case.zone.text, ("www", "A", "192.0.2.1"), signed=signed, servers=(FIRST, SECOND))
    return build


def lame(label, authority):
    def twist(query, reply, zone, address):
        if zone.text == f"{label}.test." and address == FIRST:
            reply.answer.clear()
            reply.set_rcode(dns.rcode.NOERROR)
            reply.additional.clear()
            reply.flags |= dns.flags.AA
            reply.authority = [rrset(*record) for record in authority]
    return twist


UPWARD = [("test.", "NS", "ns.test.")]
ABOVE = [("test.", "SOA", "ns.test. host.test. 1 3600 600 86400 300")]
for label, authority in [("lame-upward", UPWARD), ("lame-above", ABOVE), ("lame-empty", [])]:
    case(label, "www A", "insecure", "RFC 2308 section 2.2: a lame server's answer is none",
         two_servers(False))(
             lame(label, authority))
    case(f"{label}-signed", "www A", "secure", "RFC 2308 section 2.2", two_servers(True))(
        lame(f"{label}-signed", authority))


@case("no-edns", "www A", "bogus", "RFC 6891 section 7, RFC 4035 section 3.1: no signatures without EDNS")
def no_edns(query, reply, zone, _):
    if zone.text == "no-edns.test." and query.edns >= 0:
        reply.answer.clear()
        reply.authority.clear()
        reply.set_rcode(dns.rcode.FORMERR)
        reply.use_edns(False)
        reply.flags &= ~dns.flags.AA


@case("server-alias", "www A", "secure|failed", "RFC 2181 section 10.3: an alias is no name for a server; Unbound follows it")
def server_alias(query, reply, zone, _):
    if zone.text == "test." and query.question[0].name.is_subdomain(name("server-alias.test.")):
        for place, part in enumerate(reply.authority):
            if part.rdtype == 2:
                reply.authority[place] = rrset("server-alias.test.", "NS", "ns-alias.test.")
        reply.additional.clear()


# --- wildcards -------------------------------------------------------------------------------------------------------

def wild(case):
    case.zone = Zone(case.zone.text, ("@", "A", "192.0.2.2"), ("*.w", "A", "192.0.2.3"), ("*", "A", "192.0.2.4"))


plain("wild", "a.w A", "secure", "RFC 4035 section 5.3.4", wild)


@case("wild-unproven", "a.w A", "bogus", "RFC 4035 section 5.3.4: nothing closer must be proven", wild)
def wild_unproven(query, reply, zone, _):
    if zone.text == "wild-unproven.test.":
        reply.authority.clear()


@case("delegation-denied", "www A", "bogus", "RFC 4035 section 5.2: the parent's NSEC denies the delegation", unsigned)
def delegation_denied(query, reply, zone, _):
    if zone.text == "test." and query.question[0].name.is_subdomain(name("delegation-denied.test.")):
        own = [rrset for rrset in reply.authority if rrset.rdtype == 2]
        denial = zone.signed(nsec("delegation-denied.test.", "delegatioo.test.", ["TXT", "RRSIG", "NSEC"]))
        reply.authority = own + denial if query.question[0].rdtype != 43 else zone.soa() + denial
