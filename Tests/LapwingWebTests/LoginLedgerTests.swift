import LapwingCore
import LapwingWeb
import Testing

@Suite("The ledger of log-ins") struct LoginLedgerTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    @Test("has one entry for an address in ten minutes, and counts the others in the next one")
    func oneAddress() {
        var ledger = LoginLedger()
        let said1 = ledger.refusal(from: "192.0.2.1", as: "anna", at: Self.now)
        #expect(said1 == "as anna")
        for second in 1...40 {
            let said2 = ledger.refusal(from: "192.0.2.1", as: "ben", at: Self.now.adding(seconds: Int64(second)))
            #expect(said2 == nil)
        }
        let said3 = ledger.refusal(from: "192.0.2.2", as: "", at: Self.now)
        #expect(said3 == "")
        let later = Self.now.adding(seconds: LoginLedger.pause)
        let said4 = ledger.refusal(from: "192.0.2.1", as: "", at: later)
        #expect(said4 == "40 more of this address before")
    }

    @Test("has so many entries an hour whatever comes, also when the clock is set back")
    func manyAddresses() {
        var ledger = LoginLedger()
        var entries = 0
        for number in 0..<5000 {
            if ledger.refusal(from: "address \(number)", as: "", at: Self.now) != nil { entries += 1 }
        }
        #expect(entries == LoginLedger.mostAnHour)
        let next = ledger.refusal(from: "another", as: "eve", at: Self.now.adding(seconds: 3600))
        #expect(next == "as eve, \(5000 - LoginLedger.mostAnHour) of others before")
        let said5 = ledger.refusal(from: "third", as: "", at: Self.now.adding(seconds: -9000))
        #expect(said5 == "")
    }

    @Test("takes requests with a password for one visit")
    func visits() {
        var ledger = LoginLedger()
        let said6 = ledger.begins("anna", from: "192.0.2.1", at: Self.now)
        #expect(said6)
        let said7 = ledger.begins("anna", from: "192.0.2.1", at: Self.now.adding(seconds: 60))
        #expect(!said7)
        let said8 = ledger.begins("anna", from: "192.0.2.2", at: Self.now)
        #expect(said8)
        let said9 = ledger.begins("anna", from: "192.0.2.1", at: Self.now.adding(seconds: LoginLedger.visit))
        #expect(said9)
    }
}
