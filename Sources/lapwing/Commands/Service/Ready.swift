import ArgumentParser
import AsyncHTTPClient
import Foundation
import LapwingConfig
import LapwingCore
import LapwingOutgoing
import NIOCore
import NIOHTTP1
import NIOSSL

/// Checks whether the daemon on this machine works, for supervisors that restart it otherwise.
struct Ready: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready",
        abstract: "Checks whether the daemon of this machine is up and on time; exit code 0 or 1.",
        discussion: "Asks the configured listener for /-/ready; for containers and supervisors.")

    @Option(
        name: [.customLong("config"), .customLong("config.file")],
        help: "The daemon's configuration; lapwing.yml if there is one.")
    var config: String?

    @Option(help: "The page's address, instead of the configured listener.")
    var url: String?

    @Flag(help: "Only check that it answers: /-/healthy instead of /-/ready, for liveness checks.")
    var alive = false

    @Option(help: "Seconds to wait.")
    var timeout = 5.0

    func validate() throws {
        guard timeout > 0, timeout <= 60 else { throw ValidationError("--timeout takes up to 60 seconds") }
    }

    func run() async throws {
        var configuration = OutgoingHTTP.configuration
        var addresses: [String]
        if let url {
            addresses = [url]
        } else {
            let settings = try SettingsFile.readAll(SettingsFile.Source(config)).settings
            let place = Self.place(settings.listen)
            addresses = ["http://\(place)"]
            if settings.web.configFile != nil {
                addresses.insert("https://\(place)", at: 0)
                // The listener is on this machine, under a name that its certificate does not contain.
                var terms = TLSConfiguration.makeClientConfiguration()
                terms.certificateVerification = .none
                configuration.tlsConfiguration = terms
            }
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        var said = ""
        let page = alive ? "/-/healthy" : "/-/ready"
        for address in addresses {
            let base = address.hasSuffix("/") ? String(address.dropLast()) : address
            do {
                let answer = try await client.execute(
                    HTTPClientRequest(url: base + page), timeout: .milliseconds(Int64(timeout * 1000)))
                let body = try? await answer.body.collect(upTo: 4096)
                said = body.map { String(decoding: $0.readableBytesView, as: UTF8.self).visible } ?? ""
                if answer.status == .ok {
                    try? await client.shutdown()
                    print(said.isEmpty ? "Ready" : said)
                    return
                }
                if answer.status == .unauthorized {
                    try? await client.shutdown()
                    print("Up; readiness is shown only after log-in")
                    return
                }
                said = "HTTP \(answer.status.code) \(said)"
            } catch {
                said = "\(base) does not answer: \(error)"
            }
        }
        try? await client.shutdown()
        StandardError.print(said)
        throw ExitCode.failure
    }

    /// Returns the local address of the listener.
    private static func place(_ listen: Settings.Listener) -> String {
        switch listen.host {
        case "0.0.0.0": "127.0.0.1:\(listen.port)"
        case "::": "[::1]:\(listen.port)"
        default: listen.host.contains(":") ? "[\(listen.host)]:\(listen.port)" : "\(listen.host):\(listen.port)"
        }
    }
}
