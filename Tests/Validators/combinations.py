"""More hard cases: the same kinds of faults in other places, in other words, and two at a time.

They are registered beside those of cases.py. Helper names are as there; a case may have more zones (`below`, each delegated
from the zone of the case) and texts that a command must say of it (`says`: command to texts).
"""

import dns.flags
import dns.rcode
import dns.rdatatype
from dns.rdtypes.ANY.NSEC3 import NSEC3

from cases import (CASES, aliases, case, denies, digests, hashes, is_for, lame, plain, two_servers, unsigned, window)
from world import DAY, FIRST, NOW, SECOND, Key, Zone, hashed, name, nsec, nsec3, rrset, set_of


def own(label):
    """Whether a zone is the one of this case."""
    return lambda zone: zone.text == f"{label}.test."


def resign(reply, zone, kind, **changes):
    """Signs the sets of a type anew, otherwise than the zone would."""
    number = dns.rdatatype.from_text(kind)
    for section in (reply.answer, reply.authority):
        sets = [part for part in section if part.rdtype == number]
        section[:] = [part for part in section if part not in sets and not (
            part.rdtype == 46 and part[0].type_covered == number)]
        for part in sets:
            section += zone.signed(part, **changes)


def unsign(reply, *kinds):
    """Takes the signatures over sets of some types away."""
    numbers = {dns.rdatatype.from_text(kind) for kind in kinds}
    for section in (reply.answer, reply.authority):
        section[:] = [part for part in section if not (part.rdtype == 46 and part[0].type_covered in numbers)]


def says(label, **texts):
    next(each for each in CASES if each.label == label).says = texts


# --- what is watched when nothing is said: every type at the apex and at www counts -----------------------------------

def at_www(kind, data):
    def build(case):
        case.zone = Zone(case.zone.text, ("www", "A", "192.0.2.1"), ("www", kind, data), ("@", "A", "192.0.2.2"),
                         ("@", "CAA", '0 issue "pki.example"'))
    return build


for label, kind, data in [("www-mail", "MX", "5 www.www-mail.test."), ("www-caa", "CAA", '0 issue ";"'),
                          ("www-text", "TXT", '"v=spf1 -all"')]:
    @case(label, f"www {kind}", "bogus", "RFC 4035 section 5.3: every set is signed", at_www(kind, data))
    def one_set_unsigned(query, reply, zone, _, label=label, kind=kind):
        if own(label)(zone) and is_for(query, f"www.{label}.test.", kind):
            unsign(reply, kind)


@case("apex-caa", "@ CAA", "bogus", "RFC 4035 section 5.3", at_www("TXT", '"x"'))
def apex_caa(query, reply, zone, _):
    if own("apex-caa")(zone) and is_for(query, "apex-caa.test.", "CAA"):
        resign(reply, zone, "CAA", begins=NOW - 9 * DAY, ends=NOW - DAY)


@case("www-no-mail", "www MX", "bogus", "RFC 4035 section 3.1.3: a denial of one type at one name")
def www_no_mail(query, reply, zone, _):
    if own("www-no-mail")(zone) and is_for(query, "www.www-no-mail.test.", "MX"):
        reply.authority = zone.soa()


def www_alias(case):
    case.zone = Zone(case.zone.text, ("www", "CNAME", "www.sound.test."), ("@", "A", "192.0.2.2"))


@case("www-alias-unsigned", "www A", "bogus", "RFC 4035 section 5.3: the alias is a set like any other", www_alias)
def www_alias_unsigned(query, reply, zone, _):
    if own("www-alias-unsigned")(zone):
        unsign(reply, "CNAME")


plain("www-alias", "www A", "secure", "RFC 4035 section 5", www_alias)


def www_alias_to_broken(case):
    case.zone = Zone(case.zone.text, ("www", "CNAME", "www.expired.test."), ("@", "A", "192.0.2.2"))


# The zone itself is sound: what its alias leads to is another's fault.
plain("www-leads-to-bogus", "www A", "bogus", "RFC 4035 section 5", www_alias_to_broken)
says("www-leads-to-bogus", resolve=["expired.test."])


# --- keys and DS -----------------------------------------------------------------------------------------------------

plain("sha1-beside-384", "www A", "bogus", "RFC 4509 section 3, RFC 6605: SHA-384 is a better digest, too",
      digests("sha1", "SHA384"))


def sha1_beside_unknown(case):
    case.ds = [case.zone.key.ds("SHA1"), case.zone.key.ds().replace(digest_type=3)]


plain("sha1-beside-unknown", "www A", "secure", "RFC 4509 section 3: nothing better that is known is there",
      sha1_beside_unknown)


def ds_names_other_algorithm(case):
    case.ds = [case.zone.key.ds().replace(algorithm=15)]


plain("ds-other-algorithm", "www A", "bogus", "RFC 4034 section 5.1.2: algorithm and tag name one key",
      ds_names_other_algorithm)


def not_a_zone_key(case):
    case.zone.key.public = case.zone.key.public.replace(flags=1)


plain("not-a-zone-key", "www A", "bogus", "RFC 4034 section 2.1.1: without the flag it signs no zone", not_a_zone_key)


def no_entry_flag(case):
    case.zone = Zone(case.zone.text, ("www", "A", "192.0.2.1"), key=Key(case.zone.text, flags=256))


plain("no-entry-flag", "www A", "secure", "RFC 4034 section 2.1.1: the entry flag is a hint only", no_entry_flag)


def revoked_beside(case):
    good, old = case.zone.key, Key(case.zone.text).revoke()
    case.zone.keys = [old, good]
    case.zone.signers = [good, old]
    case.ds = [good.ds()]


plain("revoked-beside-good", "www A", "secure", "RFC 5011 section 2.1: the other key is good", revoked_beside)


def zone_key_signs_data(case):
    keys = Key(case.zone.text), Key(case.zone.text, flags=256)
    case.zone.keys, case.zone.key = list(keys), keys[0]
    case.zone.signers = [keys[0]]
    case.ds = [keys[0].ds()]


@case("stranger-signs-keys", "www A", "bogus", "RFC 4035 section 5.3.1: a key that is not in the set signs nothing",
      zone_key_signs_data)
def stranger_signs_keys(query, reply, zone, _):
    if own("stranger-signs-keys")(zone) and query.question[0].rdtype == 48 and reply.answer:
        other = Key(zone.text)
        reply.answer = [zone.keyset(), set_of(zone.origin, other.sign(zone.keyset()))]


# --- times -----------------------------------------------------------------------------------------------------------

plain("inverted", "www A", "bogus", "RFC 4035 section 5.3.1: it begins after it ends", window(begins=NOW + 5 * DAY, ends=NOW - DAY))


@case("keys-expired", "www A", "bogus", "RFC 4035 section 5.3.1: the key set's signature has ended")
def keys_expired(query, reply, zone, _):
    if own("keys-expired")(zone):
        resign(reply, zone, "DNSKEY", begins=NOW - 9 * DAY, ends=NOW - DAY)


says("keys-expired", resolve=["expired", "DNSKEY"], dnssec=["expired", "DNSKEY"], check=["expired"])


@case("ds-expired", "www A", "bogus", "RFC 4035 section 5.2: the parent's signature over the DS has ended")
def ds_expired(query, reply, zone, _):
    if zone.text == "test." and query.question[0].name.is_subdomain(name("ds-expired.test.")):
        resign(reply, zone, "DS", begins=NOW - 9 * DAY, ends=NOW - DAY)


says("ds-expired", resolve=["expired", "DS"], dnssec=["expired", "DS"], check=["expired"])


@case("one-stale", "www A", "secure", "RFC 4035 section 5: another server has a good answer", two_servers(True))
def one_stale(query, reply, zone, address):
    if own("one-stale")(zone) and address == FIRST:
        for kind in ("A", "NSEC", "SOA", "NS"):
            resign(reply, zone, kind, begins=NOW - 9 * DAY, ends=NOW - DAY)


says("one-stale", check=[FIRST, "expired"])


@case("labels", "www A", "bogus", "RFC 4035 section 5.3.1: more labels than the name has")
def labels(query, reply, zone, _):
    if own("labels")(zone):
        for part in reply.answer:
            if part.rdtype == 46 and part[0].type_covered == 1:
                (old,) = list(part)
                part.remove(old)
                part.add(old.replace(labels=old.labels + 1))


@case("long-lived", "www A", "secure", "RFC 4035 section 5.3.3: the time to live is that which was signed")
def long_lived(query, reply, zone, _):
    if own("long-lived")(zone):
        for part in reply.answer:
            part.ttl = 86400


def within_signed_time(report):
    odd = [record for record in report["answer"] if record["ttl"] > 300]
    return [f"a time to live of {odd[0]['ttl']} s was signed as 300"] if odd else []


next(each for each in CASES if each.label == "long-lived").inspect = within_signed_time


# --- denials ---------------------------------------------------------------------------------------------------------

@case("redirection-denies", "x.d A", "bogus", "RFC 6840 section 4.1: an NSEC with DNAME denies nothing below",
      aliases(("d", "DNAME", "sound.test."), ("www", "A", "192.0.2.1")))
def redirection_denies(query, reply, zone, _):
    if own("redirection-denies")(zone) and is_for(query, "x.d.redirection-denies.test."):
        denies(reply, zone, nsec("d.redirection-denies.test.", "ns.redirection-denies.test.", ["DNAME", "RRSIG", "NSEC"]),
               nsec("redirection-denies.test.", "d.redirection-denies.test.", ["SOA", "NS", "RRSIG", "NSEC", "DNSKEY"]),
               code=dns.rcode.NXDOMAIN)


@case("roots-denial", "www A", "bogus", "RFC 6840 section 4.1: the root's NSEC denies nothing below a cut")
def roots_denial(query, reply, zone, _):
    if own("roots-denial")(zone) and is_for(query, "www.roots-denial.test."):
        reply.answer.clear()
        reply.set_rcode(dns.rcode.NXDOMAIN)
        root = zone.above.above
        reply.authority = root.soa() + root.signed(nsec("test.", "zone.", ["NS", "DS", "RRSIG", "NSEC"]))


@case("no-wildcard-denial", "other A", "bogus", "RFC 4035 section 5.4: also that no wildcard fits")
def no_wildcard_denial(query, reply, zone, _):
    if own("no-wildcard-denial")(zone) and is_for(query, "other.no-wildcard-denial.test."):
        denies(reply, zone, zone.at(query.question[0].name), code=dns.rcode.NXDOMAIN)


@case("no-encloser", "nothing A", "bogus", "RFC 5155 section 8.4: the closest encloser must be proven", hashes)
def no_encloser(query, reply, zone, _):
    if own("no-encloser")(zone) and is_for(query, "nothing.no-encloser.test."):
        apex = zone.at(zone.origin).name
        reply.authority = [part for part in reply.authority if part.name != apex or part.rdtype == 6]


def altered(label, **changes):
    """All NSEC3 records otherwise, and signed so."""
    def twist(query, reply, zone, _):
        if not own(label)(zone):
            return
        found = [part for part in reply.authority if part.rdtype == 50]
        reply.authority = [part for part in reply.authority if part.rdtype != 50 and not (
            part.rdtype == 46 and part[0].type_covered == 50)]
        for part in found:
            fields = {key: getattr(part[0], key) for key in
                      ("algorithm", "flags", "iterations", "salt", "next", "windows")} | changes
            reply.authority += zone.signed(set_of(part.name, NSEC3(1, 50, *fields.values()), ttl=part.ttl))
    return twist


case("hash-unknown", "nothing A", "bogus|insecure", "RFC 5155 section 8.1: records of an unknown hash are ignored", hashes)(
    altered("hash-unknown", algorithm=2))
case("hash-flags", "nothing A", "bogus|insecure", "RFC 5155 section 8.2: records with unknown flags are ignored", hashes)(
    altered("hash-flags", flags=4))
case("opt-out", "nothing A", "insecure", "RFC 5155 section 9.2: a span with opt-out proves no absence", hashes)(
    altered("opt-out", flags=1))


def opt_out_child(case):
    case.zone.denial = "nsec3"
    case.below = [Zone(f"child.{case.zone.text}", ("www", "A", "192.0.2.9"), signed=False)]


case("opt-out-child", "www.child A", "insecure", "RFC 5155 section 8.9: an unsigned child in an opt-out span", opt_out_child)(
    altered("opt-out-child", flags=1))


def signed_child(case):
    case.below = [Zone(f"child.{case.zone.text}", ("www", "A", "192.0.2.9"))]


plain("signed-child", "www.child A", "secure", "RFC 4035 section 5", signed_child)


@case("childs-nodata-by-parent", "www.child TXT", "bogus|insecure",
      "RFC 6840 section 4.1: at a cut below; from one server for both zones it reads as a cut without DS", signed_child)
def childs_nodata(query, reply, zone, _):
    if zone.text == "child.childs-nodata-by-parent.test." and query.question[0].rdtype == 16:
        reply.authority = zone.above.soa() + zone.above.signed(
            nsec(zone.text, "ns.childs-nodata-by-parent.test.", ["NS", "RRSIG", "NSEC"]))


@case("alias-denied", "www AAAA", "bogus", "RFC 6840 section 4.3: no data where there is an alias",
      aliases(("www", "CNAME", "www.sound.test."), ("@", "A", "192.0.2.2")))
def alias_denied(query, reply, zone, _):
    if own("alias-denied")(zone) and is_for(query, "www.alias-denied.test.", "AAAA"):
        denies(reply, zone, zone.at(query.question[0].name))


plain("empty-name", "empty A", "secure", "RFC 4035 section 5.4, RFC 8020: a name that has names below it",
      aliases(("deep.empty", "A", "192.0.2.1"), ("@", "A", "192.0.2.2")))


@case("owner-outside", "nothing A", "bogus", "RFC 4035 section 5.4: the owner is one of the zone")
def owner_outside(query, reply, zone, _):
    if own("owner-outside")(zone) and is_for(query, "nothing.owner-outside.test."):
        record = nsec("aaa.test.", "zzz.test.", ["A", "RRSIG", "NSEC"])
        reply.authority = zone.soa() + [record, set_of(record.name, zone.key.sign(record), ttl=300)]


@case("backwards", "nothing A", "bogus", "RFC 4034 section 4.1.1: only the last span leads back to the apex")
def backwards(query, reply, zone, _):
    if own("backwards")(zone) and is_for(query, "nothing.backwards.test."):
        denies(reply, zone, nsec("www.backwards.test.", "b.backwards.test.", ["A", "RRSIG", "NSEC"]),
               code=dns.rcode.NXDOMAIN)


@case("absent-with-alias", "gone A", "bogus", "RFC 9824 section 3.1, RFC 6840 section 4.3: an alias is listed")
def absent_with_alias(query, reply, zone, _):
    if own("absent-with-alias")(zone) and is_for(query, "gone.absent-with-alias.test.", "A"):
        denies(reply, zone, nsec(query.question[0].name, "\\000.gone.absent-with-alias.test.", ["CNAME", "RRSIG", "NSEC", 128]))


# --- aliases ---------------------------------------------------------------------------------------------------------

plain("circle-east", "a A", "failed", "RFC 1034 section 5.3.3: a circle over two zones",
      aliases(("a", "CNAME", "a.circle-west.test.")))
plain("circle-west", "a A", "failed", "RFC 1034 section 5.3.3: a circle over two zones",
      aliases(("a", "CNAME", "a.circle-east.test.")))
plain("circle-trees", "x.a A", "failed", "RFC 6672 section 2.2: redirections that feed each other",
      aliases(("a", "DNAME", "b.circle-trees.test."), ("b", "DNAME", "a.circle-trees.test.")))
plain("alias-to-unsigned", "a A", "insecure", "RFC 4035 section 5: as good as its weakest part",
      aliases(("a", "CNAME", "www.plain.test.")))
plain("alias-to-nothing", "a A", "secure", "RFC 4035 section 5.4, RFC 2308 section 2.1",
      aliases(("a", "CNAME", "nothing.sound.test.")))
plain("alias-to-expired", "a A", "bogus", "RFC 4035 section 5", aliases(("a", "CNAME", "www.expired.test.")))
plain("tree", "www.d A", "secure", "RFC 6672 section 5.3.1", aliases(("d", "DNAME", "sound.test.")))


@case("tree-forged", "www.d A", "secure|bogus", "RFC 6672 section 5.3.1: the alias is made anew, or compared with the DNAME",
      aliases(("d", "DNAME", "sound.test.")))
def tree_forged(query, reply, zone, _):
    if own("tree-forged")(zone):
        for place, part in enumerate(reply.answer):
            if part.rdtype == 5:
                reply.answer[place] = rrset(part.name.to_text(), "CNAME", "www.plain.test.")


def own_alias(report):
    led = [record["data"] for record in report["answer"] if record["type"] == "CNAME"]
    return [f"led to {led}"] if any("plain.test." in text for text in led) else []


next(each for each in CASES if each.label == "tree-forged").inspect = own_alias


# --- signers ---------------------------------------------------------------------------------------------------------

@case("sibling-signs", "www A", "bogus", "RFC 4035 section 5.3.1: another zone's key, in its own name")
def sibling_signs(query, reply, zone, _):
    if own("sibling-signs")(zone) and is_for(query, "www.sibling-signs.test.", "A"):
        sibling = next(each.zone for each in CASES if each.label == "sound")
        reply.answer[:] = sibling.signed(reply.answer[0])


says("sibling-signs", resolve=["sound.test."])


@case("child-named", "www A", "bogus", "RFC 4035 section 5.3.1: signed in the name of the name itself")
def child_named(query, reply, zone, _):
    if own("child-named")(zone) and is_for(query, "www.child-named.test.", "A"):
        reply.answer[:] = zone.signed(reply.answer[0], signer="www.child-named.test.")


# --- servers ---------------------------------------------------------------------------------------------------------

ROOTS = [(".", "SOA", "ns.root-servers. host. 1 3600 600 86400 300")]
SIDEWAYS = [("sound.test.", "NS", "ns.sound.test.")]
BESIDE = [("sound.test.", "SOA", "ns.sound.test. host.sound.test. 1 3600 600 86400 300")]
for label, authority in [("lame-roots", ROOTS), ("lame-sideways", SIDEWAYS), ("lame-beside", BESIDE)]:
    case(label, "www A", "insecure", "RFC 2308 section 2.2: a lame server's answer is none", two_servers(False))(
        lame(label, authority))
    case(f"{label}-signed", "www A", "secure", "RFC 2308 section 2.2", two_servers(True))(
        lame(f"{label}-signed", authority))

for label, code in [("one-refuses", dns.rcode.REFUSED), ("one-fails", dns.rcode.SERVFAIL), ("one-knows-nothing", dns.rcode.NOTIMP)]:
    @case(label, "www A", "secure", "RFC 1034 section 5.3.3: the next server is asked", two_servers(True))
    def one_of_two(query, reply, zone, address, label=label, code=code):
        if own(label)(zone) and address == FIRST:
            for section in (reply.answer, reply.authority, reply.additional):
                section.clear()
            reply.set_rcode(code)


@case("one-stale-one-lame", "www A", "bogus|failed", "RFC 4035 section 5: two faults, no good server", two_servers(True))
def one_stale_one_lame(query, reply, zone, address):
    if not own("one-stale-one-lame")(zone):
        return
    if address == FIRST:
        for kind in ("A", "NSEC", "SOA", "NS", "DNSKEY"):
            resign(reply, zone, kind, begins=NOW - 9 * DAY, ends=NOW - DAY)
    else:
        for section in (reply.answer, reply.authority, reply.additional):
            section.clear()
        reply.authority = [rrset(*UPWARD)]


UPWARD = ("test.", "NS", "ns.test.")


@case("unsigned-at-one", "www A", "secure", "RFC 4035 section 5: the other server signs", two_servers(True))
def unsigned_at_one(query, reply, zone, address):
    if own("unsigned-at-one")(zone) and address == SECOND:
        for section in (reply.answer, reply.authority):
            section[:] = [part for part in section if part.rdtype not in (46, 47)]


# --- wildcards -------------------------------------------------------------------------------------------------------

def starred(case):
    case.zone = Zone(case.zone.text, ("@", "A", "192.0.2.2"), ("*", "A", "192.0.2.4"), ("www", "A", "192.0.2.1"))


plain("wild-nodata", "a TXT", "secure", "RFC 4035 section 5.4: no such type at the wildcard", starred)


@case("wild-over-name", "www A", "bogus", "RFC 4035 section 5.3.4: a wildcard does not stand for a name that is there", starred)
def wild_over_name(query, reply, zone, _):
    if own("wild-over-name")(zone) and is_for(query, "www.wild-over-name.test.", "A"):
        star = zone.sets[name("*.wild-over-name.test."), 1]
        reply.answer = [set_of(query.question[0].name, *part, ttl=300) for part in zone.signed(star)]
        reply.authority = zone.signed(zone.at(zone.origin))
