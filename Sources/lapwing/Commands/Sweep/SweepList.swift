import DNSClient
import DNSWire
import Foundation
import LapwingCore

/// A sweep that shows each answer, so many questions at a time.
struct SweepList: Sendable {
    let client: DNSClient
    let types: [RecordType]
    let servers: [ServerAddress]
    let options: QueryOptions
    /// Questions in flight at once.
    let window: Int
    /// Questions a second; nil for as fast as they are answered.
    let rate: Double?
    /// Whether answers are shown too, and not failures only.
    let isAll: Bool

    private struct Tally {
        var asked = 0
        var failed = 0
    }

    /// Asks for the names of a file, a line each.
    ///
    /// - Returns: false when it was cancelled before the end.
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

    /// The next line without its end; nil at the end of the file. What is longer than a name can be is cut.
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
    /// On one line, its tabs kept.
    fileprivate var visibleTabs: String {
        split(separator: "\t", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\t")
    }
}
