import CDatagramBatch
import Glibc

/// The life of a slot: launched, sent, answered or expired, released.
extension DatagramLoop {
    /// The number of further questions for which a server and the engine have room.
    func room(_ lane: Int32) -> Int {
        guard let state = lanes[Int(lane)] else { return 0 }
        return min(state.window.size - state.inFlight, limits.questions - slots.used)
    }

    /// The number of outstanding questions at a server.
    func inFlight(_ lane: Int32) -> Int { lanes[Int(lane)]?.inFlight ?? 0 }

    /// Starts a question, which is sent at the end of the turn; false if there is no slot.
    func launch(_ owner: DatagramOwner, token: UInt32, lane: Int32) -> Bool {
        guard let slot = slots.take(owner: owner, token: token, lane: lane) else { return false }
        lanes[Int(lane)]?.inFlight += 1
        apply(owner.begin(token, at: now), to: slot)
        return true
    }

    /// Applies the owner's decision to a slot.
    func apply(_ decision: DatagramOwner.Decision, to slot: Int32) {
        switch decision {
        case .wait(let until):
            wheel.set(slot, due: until)
        case .resend(let until) where slots[slot].socket >= 0:
            wheel.set(slot, due: until)
            repeats.append(slot)
            spend(slots[slot].lane)
        case .resend(let until), .renew(let until):
            wheel.set(slot, due: until)
            leaveSocket(slot)
            slots.write(slot)
            enqueue(slot)
            spend(slots[slot].lane)
        case .ignore:
            break
        case .done:
            release(slot)
        }
    }

    private func enqueue(_ slot: Int32) {
        let lane = slots[slot].lane
        lanes[Int(lane)]?.outbox.append(slot)
        list(lane)
    }

    private func release(_ slot: Int32) {
        wheel.cancel(slot)
        let lane = slots[slot].lane
        if slots[slot].isUnsent { lanes[Int(lane)]?.outbox.removeAll { $0 == slot } }
        leaveSocket(slot)
        if !repeats.isEmpty { repeats.removeAll { $0 == slot } }
        slots.release(slot)
        lanes[Int(lane)]?.inFlight -= 1
        if lanes[Int(lane)]?.isWaiting == true { list(lane) }
        dropIfIdle(lane)
    }

    /// Removes a slot's ID from its socket, which is closed if the slot was the last one and the socket is not needed
    /// any more.
    private func leaveSocket(_ slot: Int32) {
        let socket = slots[slot].socket
        guard socket >= 0 else { return }
        table.remove(socket: socket, id: slots[slot].id)
        slots[slot].socket = -1
        sockets[Int(socket)].inFlight -= 1
        closeIfDone(socket)
    }

    func cancel(_ owner: DatagramOwner) {
        for index in 0..<Int32(slots.count) where slots[index].owner === owner {
            apply(owner.failed(slots[index].token, error: ECANCELED, at: now), to: index)
        }
        for index in lanes.indices {
            guard let lane = lanes[index], lane.isWaiting else { continue }
            let cancelled = lane.waiting[lane.waitingHead...].filter { $0.owner === owner }
            guard !cancelled.isEmpty else { continue }
            lane.waiting = lane.waiting[lane.waitingHead...].filter { $0.owner !== owner }
            lane.waitingHead = 0
            waiting -= cancelled.count
            for question in cancelled {
                _ = owner.begin(question.token, at: now)
                _ = owner.failed(question.token, error: ECANCELED, at: now)
            }
        }
    }

    // MARK: - Sending

    /// Adds a lane to the list of those with something to send.
    func list(_ lane: Int32) {
        guard let state = lanes[Int(lane)], !state.isListed else { return }
        state.isListed = true
        dirtyLanes.append(lane)
    }

    /// Sends the queries of a lane, and starts waiting ones if there is room; true if it has to try again in the next
    /// turn.
    func flush(_ lane: Int32) -> Bool {
        while room(lane) > 0, isInBudget(lane), let next = lanes[Int(lane)]?.popWaiting() {
            waiting -= 1
            _ = launch(next.owner, token: next.token, lane: lane)
        }
        guard lanes[Int(lane)]?.outbox.isEmpty == false else { return mustWait(lane) }
        var outbox: [Int32] = []
        swap(&outbox, &sending)
        lanes[Int(lane)]?.exchangeOutbox(&outbox)
        defer {
            outbox.removeAll(keepingCapacity: true)
            swap(&outbox, &sending)
        }
        if canSegment, outbox.count > 2 {
            outbox.sort { slots[$0].length < slots[$1].length }
        }
        var start = 0
        while start < outbox.count {
            let end = min(start + Int(DATAGRAM_BATCH_LIMIT), outbox.count)
            switch socket(for: lane) {
            case .success(let socket): sendFirst(outbox[start..<end], over: socket)
            case .failure(let error) where error.number == EMFILE || error.number == ENFILE:
                // Other questions will free descriptors; the slots' own deadlines limit the wait.
                lanes[Int(lane)]?.outbox.append(contentsOf: outbox[start...])
                return true
            case .failure(let error):
                for slot in outbox[start..<end] { fail(slot, error.number) }
            }
            start = end
        }
        return mustWait(lane)
    }

    /// Whether a lane waits for slots. A lane that waits for its own answers is listed with the next of them, and one
    /// that a budget delays is listed when its delay ends.
    private func mustWait(_ lane: Int32) -> Bool {
        guard let state = lanes[Int(lane)] else { return false }
        return state.isWaiting && !state.isHeld && state.inFlight < state.window.size
    }

    /// Gives each slot an ID on the socket and sends the batch.
    private func sendFirst(_ batch: ArraySlice<Int32>, over socket: Int32) {
        let strays = sockets[Int(socket)].strays
        for slot in batch {
            var id = random.next()
            while !table.insert(slot, socket: socket, id: id) { id = random.next() }
            slots[slot].socket = socket
            slots[slot].id = id
            slots[slot].straysBefore = strays
            let query = slots.query(slot)
            query[0] = UInt8(truncatingIfNeeded: id >> 8)
            query[1] = UInt8(truncatingIfNeeded: id)
        }
        sockets[Int(socket)].inFlight += batch.count
        sockets[Int(socket)].questions += batch.count
        finishSending(batch, over: socket)
    }

    private func finishSending(_ batch: ArraySlice<Int32>, over socket: Int32) {
        let sent = send(batch, over: sockets[Int(socket)].descriptor)
        if sent == batch.count { return }
        switch -sent {
        case _ where sent >= 0:
            repeats.append(contentsOf: batch.dropFirst(sent))
        case Int(EAGAIN), Int(ENOBUFS), Int(EINTR):
            repeats.append(contentsOf: batch)
        default:
            // An error caused by an earlier datagram; it applies to all outstanding questions on this socket.
            failAll(on: socket, Int32(truncatingIfNeeded: -sent))
        }
    }

    func flushRepeats() {
        guard !repeats.isEmpty else { return }
        var slots: [Int32] = []
        swap(&slots, &repeats)
        for slot in slots where self.slots[slot].owner != nil && self.slots[slot].socket >= 0 {
            finishSending([slot], over: self.slots[slot].socket)
        }
    }

    // MARK: - Receiving

    /// Receives everything that a socket has.
    func receive(_ token: UInt64) {
        let socket = Int32(truncatingIfNeeded: token)
        guard Int(socket) < sockets.count else { return }
        now = .current()
        while sockets[Int(socket)].descriptor >= 0 {
            let count = datagram_receive(sockets[Int(socket)].descriptor, inbox)
            if count == -EAGAIN || count == -EINTR || count == 0 { return }
            if count < 0 { return failAll(on: socket, -count) }
            moved += Int(count)
            for index in 0..<UInt32(count) {
                let bytes = UnsafeRawBufferPointer(
                    start: datagram_bytes(inbox, index), count: datagram_length(inbox, index))
                deliver(bytes, from: socket)
            }
            if count < DATAGRAM_BATCH_LIMIT { return }
        }
    }

    private func deliver(_ datagram: UnsafeRawBufferPointer, from socket: Int32) {
        guard datagram.count >= 12,
            let slot = table.slot(socket: socket, id: UInt16(datagram[0]) << 8 | UInt16(datagram[1])),
            let owner = slots[slot].owner
        else {
            sockets[Int(socket)].strays &+= 1
            return
        }
        let verdict = QuestionCheck.verdict(
            reply: datagram, query: UnsafeRawBufferPointer(slots.query(slot)),
            questionEnd: Int(slots[slot].questionEnd), exactCase: slots[slot].exactCase)
        switch verdict {
        case .answers:
            lanes[Int(slots[slot].lane)]?.window.noteAnswer()
            // SERVFAIL and REFUSED.
            noteOutcome(slots[slot].lane, isTrouble: datagram[3] & 15 == 2 || datagram[3] & 15 == 5)
            apply(owner.receive(slots[slot].token, datagram, at: now), to: slot)
        case .differs: owner.ignored(slots[slot].token)
        }
    }

    // MARK: - Failing

    private func fail(_ slot: Int32, _ error: Int32) {
        guard let owner = slots[slot].owner else { return }
        apply(owner.failed(slots[slot].token, error: error, at: now), to: slot)
    }

    /// Reports an error, such as "port unreachable", to every question on a socket.
    private func failAll(on socket: Int32, _ error: Int32) {
        retire(socket)
        for slot in 0..<Int32(slots.count) where slots[slot].owner != nil && slots[slot].socket == socket {
            fail(slot, error)
        }
    }
}
