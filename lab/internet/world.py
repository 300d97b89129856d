"""The healthy world: who serves what, and the zones in it.

The addresses are arbitrary public-looking ones; the lab's network leads nowhere.
"""

from .zones import Signing, Zone

ROOT_SERVERS = {
    "a": ("198.41.0.4", "2001:503:ba3e::2:30"), "b": ("170.247.170.2", "2801:1b8:10::b"),
    "c": ("192.33.4.12", "2001:500:2::c"), "d": ("199.7.91.13", "2001:500:2d::d"),
    "e": ("192.203.230.10", "2001:500:a8::e"), "f": ("192.5.5.241", "2001:500:2f::f"),
    "g": ("192.112.36.4", "2001:500:12::d0d"), "h": ("198.97.190.53", "2001:500:1::53"),
    "i": ("192.36.148.17", "2001:7fe::53"), "j": ("192.58.128.30", "2001:503:c27::2:30"),
    "k": ("193.0.14.129", "2001:7fd::1"), "l": ("199.7.83.42", "2001:500:9f::42"),
    "m": ("202.12.27.33", "2001:dc3::35"),
}

# Process -> its name servers and their addresses.
AUTHORITIES = {
    "root": {f"{letter}.root-servers.net.": list(addresses) for letter, addresses in ROOT_SERVERS.items()},
    "tld1": {"a.tld-servers.net.": ["192.12.94.30", "2620:74:19::30"]},
    "tld2": {"b.tld-servers.net.": ["193.176.144.30", "2a04:b900:1::30"]},
    "north1": {"ns1.northdns.com.": ["46.20.1.53", "2a02:4f0:1::53"]},
    "north2": {"ns2.northdns.com.": ["91.217.2.53", "2a02:4f0:2::53"]},
    "south1": {"ns1.southdns.net.": ["78.40.1.53", "2a03:6a0:1::53"]},
    "south2": {"ns2.southdns.net.": ["185.61.2.53", "2a03:6a0:2::53"]},
    "west1": {"ns1.westdns.org.": ["62.90.1.53", "2a05:2c0:1::53"]},
    "west2": {"ns2.westdns.org.": ["213.145.2.53", "2a05:2c0:2::53"]},
    "dark": {"ns1.darkhost.net.": ["5.188.9.53"], "ns2.darkhost.net.": ["5.188.10.53"]},
}

# Process -> addresses, and whether it validates.
RESOLVERS = {
    "google": (["8.8.8.8", "8.8.4.4"], True),
    "cloudflare": (["1.1.1.1", "1.0.0.1"], True),
    "opendns": (["208.67.222.222", "208.67.220.220"], True),
    "regional": (["77.88.8.8"], False),
}

REGISTRY_ADDRESS = "199.43.7.80"    # RDAP and WHOIS of every registry
WRONG_NAME_ADDRESS = "199.43.7.81"  # RDAP with a certificate for another name

ROOT = sorted(AUTHORITIES["root"])
TLD = ["a.tld-servers.net.", "b.tld-servers.net."]
NORTH = ["ns1.northdns.com.", "ns2.northdns.com."]
SOUTH = ["ns1.southdns.net.", "ns2.southdns.net."]
WEST = ["ns1.westdns.org.", "ns2.westdns.org."]
DARK = ["ns1.darkhost.net.", "ns2.darkhost.net."]


def hosts():
    return {host: addresses for process in AUTHORITIES.values() for host, addresses in process.items()}


def addresses_of(names):
    known = hosts()
    return "\n".join(
        f"{name} 3600 {'AAAA' if ':' in address else 'A'} {address}" for name in names for address in known[name])


def site(v4, v6, mail="mail"):
    """The records of an ordinary, well kept domain."""
    return f"""
        @ 300 A {v4}
        @ 300 AAAA {v6}
        www 300 A {v4}
        www 300 AAAA {v6}
        @ 3600 MX 10 {mail}
        @ 3600 TXT "v=spf1 mx -all"
        @ 3600 CAA 0 issue "letsencrypt.org"
        @ 3600 CAA 0 iodef "mailto:security@example.com"
        {mail} 3600 A {v4}
        {mail} 3600 AAAA {v6}
        _dmarc 3600 TXT "v=DMARC1; p=reject"
        """


def unsigned_site(v4):
    return site(v4, "2a02:4f0:80::" + v4.rsplit(".", 1)[1])


REGISTRY_HOSTS = {
    "verisign.com.": ["rdap"], "verisign-grs.com.": ["whois"], "publicinterestregistry.org.": ["rdap", "whois"],
    "nic.ch.": ["rdap", "whois"], "nominet.uk.": ["rdap"], "nic.uk.": ["whois"], "iis.se.": ["whois"],
    "iana.org.": ["data", "whois"], "registry.net.": ["rdap", "whois"],
}


def registry_zone(origin, *names):
    lines = [f"{name} 3600 A {REGISTRY_ADDRESS}" for name in names]
    if origin == "registry.net.":
        lines.append(f"wrong 3600 A {WRONG_NAME_ADDRESS}")
    return Zone(origin, "\n".join(lines), SOUTH)


def top_level():
    day = 86400
    rsa = Signing("RSASHA256", split=True, expiration=14 * day)
    return [
        Zone(".", addresses_of(ROOT), ROOT, rsa, mail="nstld.verisign-grs.com.", minimum=86400, delegation_ttl=86400),
        Zone("root-servers.net.", addresses_of(ROOT), ROOT),
        Zone("com.", "", TLD, Signing(denial="optout", split=True)),
        Zone("net.", "", TLD, Signing(denial="optout", split=True)),
        Zone("org.", "", TLD, Signing(denial="nsec3")),
        Zone("ch.", "", TLD, Signing(denial="nsec")),
        Zone("se.", "", TLD, Signing("ED25519")),
        Zone("uk.", "", TLD, Signing(denial="nsec3")),
        Zone("co.uk.", "", TLD, Signing(denial="optout")),
        Zone("zz.", "", TLD),
        Zone("tld-servers.net.", addresses_of(TLD), TLD),
        Zone("northdns.com.", addresses_of(NORTH), NORTH, Signing()),
        Zone("southdns.net.", addresses_of(SOUTH), SOUTH, Signing()),
        Zone("westdns.org.", addresses_of(WEST), WEST),
        Zone("darkhost.net.", addresses_of(DARK), DARK),
        *(registry_zone(origin, *names) for origin, names in REGISTRY_HOSTS.items()),
    ]


def domains():
    return [
        Zone("example.com.", site("93.184.1.10", "2a02:4f0:80::10") + """
            portal 300 CNAME www
            shops 300 A 93.184.1.11
            _sip._tcp 3600 SRV 10 60 5060 www
            @ 3600 HTTPS 1 . alpn="h2,h3" ipv4hint="93.184.1.10"
            """, NORTH, Signing(denial="nsec3")),
        Zone("example.org.", site("93.184.2.10", "2a02:4f0:80::20"), SOUTH, Signing("ED25519")),
        Zone("example.net.", site("93.184.3.10", "2a02:4f0:80::30"), WEST),
        Zone("alder.com.", unsigned_site("93.184.4.10"), NORTH, Signing("RSASHA256", split=True)),
        Zone("birch.org.", unsigned_site("93.184.5.10"), SOUTH, Signing(), ds="none"),
        Zone("cedar.net.", unsigned_site("93.184.6.10") + """
            shop 300 CNAME shops.example.com.
            blog 300 CNAME www
            *.customers 300 A 93.184.6.20
            deep.under.nothing 300 A 93.184.6.21
            """, WEST),
        Zone("dogwood.com.", unsigned_site("93.184.7.10") + """
            *.wild 300 A 93.184.7.20
            *.wild 300 TXT "matched by the wildcard"
            old 3600 DNAME new.dogwood.com.
            a.new 300 A 93.184.7.30
            b.new 300 CNAME www.example.org.
            ent.below.here 300 A 93.184.7.31
            """, NORTH, Signing()),
        Zone("elm.co.uk.", unsigned_site("93.184.8.10") + "\n*.wild 300 A 93.184.8.20", SOUTH,
             Signing("ECDSAP384SHA384", "nsec3", salt="aabbccdd", iterations=5)),
        Zone("fir.ch.", unsigned_site("93.184.9.10"), NORTH, Signing(digests=(2, 4))),
        Zone("gorse.com.", unsigned_site("93.184.10.10") + """
            @ 3600 MX 20 mx2.example.net.
            @ 3600 TXT "google-site-verification=abcdefghijklmnop"
            s1._domainkey 3600 TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            _mta-sts 3600 TXT "v=STSv1; id=20260101"
            hip 300 TYPE55 \# 64 1002001b200100107b1a74df365639cc39f1d57803010001b771ca136e4aeb5ce44333c53b3d2c13c22243851fc70803727673076578616d706c6503636f6d00
            """, WEST),
        Zone("hazel.org.", unsigned_site("93.184.11.10") + "\n" + "\n".join(
            f"cdn 60 A 93.184.11.{number}" for number in range(20, 28)), NORTH),
        Zone("ivy.org.", unsigned_site("93.184.12.10"), NORTH + SOUTH, Signing(denial="nsec3")),
        Zone("juniper.net.", unsigned_site("93.184.13.10"), SOUTH, Signing("RSASHA512", "nsec3")),
        Zone("koa.zz.", unsigned_site("93.184.14.10"), WEST),
        Zone("larch.com.", unsigned_site("93.184.15.10"), NORTH, Signing("ED448")),
        Zone("maple.se.", unsigned_site("93.184.16.10"), SOUTH, Signing("NSEC3RSASHA1", "nsec3", digests=(1, 2))),
        Zone("nettle.com.", unsigned_site("93.184.17.10"), ["ns1.nettle.com.", "ns2.southdns.net."], Signing()),
        Zone("catalogue.ch.", CATALOGUE, NORTH, Signing()),
    ]


CATALOGUE = r"""
    a 300 A 93.184.20.1
    aaaa 300 AAAA 2a02:4f0:80::1:0:0:abcd
    mapped 300 AAAA ::ffff:93.184.20.1
    cname 300 CNAME a
    ptr 300 PTR host.example.com.
    hinfo 300 HINFO "Intel \"x\"" "Linux \\ 6"
    mx 300 MX 10 a
    mx 300 MX 0 .
    txt 300 TXT "one" "two words" "semi;colon" "quo\"te" "back\\slash" "\000\255" ""
    long 300 TXT "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    rp 300 RP admin.example.com. txt.catalogue.ch.
    afsdb 300 AFSDB 1 a
    loc 300 LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
    srv 300 SRV 0 5 5060 a
    naptr 300 NAPTR 100 50 "s" "http+N2L" "" _http._tcp.example.com.
    regexp 300 NAPTR 1 2 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .
    kx 300 KX 10 a
    cert 300 CERT 1 12179 3 AQNSU3+Vm4bEiNMmQwQ=
    dname 300 DNAME target.example.com.
    apl 300 APL 1:192.168.32.0/21 !1:192.168.38.0/28 2:2001:db8::/32
    sshfp 300 SSHFP 4 2 E0A7F2AA38B2E6A5B8E5F3B2D1C0A9988776655443322110FFEEDDCCBBAA9988
    ipseckey 300 IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
    gateway 300 IPSECKEY 10 3 2 mygateway.example.com. AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
    nogateway 300 IPSECKEY 10 0 2 . AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
    dhcid 300 DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
    tlsa 300 TLSA 3 1 1 92003BA34942DC74152E2F2C408D29ECA5A520E7F2E06BB944F4DCA346BAF63C
    smimea 300 SMIMEA 3 1 1 92003BA34942DC74152E2F2C408D29ECA5A520E7F2E06BB944F4DCA346BAF63C
    cds 300 CDS 0 0 0 00
    cdnskey 300 CDNSKEY 0 3 0 AA==
    openpgpkey 300 OPENPGPKEY AQNSU3+Vm4bEiNMmQwQ=
    csync 300 CSYNC 66 3 A NS AAAA
    zonemd 300 ZONEMD 2018031500 1 1 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE
    svcb 300 SVCB 16 a alpn="h2,h3-19" mandatory=ipv4hint,alpn ipv4hint=192.0.2.1
    alias 300 SVCB 0 a
    https 300 HTTPS 1 . port=8443 ipv6hint=2001:db8::1,2001:db8::53:1 key667=hello
    spf 300 SPF "v=spf1 -all"
    nid 300 NID 10 0014:4fff:ff20:ee64
    l32 300 L32 10 10.1.2.0
    l64 300 L64 10 2001:0db8:1140:1000
    lp 300 LP 10 l64-subnet1.example.com.
    eui48 300 EUI48 00-00-5e-00-53-2a
    eui64 300 EUI64 00-00-5e-ef-10-00-00-2a
    uri 300 URI 10 1 "ftp://ftp1.example.com/public"
    caa 300 CAA 128 issue "ca.example.net; policy=ev"
    unknown 300 TYPE65280 \# 4 0a000001
    empty 300 TYPE65281 \# 0
    x25 300 X25 "311061700956"
    isdn 300 ISDN "150862028003217" "004"
    rt 300 RT 10 a
    px 300 PX 10 map822.example.com. mapx400.example.com.
    nsap 300 TYPE22 \# 4 47000580
    we\.ird 300 A 93.184.20.2
    sp\032ace 300 TXT "owner with a blank"
    UPPER 300 TXT "owner in capitals"
    *.star 300 A 93.184.20.3
"""


def crowd(count):
    """`count` ordinary unsigned domains that share one body, for measurements."""
    body = unsigned_site("93.184.30.10")
    return [Zone(f"d{number:05}.com.", body, WEST) for number in range(count)]
