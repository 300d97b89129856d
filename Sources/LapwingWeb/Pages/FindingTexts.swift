internal import CFindingPages

/// The documentation of findings, embedded at build time.
package enum FindingTexts {
    /// Markdown by code.
    package static let all: [String: String] = {
        var texts: [String: String] = [:]
        var place = 0
        while let code = finding_page_at(place).code {
            let page = finding_page_at(place)
            let bytes = UnsafeBufferPointer(start: page.text, count: page.size)
            texts[String(cString: code)] = String(decoding: bytes, as: UTF8.self)
            place += 1
        }
        return texts
    }()

    /// The heading of a page; the code itself if there is none.
    package static func title(of code: String) -> String {
        all[code]?.split(separator: "\n").first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) } ?? code
    }
}
