/// The number of a record type, with its name from the IANA registry.
public struct RecordType: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt16

    /// The type of this number; every number is one.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension RecordType: RegistryNumber {
    static let genericPrefix = "TYPE"
    static let names: [UInt16: String] = [
        1: "A", 2: "NS", 3: "MD", 4: "MF", 5: "CNAME", 6: "SOA", 7: "MB", 8: "MG", 9: "MR", 10: "NULL", 11: "WKS",
        12: "PTR", 13: "HINFO", 14: "MINFO", 15: "MX", 16: "TXT", 17: "RP", 18: "AFSDB", 19: "X25", 20: "ISDN",
        21: "RT", 22: "NSAP", 23: "NSAP-PTR", 24: "SIG", 25: "KEY", 26: "PX", 27: "GPOS", 28: "AAAA", 29: "LOC",
        30: "NXT", 31: "EID", 32: "NIMLOC", 33: "SRV", 34: "ATMA", 35: "NAPTR", 36: "KX", 37: "CERT", 38: "A6",
        39: "DNAME", 40: "SINK", 41: "OPT", 42: "APL", 43: "DS", 44: "SSHFP", 45: "IPSECKEY", 46: "RRSIG", 47: "NSEC",
        48: "DNSKEY", 49: "DHCID", 50: "NSEC3", 51: "NSEC3PARAM", 52: "TLSA", 53: "SMIMEA", 55: "HIP", 56: "NINFO",
        57: "RKEY", 58: "TALINK", 59: "CDS", 60: "CDNSKEY", 61: "OPENPGPKEY", 62: "CSYNC", 63: "ZONEMD", 64: "SVCB",
        65: "HTTPS", 66: "DSYNC", 67: "HHIT", 68: "BRID", 99: "SPF", 100: "UINFO", 101: "UID", 102: "GID",
        103: "UNSPEC", 104: "NID", 105: "L32",
        106: "L64", 107: "LP", 108: "EUI48", 109: "EUI64", 128: "NXNAME", 249: "TKEY", 250: "TSIG", 251: "IXFR",
        252: "AXFR", 253: "MAILB", 254: "MAILA", 255: "ANY", 256: "URI", 257: "CAA", 258: "AVC", 259: "DOA",
        260: "AMTRELAY",
        261: "RESINFO", 262: "WALLET", 32768: "TA", 32769: "DLV",
    ]
    static let numbers = invert(names)

    /// Whether the number is for questions and messages only, never for stored records (RFC 6895 section 3.1).
    public var isMeta: Bool { rawValue == 0 || rawValue == RecordType.opt.rawValue || 128...255 ~= rawValue }
}

// The names are those of IANA's registry of resource record types, which says where each is defined.
extension RecordType {
    /// The IPv4 address of a host (RFC 1035 section 3.4.1).
    public static let a = RecordType(rawValue: 1)
    /// An authoritative name server of the zone (RFC 1035 section 3.3.11).
    public static let ns = RecordType(rawValue: 2)
    /// A mail destination (RFC 1035 section 3.3.4); obsolete, MX replaced it.
    public static let md = RecordType(rawValue: 3)
    /// A mail forwarder (RFC 1035 section 3.3.5); obsolete, MX replaced it.
    public static let mf = RecordType(rawValue: 4)
    /// The name for which its owner is an alias (RFC 1035 section 3.3.1).
    public static let cname = RecordType(rawValue: 5)
    /// The head of a zone, with its serial and the timers of secondary servers (RFC 1035 section 3.3.13).
    public static let soa = RecordType(rawValue: 6)
    /// The host of a mailbox (RFC 1035 section 3.3.3); experimental.
    public static let mb = RecordType(rawValue: 7)
    /// A member of a mail group (RFC 1035 section 3.3.6); experimental.
    public static let mg = RecordType(rawValue: 8)
    /// The new name of a mailbox (RFC 1035 section 3.3.8); experimental.
    public static let mr = RecordType(rawValue: 9)
    /// Any data of at most 65535 bytes (RFC 1035 section 3.3.10); experimental.
    public static let null = RecordType(rawValue: 10)
    /// The services of a host by protocol and port (RFC 1035 section 3.4.2); obsolete.
    public static let wks = RecordType(rawValue: 11)
    /// Another name, such as the host of an address in a reverse zone (RFC 1035 section 3.3.12).
    public static let ptr = RecordType(rawValue: 12)
    /// Processor and operating system of a host (RFC 1035 section 3.3.2), or the refusal to answer ANY (RFC 8482).
    public static let hinfo = RecordType(rawValue: 13)
    /// The mailboxes responsible for a mailing list (RFC 1035 section 3.3.7); experimental.
    public static let minfo = RecordType(rawValue: 14)
    /// A mail server of the domain and its preference (RFC 1035 section 3.3.9).
    public static let mx = RecordType(rawValue: 15)
    /// Text in strings of at most 255 bytes (RFC 1035 section 3.3.14).
    public static let txt = RecordType(rawValue: 16)
    /// The person responsible for the name (RFC 1183).
    public static let rp = RecordType(rawValue: 17)
    /// A server of the AFS or DCE database of a cell (RFC 1183).
    public static let afsdb = RecordType(rawValue: 18)
    /// The X.121 address of a host (RFC 1183).
    public static let x25 = RecordType(rawValue: 19)
    /// The ISDN number of a host (RFC 1183).
    public static let isdn = RecordType(rawValue: 20)
    /// A host through which another one is reached (RFC 1183).
    public static let rt = RecordType(rawValue: 21)
    /// The OSI network address of a host (RFC 1706).
    public static let nsap = RecordType(rawValue: 22)
    /// The name for an OSI network address (RFC 1348); obsolete.
    public static let nsapPTR = RecordType(rawValue: 23)
    /// A signature of the first DNSSEC (RFC 2535); in use only as SIG(0), for messages (RFC 2931).
    public static let sig = RecordType(rawValue: 24)
    /// A public key of the first DNSSEC (RFC 2535); in use only for SIG(0) and TKEY (RFC 3445).
    public static let key = RecordType(rawValue: 25)
    /// The mapping between domains of X.400 and of mail (RFC 2163).
    public static let px = RecordType(rawValue: 26)
    /// Longitude, latitude and altitude as text (RFC 1712); LOC replaced it.
    public static let gpos = RecordType(rawValue: 27)
    /// The IPv6 address of a host (RFC 3596 section 2).
    public static let aaaa = RecordType(rawValue: 28)
    /// A geographical position with its size and precision (RFC 1876).
    public static let loc = RecordType(rawValue: 29)
    /// The next name of the first DNSSEC (RFC 2535); obsolete, NSEC replaced it.
    public static let nxt = RecordType(rawValue: 30)
    /// An endpoint identifier of Nimrod; never in an RFC.
    public static let eid = RecordType(rawValue: 31)
    /// A locator of Nimrod; never in an RFC.
    public static let nimloc = RecordType(rawValue: 32)
    /// The host and the port of a service, with priority and weight (RFC 2782).
    public static let srv = RecordType(rawValue: 33)
    /// An ATM address, by the ATM Forum.
    public static let atma = RecordType(rawValue: 34)
    /// A rule that rewrites a name, such as that of a telephone number (RFC 3403).
    public static let naptr = RecordType(rawValue: 35)
    /// A host that exchanges keys for another one (RFC 2230).
    public static let kx = RecordType(rawValue: 36)
    /// A certificate or a revocation list (RFC 4398).
    public static let cert = RecordType(rawValue: 37)
    /// A part of an IPv6 address (RFC 2874); obsolete (RFC 6563).
    public static let a6 = RecordType(rawValue: 38)
    /// The name that replaces its owner at the end of all names below (RFC 6672).
    public static let dname = RecordType(rawValue: 39)
    /// Data of any coding, the "kitchen sink"; never in an RFC.
    public static let sink = RecordType(rawValue: 40)
    /// The options of EDNS in a message, which are no data of a zone (RFC 6891 section 6.1).
    public static let opt = RecordType(rawValue: 41)
    /// A list of address prefixes (RFC 3123).
    public static let apl = RecordType(rawValue: 42)
    /// The digest of a key of the child zone, in the parent zone (RFC 4034 section 5).
    public static let ds = RecordType(rawValue: 43)
    /// The fingerprint of an SSH host key (RFC 4255).
    public static let sshfp = RecordType(rawValue: 44)
    /// The IPsec key of a host and its gateway (RFC 4025).
    public static let ipseckey = RecordType(rawValue: 45)
    /// The signature of an RRset (RFC 4034 section 3).
    public static let rrsig = RecordType(rawValue: 46)
    /// The next name of a signed zone, and the types at this one (RFC 4034 section 4).
    public static let nsec = RecordType(rawValue: 47)
    /// A public key of a signed zone (RFC 4034 section 2).
    public static let dnskey = RecordType(rawValue: 48)
    /// The DHCP client to which the name belongs (RFC 4701).
    public static let dhcid = RecordType(rawValue: 49)
    /// The next hashed name of a signed zone, and the types at this one (RFC 5155 section 3).
    public static let nsec3 = RecordType(rawValue: 50)
    /// The parameters by which a signed zone hashes its names (RFC 5155 section 4).
    public static let nsec3param = RecordType(rawValue: 51)
    /// The certificate or key of a TLS server (RFC 6698).
    public static let tlsa = RecordType(rawValue: 52)
    /// The S/MIME certificate of a mail address (RFC 8162).
    public static let smimea = RecordType(rawValue: 53)
    /// The host identity and the rendezvous servers of a host (RFC 8005).
    public static let hip = RecordType(rawValue: 55)
    /// The status of a zone as text; never in an RFC.
    public static let ninfo = RecordType(rawValue: 56)
    /// A key for encrypting NAPTR records; never in an RFC.
    public static let rkey = RecordType(rawValue: 57)
    /// A link in the history of trust anchors; never in an RFC.
    public static let talink = RecordType(rawValue: 58)
    /// A DS record that the child wants in the parent zone (RFC 7344 section 3.1).
    public static let cds = RecordType(rawValue: 59)
    /// A key for which the child wants a DS record in the parent zone (RFC 7344 section 3.2).
    public static let cdnskey = RecordType(rawValue: 60)
    /// The OpenPGP key of a mail address (RFC 7929).
    public static let openpgpkey = RecordType(rawValue: 61)
    /// The types, such as NS, that the parent is to copy from the child (RFC 7477).
    public static let csync = RecordType(rawValue: 62)
    /// The digest of the whole zone (RFC 8976).
    public static let zonemd = RecordType(rawValue: 63)
    /// An endpoint of a service and the parameters for connecting to it (RFC 9460).
    public static let svcb = RecordType(rawValue: 64)
    /// The same for HTTP (RFC 9460).
    public static let https = RecordType(rawValue: 65)
    /// Where the parent wants to be notified of CDS or CSYNC records (RFC 9859).
    public static let dsync = RecordType(rawValue: 66)
    /// The hierarchical host identity tag of an unmanned aircraft system (RFC 9886 section 5.1).
    public static let hhit = RecordType(rawValue: 67)
    /// The data that an unmanned aircraft broadcasts for its identification (RFC 9886 section 5.2).
    public static let brid = RecordType(rawValue: 68)
    /// The senders of mail for the domain (RFC 4408); obsolete, TXT replaced it (RFC 7208 section 3.1).
    public static let spf = RecordType(rawValue: 99)
    /// Reserved by IANA; not defined in any RFC.
    public static let uinfo = RecordType(rawValue: 100)
    /// Reserved by IANA; not defined in any RFC.
    public static let uid = RecordType(rawValue: 101)
    /// Reserved by IANA; not defined in any RFC.
    public static let gid = RecordType(rawValue: 102)
    /// Reserved by IANA; not defined in any RFC.
    public static let unspec = RecordType(rawValue: 103)
    /// The node identifier of an ILNP host (RFC 6742).
    public static let nid = RecordType(rawValue: 104)
    /// A locator of 32 bits for an ILNP host (RFC 6742).
    public static let l32 = RecordType(rawValue: 105)
    /// A locator of 64 bits for an ILNP host (RFC 6742).
    public static let l64 = RecordType(rawValue: 106)
    /// The name that has the locators of an ILNP host (RFC 6742).
    public static let lp = RecordType(rawValue: 107)
    /// A MAC address of 48 bits (RFC 7043).
    public static let eui48 = RecordType(rawValue: 108)
    /// A MAC address of 64 bits (RFC 7043).
    public static let eui64 = RecordType(rawValue: 109)
    /// In the types of an NSEC record: the name does not exist (RFC 9824); never a record.
    public static let nxname = RecordType(rawValue: 128)
    /// The agreement on a TSIG key, in messages only (RFC 2930).
    public static let tkey = RecordType(rawValue: 249)
    /// The signature of a message by a shared secret (RFC 8945).
    public static let tsig = RecordType(rawValue: 250)
    /// A question for the changes of a zone since a serial (RFC 1995).
    public static let ixfr = RecordType(rawValue: 251)
    /// A question for a whole zone (RFC 5936).
    public static let axfr = RecordType(rawValue: 252)
    /// A question for MB, MG and MR records (RFC 1035 section 3.2.3).
    public static let mailb = RecordType(rawValue: 253)
    /// A question for MD and MF records (RFC 1035 section 3.2.3); obsolete.
    public static let maila = RecordType(rawValue: 254)
    /// A question for records of all types, which servers may answer with some of them (RFC 8482).
    public static let any = RecordType(rawValue: 255)
    /// The URI of a service, with priority and weight (RFC 7553).
    public static let uri = RecordType(rawValue: 256)
    /// A certification authority that may issue for the domain (RFC 8659).
    public static let caa = RecordType(rawValue: 257)
    /// A class of traffic for application visibility and control; never in an RFC.
    public static let avc = RecordType(rawValue: 258)
    /// An object of the digital object architecture; never in an RFC.
    public static let doa = RecordType(rawValue: 259)
    /// A relay for automatic multicast tunnelling (RFC 8777).
    public static let amtrelay = RecordType(rawValue: 260)
    /// The capabilities of a resolver (RFC 9606).
    public static let resinfo = RecordType(rawValue: 261)
    /// The public address of a wallet; never in an RFC.
    public static let wallet = RecordType(rawValue: 262)
    /// A DNSSEC trust anchor for a name outside the root; never in an RFC.
    public static let ta = RecordType(rawValue: 32768)
    /// A DS record in a zone for DNSSEC lookaside validation (RFC 4431); obsolete (RFC 8749).
    public static let dlv = RecordType(rawValue: 32769)
}

extension RecordType: CustomStringConvertible, Codable {
    /// The record type of this name, in any case; nil for text that names none.
    public init?(_ text: String) {
        guard let number = Self.number(text) else { return nil }
        self.init(rawValue: number)
    }

    /// The name, or the generic one for a number that has none.
    public var description: String { name }

    /// Reads the name; throws `DecodingError` for an unknown one.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(Self.init(_:), from: decoder, what: "record type")
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(name, to: encoder) }
}
