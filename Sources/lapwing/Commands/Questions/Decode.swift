import ArgumentParser
import DNSWire
import Foundation

/// Shows messages in hexadecimal as JSON: a line in, a line out.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Reads DNS messages in hexadecimal, one a line, and writes each as one JSON object.",
        discussion: "A message that is not sound becomes {\"ok\":false,\"error\":{\"code\",\"offset\",\"text\"}}.")

    func run() {
        while let line = readLine() {
            print(Message.json(hexadecimal: Array(line.utf8)))
            // Programs that write line by line wait for each answer.
            fflush(nil)
        }
    }
}
