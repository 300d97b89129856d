import ArgumentParser
import RegistrationData

/// Registration data of a domain.
struct RegistrationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registration",
        abstract: "Registrar, dates, statuses, name servers and DS of a domain, with the source of each fact.",
        discussion: """
            Examples:
              lapwing registration example.com
              lapwing registration example.com --json
              lapwing registration parse < answers.jsonl
            """,
        subcommands: [Look.self, Parse.self], defaultSubcommand: Look.self)

    /// Parses responses that were stored before.
    struct Parse: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "parse",
            abstract: "Reads answers of registries, one JSON object a line on stdin, without using the network.",
            discussion: """
                A line is {"id","domain","server","raw"} with the text of a WHOIS server, or {"id","domain","rdap":{…}}. \
                One answer a line is written, in the order of the input; other lines are reported on stderr.
                """)

        @Flag(help: "Print on stderr how long reading took: median and maximum, in milliseconds.")
        var timing = false

        func run() throws {
            var number = 0
            var failed = false
            var times: [Duration] = []
            let clock = ContinuousClock()
            while let line = readLine() {
                number += 1
                if line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
                let start = clock.now
                let read = RegistrationAnswer.answer(toLine: Array(line.utf8))
                if timing { times.append(clock.now - start) }
                guard let answer = read else {
                    StandardError.print("line \(number): not a JSON object with an `id`")
                    failed = true
                    continue
                }
                print(answer.json)
            }
            if timing, let worst = times.max() {
                let median = times.sorted()[times.count / 2]
                StandardError.print(
                    "\(times.count) answers, median \(Self.milliseconds(median)) ms, worst \(Self.milliseconds(worst)) ms"
                )
            }
            if failed { throw ExitCode.failure }
        }

        private static func milliseconds(_ time: Duration) -> Double {
            (Double(time.components.attoseconds) / 1e12).rounded() / 1000 + Double(time.components.seconds) * 1000
        }
    }
}
