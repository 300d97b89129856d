import Testing

import LapwingWeb

@Suite("Forms with a file")
struct MultipartTests {
    private static func parts(_ body: String, _ type: String = "multipart/form-data; boundary=x") -> [String]? {
        Multipart(Array(body.utf8), contentType: type)?.parts.map {
            "\($0.name)|\($0.file ?? "-")|\(String(decoding: $0.content, as: UTF8.self))"
        }
    }

    @Test("fields and files are found")
    func found() {
        let head = "Content-Disposition: form-data; name=\"list\"\r\n\r\n"
        let file =
            "content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        #expect(
            Self.parts("--x\r\n\(head)a\r\n--\r\nb\r\n--x\r\n\(file)\r\n\r\n--x--\r\n") == [
                "list|-|a\r\n--\r\nb", "file|a.txt|\r\n",
            ])
        #expect(Self.parts("--x--\r\n") == [])
        #expect(Self.parts("--a b\r\n\(head)c\r\n--a b--", "multipart/form-data; boundary=\"a b\"") == ["list|-|c"])
    }

    static let broken = [
        "", "--x", "--x\r\n", "--x\r\n\r\n", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
        "--x\r\nfoo\r\n--x--", "--y--",
        "--x\r\n\r\n\r\n--x--", String(repeating: "--x\r\n", count: 1000),
    ]

    @Test("what is not well formed is refused", arguments: broken.indices)
    func refused(_ index: Int) {
        #expect(Self.parts(Self.broken[index]) == nil)
        #expect(Self.parts("--x--", "multipart/form-data") == nil)
        #expect(Self.parts("--x--", "multipart/form-data; boundary=" + String(repeating: "a", count: 71)) == nil)
    }
}
