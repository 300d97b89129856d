#if canImport(LapwingProbes)
    import DNSClient
    import DNSSEC
    import DNSWire
    import Foundation
    import LapwingCrypto
    import LapwingProbes

    extension Exercise {
        /// Walks to each name of standard input from the root of these hints and keys, beginning with nothing known, and
        /// prints how many were secure, insecure or not resolved, and the CPU time; when warm, that of the first name is
        /// left out.
        static func walk(hints: String, anchor: String, isWarm: Bool) async {
            func records(_ path: String) -> [Record] {
                guard let data = FileManager.default.contents(atPath: path) else { return [] }
                var reader = ZoneText(Array(data), defaults: ZoneText.Defaults(ttl: 3600))
                var found: [Record] = []
                while let line = try? reader.next() { found.append(line.record) }
                return found
            }
            var settings = ResolverSettings(
                roots: RootHints(records: records(hints)), anchors: TrustAnchors(records: records(anchor)),
                usesIPv6: false)
            settings.keepsTrace = false
            let client = DNSClient()
            let driver = ResolutionDriver(client: client, settings: settings, verifier: LibcryptoVerifier())
            var memory = ResolutionCache()
            var counts: [String: Int] = [:]
            var queries = 0
            var began = 0.0
            while let line = readLine() {
                guard let name = try? Name(line) else { continue }
                let now = Int64(Date().timeIntervalSince1970)
                let found = await driver.resolve(Question(name: name, type: .a), memory: &memory, now: now)
                counts[found.proof.verdict.rawValue, default: 0] += 1
                queries += found.queries
                if isWarm, began == 0 { began = seconds() }
            }
            await client.shutdown()
            let cpu = seconds() - began
            let told = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            print("\(told); \(queries) queries, \(String(format: "%.3f", cpu)) s CPU")
        }
    }
#endif
