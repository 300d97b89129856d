import DNSWire
import LapwingCore

extension TreeReader {
    private static let ttlRange = 0...604_800

    func ttl(_ key: String) -> UInt32 { UInt32(required(key).integer(Self.ttlRange)) }

    /// Reads a zone, in which all keys must be present.
    func zone() -> Zone {
        keys(["origin", "serial", "soa", "missing", "rrs", "policy", "dnssec"], of: "a zone")
        let origin = required("origin").name.folded
        var sets: [RecordSetKey: RecordSet] = [:]
        for item in required("rrs").list {
            guard let (key, set) = item.recordSet() else { continue }
            if !key.name.isSubdomain(of: origin) { item.fault("\(key.name) is outside \(origin)") }
            if sets[key] != nil { item.fault("the RRset \(key) is given twice") }
            sets[key] = set
        }
        var policies: [RecordSetKey: AnswerPolicy] = [:]
        for item in required("policy").list {
            let policy = item.policy()
            policies[policy.key] = policy
        }
        return Zone(
            origin: origin, serial: UInt32(required("serial").integer(0...0xffff_ffff)),
            startOfAuthority: required("soa").startOfAuthority(), missing: required("missing").responseCode,
            sets: sets, policies: policies, signing: required("dnssec").signing())
    }

    private func startOfAuthority() -> Zone.StartOfAuthority {
        keys(["ttl", "mname", "rname", "refresh", "retry", "expire", "minimum"], of: "soa")
        func seconds(_ key: String) -> UInt32 { UInt32(required(key).integer(0...0x7fff_ffff)) }
        return Zone.StartOfAuthority(
            ttl: ttl("ttl"), primary: required("mname").name, responsible: required("rname").name,
            refresh: seconds("refresh"), retry: seconds("retry"), expire: seconds("expire"), minimum: seconds("minimum")
        )
    }

    /// `[name, type, ttl, rdata...]`; nil after a fault.
    func recordSet() -> (RecordSetKey, RecordSet)? {
        let items = list
        guard items.count >= 3 else {
            fault("an RRset is [name, type, ttl, rdata...]")
            return nil
        }
        let key = RecordSetKey(items[0].name.folded, items[1].recordType)
        let set = RecordSet(
            ttl: UInt32(items[2].integer(Self.ttlRange)), data: items[3...].compactMap { $0.data(key.type) })
        return (key, set)
    }

    /// Reads record data in presentation format; names are absolute without a trailing dot, TXT is one string without
    /// quotes.
    func data(_ type: RecordType) -> RecordData? {
        var text = text
        if type == .txt { return TXT(text: text).data }
        if [.ns, .cname, .ptr, .mx, .srv].contains(type), !text.hasSuffix(".") { text += "." }
        do throws(ZoneTextError) {
            return try RecordData(type: type, text: text)
        } catch {
            fault("not \(type) data: \(error)")
            return nil
        }
    }

    var responseCode: ResponseCode {
        let word = text
        switch word {
        case "NXDOMAIN": return .nxDomain
        case "SERVFAIL": return .servFail
        case "REFUSED": return .refused
        case "FORMERR": return .formErr
        case "NOTIMP": return .notImp
        case "NODATA", "NOERROR": return .noError
        default:
            fault("not a response code: \(word)")
            return .servFail
        }
    }

    private func policy() -> AnswerPolicy {
        keys(["name", "type", "ttl", "how", "of", "pick", "every", "map"], of: "a policy")
        let key = RecordSetKey(required("name").name.folded, required("type").recordType)
        func data(_ reader: TreeReader) -> [RecordData] { reader.list.compactMap { $0.data(key.type) } }
        let how = required("how")
        var pool: [RecordData] = []
        if how.tree.text != "region" {
            pool = data(required("of"))
            if pool.isEmpty { required("of").fault("must not be empty") }
        }
        func pick() -> Int { required("pick").integer(1...max(1, pool.count)) }
        let choice: AnswerPolicy.Choice
        switch how.text {
        case "subset": choice = .subset(pick: pick())
        case "rotate": choice = .rotate
        case "one": choice = .one
        case "fresh": choice = .fresh(pick: pick())
        case "region":
            var regions: [String: [RecordData]] = [:]
            for (region, values) in required("map").map { regions[region] = data(values) }
            if regions["default"] == nil { fault("a policy by region needs a default") }
            choice = .region(regions, other: regions["default"] ?? [])
        default:
            how.fault("must be one of subset, rotate, one, region, fresh")
            choice = .rotate
        }
        return AnswerPolicy(
            key: key, ttl: ttl("ttl"), choice: choice, pool: pool, every: optional("every")?.integer(1...1_000_000) ?? 1
        )
    }

    private func signing() -> ZoneSigning? {
        if tree.isNull { return nil }
        keys(
            [
                "keys", "ksk_signs", "zsk_signs", "dnskey_ttl", "dnskey_bytes", "window", "denial", "nsec3_iterations",
                "bad",
            ], of: "dnssec")
        let bad = required("bad").texts
        for word in bad where word != "signature" && word != "nsec-types" {
            required("bad").fault("must hold nothing but signature and nsec-types")
        }
        return ZoneSigning(
            keys: required("keys").texts, keySigners: required("ksk_signs").texts,
            zoneSigners: required("zsk_signs").texts, keyTTL: ttl("dnskey_ttl"),
            keyBytes: required("dnskey_bytes").integer(0...65_535), window: required("window").window(),
            denial: required("denial").word(ZoneSigning.Denial.self) ?? .nsec,
            iterations: UInt16(required("nsec3_iterations").integer(0...65_535)),
            signaturesBroken: bad.contains("signature"), wildcardTypesMissing: bad.contains("nsec-types"))
    }

    private func window() -> ZoneSigning.Window {
        if has("from") {
            keys(["from", "to"], of: "a fixed window")
            return .fixed(from: required("from").integer(), to: required("to").integer())
        }
        keys(["last", "every", "valid", "bump"], of: "a window")
        return .periodic(
            last: required("last").integer(), every: required("every").integer(1...10_000_000),
            valid: required("valid").integer(), bump: required("bump").boolean)
    }
}
