internal import CFindingPages

/// The documentation of findings, as it was when the program was made.
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
}
