import Foundation
import LapwingWeb
import Testing

@Suite("Files of the page")
struct AssetTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/LapwingWeb/Assets").standardized

    @Test("are those of the folder: each has its three lines in Sources/CWebAssets/web_assets.c")
    func files() throws {
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder.path))
        for name in names.symmetricDifference(Assets.all.keys) {
            Issue.record("\(name) is in \(names.contains(name) ? "the folder" : "the program") only")
        }
        for (name, text) in Assets.all {
            let file = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
            #expect(text == file, "\(name) is not as in the folder: the program is older, or the file has a zero byte")
        }
    }

    @Test(
        "are all that the program asks for by name",
        arguments: ["lapwing.css", "lapwing.js", "client.css", "client.js", "openapi.json"])
    func known(name: String) {
        #expect(Assets.all[name]?.isEmpty == false)
    }
}
