import Foundation
import LapwingCore
import Testing

@Suite struct SetValueTests {
    /// Stores hold these words; another one would make every memory with such a value unreadable.
    @Test(arguments: [
        ("data", SetValue.Kind.data), ("elsewhere", .elsewhere), ("noData", .noData), ("noName", .nxDomain),
    ])
    func kindsAreStoredUnderTheirFirstNames(_ word: String, _ kind: SetValue.Kind) throws {
        let stored = Data(#"{"kind":"\#(word)","members":[]}"#.utf8)
        #expect(try JSONDecoder().decode(SetValue.self, from: stored) == SetValue(kind: kind))
        #expect(kind.rawValue == word)
    }
}
