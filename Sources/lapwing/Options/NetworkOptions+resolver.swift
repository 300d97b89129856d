import ArgumentParser
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingProbes

extension NetworkOptions {
    /// Where to begin and whom to trust, from the files named or built in.
    func resolverSettings(minimisesNames: Bool = true) throws -> ResolverSettings {
        var settings = ResolverSettings(minimisesNames: minimisesNames)
        if let rootHints {
            settings.roots = RootHints(records: try Self.records(rootHints, keeping: [.ns, .a, .aaaa]))
            guard settings.roots.servers.contains(where: { !$0.addresses.isEmpty }) else {
                throw ValidationError("\(rootHints) names no root server with an address")
            }
        }
        if let trustAnchor {
            settings.anchors = TrustAnchors(records: try Self.records(trustAnchor, keeping: [.ds, .dnskey]))
        }
        return settings
    }

    /// Addresses that are not asked though a zone names them: as configured; else those that are none of the Internet, but in
    /// a laboratory with roots of its own all are asked.
    func unasked(_ settings: Settings? = nil) -> [AddressBlock] {
        settings?.unasked ?? (rootHints == nil ? AddressBlock.notOfInternet : [])
    }

    /// Why nothing can be told on this network, when somebody on it answers in place of the root servers.
    func interception(over client: DNSClient, roots: RootHints) async -> Reason? {
        let watch = RootWatch(roots: roots, now: { Timestamp(seconds: 0) }) { await client.rootAuthority(at: $0) }
        let sight = await watch.sight()
        return sight.isIntercepted ? Reason(.intercepted, zone: .root, sight.sentence) : nil
    }

    /// The moment at which signatures are judged, in seconds since 1970.
    var seconds: Int64 { at?.seconds ?? Int64(Date().timeIntervalSince1970) }

    /// How long one server may take.
    var patience: Duration { .milliseconds(Int64((timeout ?? 2.5) * 1000)) }

    /// A name from the command line.
    static func name(_ text: String) throws -> Name {
        do throws(WireError) {
            return try Name(text)
        } catch {
            throw ValidationError("not a domain name: \(text): \(error)")
        }
    }

    /// The records of a file; lines that cannot be read are reported, and fatal when nothing is left of a file with lines.
    private static func records(_ path: String, keeping types: Set<RecordType>) throws -> [Record] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read \(path)")
        }
        var reader = ZoneText(Array(data), defaults: ZoneText.Defaults(ttl: 3600))
        var records: [Record] = []
        var faults = 0
        while true {
            do throws(ZoneTextError) {
                guard let line = try reader.next() else { break }
                if types.contains(line.record.type) { records.append(line.record) }
            } catch {
                StandardError.print("\(path):\(error)")
                faults += 1
                guard faults < 100 else { break }
            }
        }
        guard faults == 0 || !records.isEmpty else { throw ValidationError("\(path) has no line that can be read") }
        return records
    }
}
