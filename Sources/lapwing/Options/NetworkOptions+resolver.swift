import ArgumentParser
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingProbes

extension NetworkOptions {
    /// Returns the root hints and trust anchors, from the named files or built in.
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

    /// Returns the addresses that are never queried even if a zone contains them: the configured ones, by default all
    /// outside the public Internet. With other root servers, as in a laboratory, all addresses are queried by default.
    func unasked(_ settings: Settings? = nil) -> [AddressBlock] {
        settings?.unasked ?? (rootHints == nil ? AddressBlock.notOfInternet : [])
    }

    /// Returns the reason why results on this network are worthless, if DNS to the root servers is intercepted.
    func interception(over client: DNSClient, roots: RootHints) async -> Reason? {
        let watch = RootWatch(roots: roots, now: { Timestamp(seconds: 0) }) { await client.rootAuthority(at: $0) }
        let sight = await watch.sight()
        return sight.isIntercepted ? Reason(.intercepted, zone: .root, sight.sentence) : nil
    }

    /// The time at which signatures are validated, in seconds since 1970.
    var seconds: Int64 { at?.seconds ?? Int64(Date().timeIntervalSince1970) }

    /// The time limit for one server.
    var patience: Duration { .milliseconds(Int64((timeout ?? 2.5) * 1000)) }

    /// Parses a name from the command line.
    static func name(_ text: String) throws -> Name {
        do throws(WireError) {
            return try Name(text)
        } catch {
            throw ValidationError("not a domain name: \(text): \(error)")
        }
    }

    /// Reads the records of a file. Unreadable lines are reported, and are fatal if no line of a non-empty file
    /// remains.
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
