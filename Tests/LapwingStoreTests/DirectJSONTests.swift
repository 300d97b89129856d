import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// What is written without a detour is what the usual encoder's decoder reads.
@Suite struct DirectJSONTests {
    private struct Inner: Codable, Hashable {
        var text: String
        var number: Int?
        var list: [Int8] = []
    }

    private enum Kind: Codable, Hashable {
        case plain
        case with(Inner, count: UInt64)
    }

    private struct Outer: Codable, Hashable {
        var inner: Inner
        var inners: [Inner] = []
        var byText: [String: Inner] = [:]
        var byNumber: [Int: String] = [:]
        var byName: [Name: [Bool]] = [:]
        var kinds: [Kind] = []
        var deep: [[[String]]] = []
        var maybe: [Double?] = []
        var float: Float = 0.25
        var least = Int64.min
        var most = UInt64.max
    }

    @Test("values of all kinds come back")
    func kinds() throws {
        let odd = "\"\\/\u{0}\u{1F}\u{7F}\n\r\t\u{8}ü日\u{2028}👩‍👩‍👧 [{,:]}"
        var outer = Outer(inner: Inner(text: odd, number: -5, list: [1, -2, .min]))
        #expect(try read(outer) == outer)
        outer.inners = [outer.inner, Inner(text: ""), Inner(text: "[")]
        outer.byText = [odd: outer.inner, "": Inner(text: "{"), "a": Inner(text: ",")]
        outer.byNumber = [3: "three", -1: ""]
        outer.byName = [try Name("a.example"): [true, false], try Name("b.example"): []]
        outer.kinds = [.plain, .with(outer.inner, count: 7), .plain]
        outer.deep = [[], [[]], [["a"], [], ["b", "c"]]]
        outer.maybe = [nil, 1.5, -1e300, 5, nil, 0.1]
        #expect(try read(outer) == outer)
        #expect(try read([Outer]()) == [])
        #expect(try read([outer, outer]) == [outer, outer])
        #expect(try read([String: Int]()) == [:])
    }

    private func read<Value: Codable>(_ value: Value) throws -> Value {
        let text = try DirectJSON.encode(value)
        return try JSONDecoder().decode(Value.self, from: text)
    }

    /// Encodes itself by containers within containers.
    private struct Nested: Encodable {
        enum Key: String, CodingKey { case a, b, c, d, e }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .a)
            try list.encode(1)
            var within = list.nestedContainer(keyedBy: Key.self)
            try within.encode("x", forKey: .a)
            try within.encodeNil(forKey: .b)
            var empty = list.nestedUnkeyedContainer()
            #expect(empty.count == 0)
            try list.encode(true)
            #expect(list.count == 4)
            var single = object.superEncoder(forKey: .b).singleValueContainer()
            try single.encode("y")
            var again = encoder.container(keyedBy: Key.self)
            _ = again.nestedContainer(keyedBy: Key.self, forKey: .c)
            try again.encode([Nothing(), Nothing()], forKey: .d)
            empty = object.nestedUnkeyedContainer(forKey: .e)
            try empty.encode(UInt16(9))
        }
    }

    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) throws {}
    }

    @Test("containers within containers are closed where others begin")
    func nested() throws {
        let text = String(decoding: try DirectJSON.encode(Nested()), as: UTF8.self)
        #expect(text == #"{"a":[1,{"a":"x","b":null},[],true],"b":"y","c":{},"d":[{},{}],"e":[9]}"#)
    }

    @Test("what JSON cannot say is refused")
    func refused() {
        #expect(throws: EncodingError.self) { try DirectJSON.encode([Double.nan]) }
        #expect(throws: EncodingError.self) { try DirectJSON.encode(["a": Float.infinity]) }
        #expect(throws: EncodingError.self) { try DirectJSON.encode([Data([1])]) }
        #expect(throws: EncodingError.self) { try DirectJSON.encode(["a": Date.now]) }
    }

    @Test(
        "a text that is kept is as long as it was, whatever its length",
        arguments: [1, 2, 511, 512, 513, 40_000, 300_000])
    func lengths(_ count: Int) throws {
        let store = try Store()
        var record = try Made.round(2, of: try Name("a.example"))
        // Texts that repeat themselves far back and near by.
        record.outcome.state.announcements = [
            Announcement(
                from: Made.now, to: Made.now, subjects: [String(repeating: "ab\"", count: count)],
                before: (0..<min(count, 900)).map { "192.0.2.\($0 &* 7919 % 251)" })
        ]
        _ = try store.commit(record)
        #expect(try store.state(of: try Name("a.example")) == record.outcome.state)
    }
}
