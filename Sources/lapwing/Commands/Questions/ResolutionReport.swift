import DNSSEC
import DNSWire
import Foundation

/// A resolution as text and as JSON.
struct ResolutionReport: Encodable {
    struct Asked: Encodable {
        var name: String
        var type: String
        var `class`: String
    }

    struct Why: Encodable {
        var code: String
        var zone: String
        var text: String
        var ede: UInt16
    }

    var question: Asked
    var rcode: String
    var dnssec: String
    var reason: Why?
    var answer: [RecordEntry]
    var authority: [RecordEntry]
    var queries: Int
    var milliseconds: Int64

    init(_ resolution: Resolution, elapsed: Duration, showsSignatures: Bool) {
        let asked = resolution.question
        question = Asked(
            name: asked.name.description, type: asked.type.description, class: asked.recordClass.description)
        rcode = resolution.responseCode.description
        dnssec = resolution.proof.verdict.rawValue
        reason = resolution.proof.reason.map {
            Why(code: $0.code.rawValue, zone: $0.zone.description, text: $0.text, ede: $0.extendedError)
        }
        func lines(_ sets: [SignedSet]) -> [RecordEntry] {
            sets.flatMap { $0.allRecords(withSignatures: showsSignatures) }.map { RecordEntry($0) }
        }
        answer = lines(resolution.answer)
        authority = lines(resolution.authority)
        queries = resolution.queries
        milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    }

    private enum CodingKeys: String, CodingKey {
        case question, rcode, dnssec, reason, answer, authority, queries, milliseconds
    }

    /// Encodes `reason` even if it is null, since readers rely on the key.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(question, forKey: .question)
        try container.encode(rcode, forKey: .rcode)
        try container.encode(dnssec, forKey: .dnssec)
        try container.encode(reason, forKey: .reason)
        try container.encode(answer, forKey: .answer)
        try container.encode(authority, forKey: .authority)
        try container.encode(queries, forKey: .queries)
        try container.encode(milliseconds, forKey: .milliseconds)
    }

    /// One JSON object on one line.
    var json: String {
        get throws { try JSONOutput.text(self) }
    }

    /// The verdict first, then the records as in a zone file.
    var text: String {
        var lines = ["\(question.name) \(question.type): \(rcode), \(dnssec)"]
        if let reason { lines.append("  \(reason.text) [\(reason.code), zone \(reason.zone)]") }
        for record in answer + authority {
            lines.append("\(record.name)\t\(record.ttl)\t\(record.class)\t\(record.type)\t\(record.data)")
        }
        lines.append("\(queries) queries, \(milliseconds) ms")
        return lines.joined(separator: "\n")
    }
}
