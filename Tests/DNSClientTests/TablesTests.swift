import DNSClient
import Testing

/// The engine's timers and its table of questions, against plain models.
@Suite struct TablesTests {
    @Test("timers fire once, none early, none more than two buckets late")
    func timers() {
        var random = Numbers(state: 7)
        var now = Monotonic.milliseconds(1_000_000)
        var wheel = TimerWheel(at: now)
        var model: [Int32: Monotonic] = [:]
        for _ in 0..<3000 {
            let slot = Int32.random(in: 0..<400, using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 {
                wheel.cancel(slot)
                model[slot] = nil
            } else {
                // Beyond the wheel's horizon, too.
                let due = now + .milliseconds(Int64.random(in: 0..<9000, using: &random))
                wheel.set(slot, due: due)
                model[slot] = due
            }
            now = now + .milliseconds(Int64.random(in: 0..<20, using: &random))
            var expired: [Int32] = []
            wheel.advance(to: now, into: &expired)
            for slot in expired {
                let due = model.removeValue(forKey: slot)
                #expect(due.map { $0 <= now } == true)
            }
            for due in model.values { #expect(due + .milliseconds(10) > now) }
            #expect(wheel.count == model.count)
            #expect((wheel.nextDue == nil) == model.isEmpty)
        }
    }

    @Test("the table finds what was entered and nothing else")
    func table() {
        var random = Numbers(state: 11)
        var table = InFlightTable(capacity: 16)
        var model: [UInt32: Int32] = [:]
        for step in 0..<20000 {
            let socket = Int32.random(in: 0..<3, using: &random)
            let id = UInt16.random(in: 0..<300, using: &random)
            let key = UInt32(socket) << 16 | UInt32(id)
            if Bool.random(using: &random) {
                #expect(table.insert(Int32(step), socket: socket, id: id) == (model[key] == nil))
                model[key] = model[key] ?? Int32(step)
            } else {
                table.remove(socket: socket, id: id)
                model[key] = nil
            }
            #expect(table.slot(socket: socket, id: id) == model[key])
            #expect(table.count == model.count)
        }
        for (key, slot) in model {
            #expect(table.slot(socket: Int32(key >> 16), id: UInt16(key & 0xFFFF)) == slot)
        }
    }

    @Test("a pace is kept, and what was missed is not made up for in a burst")
    func pace() {
        var now = Monotonic.milliseconds(5)
        var pace = Pace(rate: 10_000, at: now)
        var sent = 0
        for _ in 0..<1000 {
            now = now + Pace.tick
            let count = pace.allowance(at: now)
            pace.spend(count)
            sent += count
        }
        #expect((19_990...20_010).contains(sent))
        // A minute is lost: no burst, and what five seconds have earned is made up for little by little.
        now = now + .milliseconds(60_000)
        sent = 0
        for _ in 0..<10_000 {
            let count = pace.allowance(at: now)
            #expect(count <= (sent == 0 ? 300 : 30))
            pace.spend(count)
            sent += count
            now = now + Pace.tick
        }
        #expect((249_000...251_000).contains(sent))
        var slow = Pace(rate: 10, at: now)
        now = now + .milliseconds(60_000)
        let count = slow.allowance(at: now)
        slow.spend(count)
        #expect(count <= 1)
        #expect(slow.next(after: now) - now > .milliseconds(60))
    }
}

@Suite struct SendWindowTests {
    @Test("a server that loses some is asked less at once, and more again when it answers; a dead one is not")
    func window() {
        var window = SendWindow(most: 256)
        for _ in 0..<1000 { window.noteLoss() }
        #expect(window.size == 256)
        for _ in 0..<20 {
            for _ in 0..<300 { window.noteAnswer() }
            window.noteLoss()
        }
        #expect((32..<256).contains(window.size))
        for _ in 0..<10_000 { window.noteAnswer() }
        #expect(window.size == 256)
    }
}
