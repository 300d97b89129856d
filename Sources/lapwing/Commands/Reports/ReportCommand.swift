import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore
import LapwingWeb

/// Reports a month, a week or some days, for all domains or for those of a client.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports a month, a week or some days: incidents, changes, availability, expiries.",
        discussion: """
            Examples:
              lapwing report --file report.html                      the last whole month, all domains
              lapwing report --client acme --month 2026-10 --format pdf --file acme.pdf
              lapwing report --week 2026-W44 --format csv
              lapwing report --from 2026-10-03 --to 2026-10-09 --format json
            A report for a client shows what its page may show, and no other client's domains. PDF is made by weasyprint \
            or Chromium, whichever is installed.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, csv, json, pdf
    }

    @Option(help: "The client whose domains are reported; default: all domains.")
    var client: String?

    @Option(help: "A month, such as 2026-10.")
    var month: String?

    @Option(help: "A week, such as 2026-W44 (ISO 8601).")
    var week: String?

    @Option(help: "The first day, such as 2026-10-03.")
    var from: String?

    @Option(help: "The last day, inclusive; default: today.")
    var to: String?

    @Option(help: "en, de, fr, es, pt or ru; default: the client's language.")
    var language: Language?

    @Option(help: "html, csv, json or pdf.")
    var format = Format.html

    @Option(help: "The file to write, instead of standard output.", completion: .file())
    var file: String?

    @OptionGroup var storage: StoreOptions

    func validate() throws {
        let ways = [month != nil, week != nil, from != nil || to != nil].count(where: \.self)
        if ways > 1 { throw ValidationError("one of --month, --week and --from can be given") }
        _ = try period(at: currentTime)
    }

    private func period(at now: Timestamp) throws -> ReportPeriod {
        if let month {
            guard let period = ReportPeriod(month: month) else {
                throw ValidationError("`\(month.visible)` is no month; write 2026-10")
            }
            return period
        }
        if let week {
            guard let period = ReportPeriod(week: week) else {
                throw ValidationError("`\(week.visible)` is no week of its year; write 2026-W44")
            }
            return period
        }
        if from == nil, to == nil { return .lastMonth(before: now) }
        guard let from else { throw ValidationError("--to needs --from") }
        guard let period = ReportPeriod(from: from, to: to ?? DayNumber(of: now).text) else {
            throw ValidationError("--from and --to take days in their order, such as 2026-10-03, ten years at most")
        }
        return period
    }

    func run() throws {
        let now = currentTime
        let store = try storage.open()
        let subjects = try ClientSubjects(storage, in: store)
        let client = try client.map(subjects.client)
        let material = try store.material(of: subjects.watches(of: client), period: try period(at: now), at: now)
        // The formats for programs are the same in every language.
        let wording =
            format == .json
            ? .plain : Wording(language ?? client?.language ?? .english, clock: client?.clock)
        let report = Report(material, for: subjects.audience(client), in: wording)
        let document = ReportDocument(report, client: client)
        switch format {
        case .html: try write(Data(try document.html().utf8))
        case .csv: try write(Data(document.table.utf8))
        case .json: try write(Data((document.json + "\n").utf8))
        case .pdf:
            guard file != nil || isatty(STDOUT_FILENO) == 0 else {
                throw ValidationError("a PDF is no text for a terminal; --file \(document.name).pdf writes one")
            }
            do {
                try write(try PDFMaker.pdf(of: try document.html()))
            } catch let fault as PDFMaker.Fault {
                StandardError.print(fault.description)
                throw ExitCode.failure
            }
        }
    }

    private func write(_ data: Data) throws {
        guard let file else {
            try FileHandle.standardOutput.write(contentsOf: data)
            return
        }
        do {
            try data.write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            StandardError.print("cannot write \(file): \(error.localizedDescription)")
            throw ExitCode.failure
        }
    }
}

extension Language: ExpressibleByArgument {}
