import Glibc
import LapwingWeb
import Synchronization
import Testing

@Suite struct LoginPoolTests {
    /// Closed until it is opened; checks wait in front of it.
    private final class Door: Sendable {
        private let isOpen = Mutex(false)
        func open() { isOpen.withLock { $0 = true } }
        func pass() {
            while !isOpen.withLock({ $0 }) { usleep(1000) }
        }
    }

    private final class Record: Sendable {
        private let texts = Mutex<[String]>([])
        func add(_ text: String) { texts.withLock { $0.append(text) } }
        var all: [String] { texts.withLock { $0 } }
    }

    @Test func anAddressThatSendsManyWaitsBehindItself() async {
        let pool = LoginPool()
        let door = Door()
        let order = Record()
        await withTaskGroup(of: Void.self) { group in
            // The places are taken, then many wait of one address, then comes another one.
            for index in 0..<LoginPool.width + 30 {
                group.addTask {
                    _ = await pool.check(from: "192.0.2.1") {
                        door.pass()
                        order.add("many")
                        return false
                    }
                }
                if index == LoginPool.width - 1 { try? await Task.sleep(for: .milliseconds(50)) }
            }
            try? await Task.sleep(for: .milliseconds(200))
            group.addTask {
                let said = await pool.check(from: "192.0.2.2") {
                    order.add("one")
                    return true
                }
                #expect(said == true)
            }
            try? await Task.sleep(for: .milliseconds(100))
            door.open()
        }
        let place = order.all.firstIndex(of: "one") ?? .max
        #expect(place <= LoginPool.width + 2)
        #expect(order.all.count == LoginPool.width + 31)
    }

    @Test func tooManyOfOneAddressAreTurnedAwayAndOthersAreNot() async {
        let pool = LoginPool()
        let door = Door()
        let turnedAway = Record()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<LoginPool.width + LoginPool.mostOfOneAddress + 5 {
                group.addTask {
                    let said = await pool.check(from: "192.0.2.1") {
                        door.pass()
                        return true
                    }
                    if said == nil { turnedAway.add("one") }
                }
            }
            try? await Task.sleep(for: .milliseconds(300))
            group.addTask { #expect(await pool.check(from: "192.0.2.2") { true } == true) }
            try? await Task.sleep(for: .milliseconds(50))
            door.open()
        }
        #expect(turnedAway.all.count == 5)
        #expect(await pool.check(from: "192.0.2.1") { true } == true)
    }
}
