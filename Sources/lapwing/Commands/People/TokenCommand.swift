import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingStore

/// API tokens for programs. All subcommands work beside a running daemon, which notices changes at once.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Creates, lists and revokes tokens for the API.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Creates a token and shows it, once.",
            discussion: """
                It is sent as `Authorization: Bearer TOKEN`. Only its SHA-256 is kept, so it cannot be shown again. A \
                running daemon accepts it at once.

                Examples:
                  lapwing token create prometheus --role look
                  lapwing token create client-a --role act --tag client-a --expires 90d
                """)

        @Argument(
            help: "Its name: letters, digits, dots, hyphens and underscores.", transform: CredentialName.read)
        var name: String

        @OptionGroup var rights: RightsOptions

        @Option(help: "How long it is valid, such as 90d; default: for ever.", transform: Self.duration)
        var expires: Int64?

        @OptionGroup var storage: StoreOptions

        func run() throws {
            let store = try storage.open()
            let secret = "lapwing_" + Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0...255) })
            let now = currentTime
            let token = AccessToken(
                name: name, rights: rights.rights, createdAt: now, expires: expires.map { now.adding(seconds: $0) })
            let digest = MessageDigest.sha256.of(Array(secret.utf8))
            guard try store.add(token, digest: digest, by: .atTerminal) else {
                throw ExitCode.failure(saying: "there is a token `\(name)` already; lapwing token revoke \(name)")
            }
            StandardError.print("\(name) may \(token.terms); it is not shown again:")
            print(secret)
        }

        private static func duration(_ text: String) throws -> Int64 {
            guard let seconds = DurationText.seconds(text), (1...3650 * 86_400).contains(seconds) else {
                throw ValidationError("`\(text)` is no time up to 3650d; write 12h or 90d")
            }
            return seconds
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the tokens: role, tags, expiry and last use.")

        @OptionGroup var storage: StoreOptions
        @OptionGroup var output: OutputOptions

        private struct Line: CredentialLine {
            var name: String
            var role: String
            var tags: [String]?
            var created: String
            var expires: String?
            var expired: Bool
            var last_use: String?

            var further: [String] {
                [
                    expires.map { (expired ? "expired at " : "until ") + $0 } ?? "for ever",
                    last_use.map { "last used \($0)" } ?? "never used",
                ]
            }
        }

        func run() throws {
            let now = currentTime
            let lines = try storage.open(.reader).tokens().map { token in
                Line(
                    name: token.name, role: token.rights.role.rawValue, tags: token.rights.tags.map { $0.sorted() },
                    created: "\(token.createdAt)", expires: token.expires?.description,
                    expired: token.expires.map { $0 <= now } ?? false, last_use: token.usedAt?.description)
            }
            try output.print(lines, under: "tokens")
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Revokes a token from now on.")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var storage: StoreOptions

        func run() throws {
            guard try storage.open().revoke(token: name, by: .atTerminal, at: currentTime) else {
                throw ExitCode.failure(saying: "there is no token `\(name.visible)`")
            }
            print("\(name.visible) is refused from now on")
        }
    }
}
