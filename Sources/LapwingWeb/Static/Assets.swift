internal import CWebAssets

/// The files of `Sources/LapwingWeb/Assets`, embedded at build time, so that the program needs no files beside itself.
package enum Assets {
    /// Text by file name.
    package static let all: [String: String] = {
        var texts: [String: String] = [:]
        var place = 0
        while let name = web_asset_at(place).name {
            texts[String(cString: name)] = String(cString: web_asset_at(place).text)
            place += 1
        }
        return texts
    }()
}
