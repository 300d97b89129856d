import LapwingCore

/// A message in a Matrix room, over the client-server API.
enum Matrix {
    /// An event may have 65,536 bytes; it contains the text twice.
    static let longest = TextLength.bytes(16_000)

    private struct Body: Encodable {
        var msgtype = "m.text"
        var body: String
        var format = "org.matrix.custom.html"
        var formatted_body: String
    }

    static func request(_ message: NoticeMessage, homeserver: String, room: String, token: String) throws
        -> OutgoingRequest
    {
        // The server accepts each transaction only once, however often it is sent.
        let transaction = URLPart.encoded(message.notice.id)
        let path = "\(homeserver)/_matrix/client/v3/rooms/\(URLPart.encoded(room))/send/m.room.message/\(transaction)"
        let plain = message.plain(within: longest)
        return try OutgoingRequest(
            .put, json: path, headers: [("Authorization", "Bearer \(token)")],
            Body(body: plain, formatted_body: html(message, of: plain)))
    }

    private static func html(_ message: NoticeMessage, of plain: String) -> String {
        let lines = plain.split(separator: "\n", maxSplits: 1)
        let title = HTMLText.escaped(String(lines.first ?? ""))
        let rest = lines.count > 1 ? HTMLText.lines(String(lines[1])) : ""
        return "<strong>\(title)</strong><br>\(rest)"
    }
}
