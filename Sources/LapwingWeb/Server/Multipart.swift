/// A form with files (RFC 7578): its fields by name, in their order.
package struct Multipart {
    /// One field of the form.
    package struct Part {
        /// The name of the field, from its `Content-Disposition`.
        package var name: String
        /// Nil for a field that is not a file.
        package var file: String?
        /// The value of the field, or the content of the file, as it was sent.
        package var content: [UInt8]
    }

    /// The largest number of fields of a form.
    private static let mostParts = 32

    /// The fields in the order of the form, at most 32.
    package var parts: [Part] = []

    /// - Parameter contentType: the value of the request's header.
    /// - Returns: nil if the body is not well-formed.
    package init?(_ body: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count) else {
            return nil
        }
        let mark = Array(("--" + boundary).utf8)
        guard body.starts(with: mark) else { return nil }
        var position = mark.count
        // A line break belongs to the delimiter that follows it.
        let divider = [13, 10] + mark
        while true {
            if body[position...].starts(with: [45, 45]) { return }
            guard body[position...].starts(with: [13, 10]), parts.count < Self.mostParts,
                let end = Self.find(divider, in: body, from: position),
                let part = Self.part(body[(position + 2)..<max(position + 2, end)])
            else { return nil }
            parts.append(part)
            position = end + divider.count
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        let all = Array(bytes)
        guard let end = find([13, 10, 13, 10], in: all, from: 0), end < 4096,
            let head = String(validating: all[..<end], as: UTF8.self)
        else { return nil }
        for line in head.split(separator: "\r\n") {
            guard line.lowercased().hasPrefix("content-disposition:"), let name = parameter("name", of: String(line))
            else { continue }
            return Part(
                name: name, file: parameter("filename", of: String(line)), content: Array(all[(end + 4)...]))
        }
        return nil
    }

    /// Returns the value of `name=value` or `name="value"` after a semicolon.
    private static func parameter(_ name: String, of text: String) -> String? {
        for piece in text.split(separator: ";").dropFirst() {
            let trimmed = piece.drop { $0 == " " }
            guard trimmed.lowercased().hasPrefix(name + "=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
        }
        return nil
    }

    /// Returns the offset of a pattern. The search is linear in practice, since the pattern begins with a line break.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        while let next = bytes[position...].firstIndex(of: pattern[0]) {
            if bytes[next...].starts(with: pattern) { return next }
            position = next + 1
        }
        return nil
    }
}
