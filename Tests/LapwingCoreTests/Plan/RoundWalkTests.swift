import DNSWire
import LapwingCore
import Testing

@Suite("Whom a round asks")
struct RoundWalkTests {
    private let domain: Name
    private let host: Name
    private let known: IPAddress
    private let now = Timestamp(seconds: 1_780_000_000)

    init() throws {
        domain = try Name("tern.test")
        host = try Name("ns1.heron.example")
        known = try #require(IPAddress("192.0.2.1"))
    }

    private func walk(_ memory: DelegationMemory) -> RoundWalk {
        RoundWalk(
            watch: Watch(domain: domain, sets: []), resolvers: [], memory: memory, at: now, monotonic: 0)
    }

    private func memory(ageOfAnswer: Int64) -> DelegationMemory {
        var memory = DelegationMemory()
        var remembered = DelegationMemory.Host(name: host, addresses: [known], lastListed: now)
        remembered.answered = [known]
        remembered.answeredAt = now.adding(seconds: -ageOfAnswer)
        memory.hosts = [remembered]
        return memory
    }

    /// Takes a walk to where it has asked the parent, which delegates to the host without glue.
    private func located(_ location: HostLocation, _ memory: DelegationMemory) throws -> [AuthorityView] {
        var walk = walk(memory)
        _ = walk.start()
        let parent = ParentZone(name: try Name("test"), servers: [try #require(IPAddress("192.0.2.53"))])
        guard case .ask(let tasks) = walk.receive(parent: parent) else {
            Issue.record("the parent is not asked")
            return []
        }
        let replies = try tasks.map { task in
            var message = Message.query(task.key.name, task.key.type, id: 1, recursionDesired: false)
            message.flags = .isResponse
            if task.key.type == .ns {
                message.authorities = [
                    Record(name: domain, ttl: 3600, data: try RecordData(type: .ns, text: "\(host)"))
                ]
            }
            return ProbeReply(task: task, outcome: .message(message), sentAt: now)
        }
        guard case .locate([host]) = walk.receive(replies: replies) else {
            Issue.record("the host is not looked for")
            return []
        }
        switch walk.receive(locations: [host: location]) {
        case .ask: return walk.asked
        default: return []
        }
    }

    @Test("a look-up that fails leaves the addresses in use", arguments: [Answer.Outcome.timeout, .failure(.servFail)])
    func failure(outcome: Answer.Outcome) throws {
        let asked = try located(HostLocation(addresses: [], outcome: outcome), memory(ageOfAnswer: 86_400))
        #expect(asked.map(\.address) == [known])
        #expect(asked.allSatisfy { $0.listedAtParent && !$0.remembered })
    }

    @Test("an answer replaces them, be it that there is none", arguments: [Answer.Outcome.noData, .nxDomain])
    func denial(outcome: Answer.Outcome) throws {
        let asked = try located(HostLocation(addresses: [], outcome: outcome), memory(ageOfAnswer: 60))
        #expect(!asked.contains { $0.listedAtParent })
    }

    @Test func anotherAnswer() throws {
        let other = try #require(IPAddress("198.51.100.7"))
        let asked = try located(HostLocation(addresses: [other], outcome: .data), memory(ageOfAnswer: 60))
        #expect(asked.filter(\.listedAtParent).map(\.address) == [other])
    }

    @Test func notForEver() throws {
        let age = DelegationMemory.keepsAddresses + 1
        let asked = try located(HostLocation(addresses: [], outcome: .timeout), memory(ageOfAnswer: age))
        #expect(!asked.contains { $0.listedAtParent })
    }

    @Test("what earlier versions wrote of hosts is in use too")
    func olderMemory() throws {
        var memory = memory(ageOfAnswer: 0)
        memory.hosts[0].answered = nil
        memory.hosts[0].answeredAt = nil
        let asked = try located(HostLocation(addresses: [], outcome: .timeout), memory)
        #expect(asked.map(\.address) == [known])
    }

    @Test("further servers of the parent are asked before it counts as silent")
    func furtherParents() throws {
        var walk = walk(DelegationMemory())
        _ = walk.start()
        let servers = try (1...5).map { try #require(IPAddress("192.0.2.\($0)")) }
        var asked: [IPAddress] = []
        var step = walk.receive(parent: ParentZone(name: try Name("test"), servers: servers))
        for _ in 0..<3 {
            guard case .ask(let tasks) = step else { break }
            for case .parent(let address) in tasks.map(\.source) where !asked.contains(address) {
                asked.append(address)
            }
            step = walk.receive(replies: tasks.map { ProbeReply(task: $0, outcome: .timeout, sentAt: now) })
        }
        #expect(Set(asked) == Set(servers))
        guard case .done(let snapshot) = step else {
            Issue.record("the round does not end")
            return
        }
        #expect(snapshot.parent.state == .silent)
    }

    @Test("that a name is not there counts only with authority", arguments: [true, false])
    func denialOfDelegation(isAuthoritative: Bool) throws {
        var walk = walk(DelegationMemory())
        _ = walk.start()
        var step = walk.receive(
            parent: ParentZone(name: try Name("test"), servers: [try #require(IPAddress("192.0.2.53"))]))
        if case .ask(let tasks) = step {
            step = walk.receive(
                replies: tasks.map { task in
                    var message = Message.query(task.key.name, task.key.type, id: 1, recursionDesired: false)
                    message.flags =
                        isAuthoritative ? [.isResponse, .authoritative] : [.isResponse, .recursionAvailable]
                    message.responseCode = .nxDomain
                    return ProbeReply(task: task, outcome: .message(message), sentAt: now)
                })
        }
        guard case .done(let snapshot) = step else {
            Issue.record("the round does not end")
            return
        }
        #expect(snapshot.parent.state == (isAuthoritative ? .absent : .failing))
    }
}
