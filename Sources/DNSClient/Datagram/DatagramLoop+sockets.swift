import CDatagramBatch
import DNSWire
import Glibc

/// Lanes and their sockets: opened at random ports, used for a short time, and closed when drained.
extension DatagramLoop {
    /// An error number of the system.
    struct SystemError: Error {
        var number: Int32
    }

    /// Returns the lane to a server; it is removed automatically when it is not needed any more.
    func lane(to endpoint: Endpoint) -> Int32 {
        if let lane = laneOf[endpoint] { return lane }
        let lane: Int32
        if let free = freeLanes.popLast() {
            lane = free
        } else {
            lane = Int32(lanes.count)
            lanes.append(nil)
        }
        lanes[Int(lane)] = Lane(
            endpoint: endpoint, mostInFlight: limits.questionsPerServer, rate: takeRate(of: endpoint))
        laneOf[endpoint] = lane
        return lane
    }

    /// Keeps a lane and its sockets open until `letGo`.
    func hold(_ lane: Int32) {
        lanes[Int(lane)]?.holders += 1
    }

    func letGo(_ lane: Int32) {
        lanes[Int(lane)]?.holders -= 1
        for socket in lanes[Int(lane)]?.sockets ?? [] { closeIfDone(socket) }
        dropIfIdle(lane)
    }

    func dropIfIdle(_ lane: Int32) {
        guard let state = lanes[Int(lane)], state.isIdle else { return }
        laneWheel.cancel(lane)
        keepRate(of: state)
        laneOf[state.endpoint] = nil
        lanes[Int(lane)] = nil
        freeLanes.append(lane)
    }

    /// Returns a socket for the next batch to a server: one of a few, each at a random port and used for a short time.
    func socket(for lane: Int32) -> Result<Int32, SystemError> {
        guard let state = lanes[Int(lane)] else { return .failure(SystemError(number: ENOTCONN)) }
        for socket in state.sockets {
            let entry = sockets[Int(socket)]
            if entry.questions >= LaneSocket.mostQuestions || now - entry.openedAt > LaneSocket.longestUse {
                retire(socket)
            }
        }
        let open = lanes[Int(lane)]?.sockets ?? []
        let allBusy = open.allSatisfy { sockets[Int($0)].inFlight > 0 }
        let hasRoom = sockets.count - freeSockets.count < limits.sockets
        guard open.isEmpty || (allBusy && hasRoom && open.count < LaneSocket.perLane) else {
            return .success(open[Int(random.next()) % open.count])
        }
        // Treated like exhausted descriptors: a lane without a socket waits until one becomes free.
        guard hasRoom else { return .failure(SystemError(number: EMFILE)) }
        switch self.open(lane, to: state.endpoint) {
        case .failure where !open.isEmpty: return .success(open[Int(random.next()) % open.count])
        case let result: return result
        }
    }

    private func open(_ lane: Int32, to endpoint: Endpoint) -> Result<Int32, SystemError> {
        let address = endpoint.address.bytes
        var descriptor: Int32 = -EADDRINUSE
        // A random port may be in use; the last attempt leaves the choice to the kernel.
        for attempt in 0..<6 where descriptor == -EADDRINUSE {
            let local = attempt == 5 ? 0 : random.port()
            descriptor = datagram_open(address, !endpoint.address.isIPv4, endpoint.port, local)
        }
        guard descriptor >= 0 else { return .failure(SystemError(number: -descriptor)) }
        let socket: Int32
        let entry = LaneSocket(descriptor: descriptor, lane: lane, openedAt: now)
        if let free = freeSockets.popLast() {
            socket = free
            sockets[Int(socket)] = entry
        } else {
            socket = Int32(sockets.count)
            sockets.append(entry)
        }
        guard poller.add(descriptor, token: UInt64(UInt32(bitPattern: socket))) else {
            close(descriptor)
            sockets[Int(socket)].descriptor = -1
            freeSockets.append(socket)
            return .failure(SystemError(number: EMFILE))
        }
        lanes[Int(lane)]?.sockets.append(socket)
        lanes[Int(lane)]?.socketCount += 1
        return .success(socket)
    }

    /// Takes a socket out of use; it is closed when its last question is done.
    func retire(_ socket: Int32) {
        guard !sockets[Int(socket)].isRetired else { return }
        sockets[Int(socket)].isRetired = true
        let lane = Int(sockets[Int(socket)].lane)
        lanes[lane]?.sockets.removeAll { $0 == socket }
        closeIfDone(socket)
    }

    /// Closes a drained socket, unless a job needs it again.
    func closeIfDone(_ socket: Int32) {
        let entry = sockets[Int(socket)]
        let lane = Int(entry.lane)
        let isWanted = !entry.isRetired && (lanes[lane]?.holders ?? 0) > 0
        guard entry.inFlight == 0, entry.descriptor >= 0, !isWanted else { return }
        close(entry.descriptor)
        sockets[Int(socket)].descriptor = -1
        sockets[Int(socket)].isRetired = true
        freeSockets.append(socket)
        lanes[lane]?.sockets.removeAll { $0 == socket }
        lanes[lane]?.socketCount -= 1
    }
}
