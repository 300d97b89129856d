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
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RecordType {
    public static let a = RecordType(rawValue: 1)
    public static let ns = RecordType(rawValue: 2)
    public static let md = RecordType(rawValue: 3)
    public static let mf = RecordType(rawValue: 4)
    public static let cname = RecordType(rawValue: 5)
    public static let soa = RecordType(rawValue: 6)
    public static let mb = RecordType(rawValue: 7)
    public static let mg = RecordType(rawValue: 8)
    public static let mr = RecordType(rawValue: 9)
    public static let null = RecordType(rawValue: 10)
    public static let wks = RecordType(rawValue: 11)
    public static let ptr = RecordType(rawValue: 12)
    public static let hinfo = RecordType(rawValue: 13)
    public static let minfo = RecordType(rawValue: 14)
    public static let mx = RecordType(rawValue: 15)
    public static let txt = RecordType(rawValue: 16)
    public static let rp = RecordType(rawValue: 17)
    public static let afsdb = RecordType(rawValue: 18)
    public static let x25 = RecordType(rawValue: 19)
    public static let isdn = RecordType(rawValue: 20)
    public static let rt = RecordType(rawValue: 21)
    public static let nsap = RecordType(rawValue: 22)
    public static let nsapPTR = RecordType(rawValue: 23)
    public static let sig = RecordType(rawValue: 24)
    public static let key = RecordType(rawValue: 25)
    public static let px = RecordType(rawValue: 26)
    public static let gpos = RecordType(rawValue: 27)
    public static let aaaa = RecordType(rawValue: 28)
    public static let loc = RecordType(rawValue: 29)
    public static let nxt = RecordType(rawValue: 30)
    public static let eid = RecordType(rawValue: 31)
    public static let nimloc = RecordType(rawValue: 32)
    public static let srv = RecordType(rawValue: 33)
    public static let atma = RecordType(rawValue: 34)
    public static let naptr = RecordType(rawValue: 35)
    public static let kx = RecordType(rawValue: 36)
    public static let cert = RecordType(rawValue: 37)
    public static let a6 = RecordType(rawValue: 38)
    public static let dname = RecordType(rawValue: 39)
    public static let sink = RecordType(rawValue: 40)
    public static let opt = RecordType(rawValue: 41)
    public static let apl = RecordType(rawValue: 42)
    public static let ds = RecordType(rawValue: 43)
    public static let sshfp = RecordType(rawValue: 44)
    public static let ipseckey = RecordType(rawValue: 45)
    public static let rrsig = RecordType(rawValue: 46)
    public static let nsec = RecordType(rawValue: 47)
    public static let dnskey = RecordType(rawValue: 48)
    public static let dhcid = RecordType(rawValue: 49)
    public static let nsec3 = RecordType(rawValue: 50)
    public static let nsec3param = RecordType(rawValue: 51)
    public static let tlsa = RecordType(rawValue: 52)
    public static let smimea = RecordType(rawValue: 53)
    public static let hip = RecordType(rawValue: 55)
    public static let ninfo = RecordType(rawValue: 56)
    public static let rkey = RecordType(rawValue: 57)
    public static let talink = RecordType(rawValue: 58)
    public static let cds = RecordType(rawValue: 59)
    public static let cdnskey = RecordType(rawValue: 60)
    public static let openpgpkey = RecordType(rawValue: 61)
    public static let csync = RecordType(rawValue: 62)
    public static let zonemd = RecordType(rawValue: 63)
    public static let svcb = RecordType(rawValue: 64)
    public static let https = RecordType(rawValue: 65)
    public static let dsync = RecordType(rawValue: 66)
    public static let hhit = RecordType(rawValue: 67)
    public static let brid = RecordType(rawValue: 68)
    public static let spf = RecordType(rawValue: 99)
    public static let uinfo = RecordType(rawValue: 100)
    public static let uid = RecordType(rawValue: 101)
    public static let gid = RecordType(rawValue: 102)
    public static let unspec = RecordType(rawValue: 103)
    public static let nid = RecordType(rawValue: 104)
    public static let l32 = RecordType(rawValue: 105)
    public static let l64 = RecordType(rawValue: 106)
    public static let lp = RecordType(rawValue: 107)
    public static let eui48 = RecordType(rawValue: 108)
    public static let eui64 = RecordType(rawValue: 109)
    public static let nxname = RecordType(rawValue: 128)
    public static let tkey = RecordType(rawValue: 249)
    public static let tsig = RecordType(rawValue: 250)
    public static let ixfr = RecordType(rawValue: 251)
    public static let axfr = RecordType(rawValue: 252)
    public static let mailb = RecordType(rawValue: 253)
    public static let maila = RecordType(rawValue: 254)
    public static let any = RecordType(rawValue: 255)
    public static let uri = RecordType(rawValue: 256)
    public static let caa = RecordType(rawValue: 257)
    public static let avc = RecordType(rawValue: 258)
    public static let doa = RecordType(rawValue: 259)
    public static let amtrelay = RecordType(rawValue: 260)
    public static let resinfo = RecordType(rawValue: 261)
    public static let wallet = RecordType(rawValue: 262)
    public static let ta = RecordType(rawValue: 32768)
    public static let dlv = RecordType(rawValue: 32769)
}

extension RecordType: CustomStringConvertible, Codable {
    /// The record type of this name, in any case; nothing for text that names none.
    public init?(_ text: String) {
        guard let number = Self.number(text) else { return nil }
        self.init(rawValue: number)
    }

    /// The name, or the generic one for a number that has none.
    public var description: String { name }

    /// Reads the name.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(Self.init(_:), from: decoder, what: "record type")
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(name, to: encoder) }
}
