import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingImport

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Imports domains from zone files, tables, other monitors and DNS tools.",
        discussion: """
            The format is recognised by the content. Without --into nothing is written: new, changed and removed domains \
            are shown, and refused entries with line and reason. Importing the same input again changes nothing.

            Examples:
              lapwing import example.com.zone
              lapwing import domains.csv --into conf.d
              lapwing import octodns/ --into store --tag dns-as-code
              terraform show -json | lapwing import - --source terraform --into conf.d
            """)

    @Argument(help: "A file, a folder, or - for standard input.")
    var input: String

    @Option(
        help:
            "Where to write: conf.d (beside the configuration), another folder, or store. Nothing is written without it."
    )
    var into: String?

    @Option(help: "The format of the input, instead of recognising it.")
    var format: ImportFormat?

    @Option(help: "The name by which later imports recognise this source; default: from the input's name.")
    var source: String?

    @Option(help: "A tag for all of the domains. Repeatable.")
    var tag: [String] = []

    @Option(help: "The zone of a zone file without $ORIGIN.", transform: DomainArgument.entered)
    var origin: DomainArgument?

    @Option(help: "The order in dates such as 03/04/2027: day-first or month-first.")
    var dates: DateOrder?

    @Flag(help: "Stop watching domains that came from this source before and are no longer in it.")
    var prune = false

    @Flag(help: "Write nothing if any part of the input is refused.")
    var strict = false

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard into != "" else { throw ValidationError("--into wants conf.d, a folder, or store") }
        guard output.format != .nagios else { throw ValidationError("an import has no output for Nagios") }
    }

    func run() throws {
        let handed: ImportInput
        let result: ImportReading.Result
        do throws(ImportFault) {
            handed = try ImportSource.read(input)
            result = try ImportReading(
                ImportSource.rules, format: format, origin: origin?.name, dates: dates
            ).read(handed)
        } catch {
            try ImportReport.refused(error, output)
            throw ExitCode.failure
        }
        let label = source.map(ImportInput.label) ?? handed.label
        let target = try ImportTarget(into: into, label: label, options: storage)
        var plan = ImportPlan(
            result.domains, tags: tag.map(DomainOptions.escaped), known: target.known, most: target.room,
            watch: target.watch)
        plan.faults = result.faults + plan.faults
        let isRefused = plan.faults.contains { $0.weight != .leftOut }
        var report = ImportReport(
            input: input, label: label, format: result.format, plan: plan, faultCount: result.faultCount,
            prunes: prune)
        let writes = into != nil && !(strict && isRefused) && plan.changesAnything(prunes: prune)
        if writes {
            try target.apply(
                plan, from: "\(input) (\(result.format.title))", label: label, prunes: prune, options: storage)
        }
        report.written = writes ? target.place : nil
        report.isReadByDaemon = target.isReadByDaemon
        report.wasAsked = into != nil
        report.wasHeldBack = into != nil && strict && isRefused
        try report.show(output)
        if isRefused { throw ExitCode.failure }
    }
}

extension ImportFormat: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}
