import DNSClient
import DNSWire
import Foundation
import LapwingCore

/// A sweep that prints each answer, with a limit of concurrent queries.
struct SweepList: Sendable {
    let client: DNSClient
    let types: [RecordType]
    let servers: [ServerAddress]
    let options: QueryOptions
    /// Outstanding queries.
    let window: Int
    /// Queries per second; nil for no limit.
    let rate: Double?
    /// Whether answers are printed too, and not only failures.
    let isAll: Bool

    private struct Tally {
        var asked = 0
        var failed = 0
    }

    /// Queries the names of a file, one per line.
    ///
    /// - Returns: false if it was cancelled before the end.
    func run(_ descriptor: Int32) async -> Bool {
        guard let file = fdopen(descriptor, "r") else { return false }
        var tally = Tally()
        await withTaskGroup(of: ExchangeRecord.self) { group in
            var running = 0
            while !Task.isCancelled, let line = Self.line(file) {
                let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
                guard let word = words.first else { continue }
                guard words.count == 1, let name = try? Name(String(word)) else {
                    StandardError.print("no name: \(String(line.prefix(80)).visible)")
                    continue
                }
                for type in types {
                    for server in servers {
                        if running >= window, let record = await group.next() {
                            running -= 1
                            show(record, &tally)
                        }
                        group.addTask { await client.query(name, type, at: server, options: options) }
                        running += 1
                        if let rate { try? await Task.sleep(for: .seconds(1 / rate)) }
                    }
                }
            }
            for await record in group { show(record, &tally) }
        }
        StandardError.print("\(tally.asked) questions, \(tally.failed) without an answer or with an error")
        return !Task.isCancelled
    }

    private func show(_ record: ExchangeRecord, _ tally: inout Tally) {
        tally.asked += 1
        let code: String
        var data = ""
        var isFailure = true
        switch record.reply {
        case .message(let message, _):
            code = "\(message.responseCode)"
            data = message.answers.map { "\($0.type) \($0.data.text)" }.joined(separator: ", ")
            isFailure = message.responseCode != .noError && message.responseCode != .nxDomain
        case .failure(let failure): code = "\(failure)"
        }
        if isFailure { tally.failed += 1 }
        guard isAll || isFailure else { return }
        let question = record.question
        print(
            ["\(question.name)", "\(question.type)", "\(record.server)", code, data].joined(separator: "\t").visibleTabs
        )
    }

    /// Returns the next line without its line break; nil at the end of the file. Lines longer than a name can be are
    /// cut.
    private static func line(_ file: UnsafeMutablePointer<FILE>) -> String? {
        var bytes: [UInt8] = []
        while true {
            let byte = getc(file)
            if byte == EOF { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == 10 { return String(decoding: bytes, as: UTF8.self) }
            if bytes.count < 4096 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        }
    }
}

extension String {
    /// The text on one line, with its tabs.
    fileprivate var visibleTabs: String {
        split(separator: "\t", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\t")
    }
}
