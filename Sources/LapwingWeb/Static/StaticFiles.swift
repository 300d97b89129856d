/// The few files that pages need, embedded in the program.
///
/// Their names contain a digest, so they may be cached for ever.
enum StaticFiles {
    struct File: Sendable {
        var name: String
        var contentType: String
        var body: String

        init(stem: String, suffix: String, contentType: String, body: String) {
            name = "\(stem).\(StaticFiles.digest(body)).\(suffix)"
            self.contentType = contentType
            self.body = body
        }
    }

    static let style = asset("css", "text/css; charset=utf-8")
    /// For reports and the pages of clients.
    static let clientStyle = File(
        stem: "client", suffix: "css", contentType: "text/css; charset=utf-8", body: ClientStyle.text(nil))
    /// For the pages of clients: converts times to the reader's time zone.
    static let clientCode = Assets.all["client.js"] ?? ""
    static let code = asset("js", "text/javascript; charset=utf-8")
    static let goodIcon = icon("good", "#2c9c74")
    static let warningIcon = icon("warning", "#d08a17")
    static let badIcon = icon("failing", "#d3402f")

    static let all: [String: File] = Dictionary(
        [style, clientStyle, code, goodIcon, warningIcon, badIcon].map { ($0.name, $0) }, uniquingKeysWith: { $1 })

    private static func asset(_ suffix: String, _ contentType: String) -> File {
        File(stem: "lapwing", suffix: suffix, contentType: contentType, body: Assets.all["lapwing.\(suffix)"] ?? "")
    }

    private static func icon(_ stem: String, _ colour: String) -> File {
        let picture =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"11\""
            + " fill=\"\(colour)\"/><path d=\"M3 15c4-7 9-9 14-8l4-3-2 5c1 6-4 10-9 10 2-1 3-2 3-3-4 1-7 0-10-1z\" fill=\"#fff\"/></svg>"
        return File(stem: stem, suffix: "svg", contentType: "image/svg+xml", body: picture)
    }

    /// FNV-1a in hex, to tell versions of a file apart; not for security.
    static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
