import DNSWire
import Foundation

/// Drives DNSWire from a script: a mode as argument, a case a line on standard input, an answer a line.
@main
struct Exercise {
    static func main() {
        let mode = CommandLine.arguments.dropFirst().first ?? ""
        switch mode {
        case "decode": lines { Message.json(hexadecimal: Array($0.utf8)) }
        case "encode": lines(encode)
        case "text": lines(text)
        case "name": lines { line in answer { try Name(line).wire } }
        case "zone": zone(Array(CommandLine.arguments.dropFirst(2)))
        case "bench": bench(passes: Int(CommandLine.arguments.dropFirst(2).first ?? "") ?? 1000)
        default:
            FileHandle.standardError.write(
                Data("modes: decode, encode, text, name, zone FILE ORIGIN, bench PASSES\n".utf8))
            exit(64)
        }
    }

    private static func lines(_ answer: (String) -> String) {
        while let line = readLine() { print(answer(line)) }
    }

    private static func answer(_ bytes: () throws -> [UInt8]) -> String {
        do { return try bytes().map { String(format: "%02x", $0) }.joined() } catch { return "! \(error)" }
    }

    /// Decodes and encodes again; says where the second decoding differs from the first.
    private static func encode(_ line: String) -> String {
        answer {
            let message = try Message(decoding: bytes(line))
            let encoded = try message.encoded()
            guard try Message(decoding: encoded) == message else { throw Difference() }
            return encoded
        }
    }

    private struct Difference: Error {}

    /// `CLASS TYPE TEXT` to record data in hexadecimal.
    private static func text(_ line: String) -> String {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let recordClass = RecordClass(String(parts[0])),
            let type = RecordType(String(parts[1]))
        else { return "! usage" }
        return answer { try RecordData(type: type, recordClass: recordClass, text: String(parts[2])).bytes }
    }

    /// Reads a zone file and writes every record with its data as bytes: name, time, class, type, hexadecimal.
    private static func zone(_ arguments: [String]) {
        guard arguments.count == 2, let data = FileManager.default.contents(atPath: arguments[0]),
            let origin = try? Name(arguments[1])
        else { exit(64) }
        var reader = ZoneText(Array(data), defaults: .init(origin: origin))
        do {
            while let line = try reader.next() { print(line.record.text) }
        } catch {
            print("! \(arguments[0]):\(error)")
            exit(1)
        }
    }

    private static func bytes(_ line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = line.utf8[...]
        while rest.count >= 2 {
            bytes.append(UInt8(String(Substring(rest.prefix(2))), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// Reads messages in hexadecimal, then times how long each takes to be summed up and to be read, in nanoseconds of
    /// processor time.
    private static func bench(passes: Int) {
        var messages: [[UInt8]] = []
        while let line = readLine() { messages.append(bytes(line)) }
        var digester = AnswerDigester(key: .init(low: 1, high: 2))
        var checksum: UInt128 = 0
        let start = clock()
        for _ in 0..<passes {
            for message in messages {
                if let summary = try? digester.summary(of: message.span) { checksum ^= summary.answer.value }
            }
        }
        let summed = clock()
        var count = 0
        for _ in 0..<passes {
            for message in messages { count += (try? digester.scan(message.span)) ?? 0 }
        }
        let middle = clock()
        for _ in 0..<passes {
            for message in messages { count += (try? Message(decoding: message))?.answers.count ?? 0 }
        }
        let end = clock()
        let total = Double(max(1, passes * messages.count))
        let nanoseconds = { (ticks: clock_t) in Double(ticks) * 1e9 / Double(CLOCKS_PER_SEC) / total }
        print(
            "parse \(nanoseconds(middle - summed)) ns, summary \(nanoseconds(summed - start)) ns, message \(nanoseconds(end - middle)) ns (\(checksum != 0), \(count))"
        )
    }
}
