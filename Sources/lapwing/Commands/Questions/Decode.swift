import ArgumentParser
import DNSWire
import Foundation

/// Converts DNS messages in hexadecimal to JSON, one per line.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Reads DNS messages in hexadecimal, one a line, and writes each as one JSON object.",
        discussion: "A malformed message becomes {\"ok\":false,\"error\":{\"code\",\"offset\",\"text\"}}.")

    func run() {
        while let line = readLine() {
            print(Message.json(hexadecimal: Array(line.utf8)))
            // A program that writes line by line waits for each answer.
            fflush(nil)
        }
    }
}
