import DNSWire
import LapwingCore

/// Names outside the watched domain.
extension World {
    /// Returns the answer of the servers for all other domains.
    func foreignAnswer(_ key: RecordSetKey, state: WorldState) -> AuthorityAnswer {
        let id = Int(state.from)
        if let known = foreign[key]?[id] { return known }
        let made = makeForeignAnswer(key, state: state)
        foreign[key, default: [:]][id] = made
        return made
    }

    /// Returns a resolver's data for a name outside the domain, which is never stale.
    func outsideAnswer(_ question: AskedQuestion, state: WorldState, second: Int) -> AuthorityAnswer {
        let name = question.key.name
        if name.isRoot || (topLevels.contains(name) && question.key.type == .ds) {
            return parentAnswers.root(question, world: self, second: second)
        }
        let isInfrastructure =
            topLevels.contains(name) || name.labelCount > 2 && name.suffix(labels: 2).label(0) == Array("nic".utf8)
        if isInfrastructure, let zone = topLevels.last(where: { name.isSubdomain(of: $0) }) {
            return parentAnswers.topLevel(zone, question, world: self, state: state, second: second)
        }
        return foreignAnswer(question.key, state: state)
    }

    /// Returns the DS RRset of the domain through a resolver.
    func secureDelegation(
        _ resolver: ResolverState, cache: Int, _ question: AskedQuestion, checkingDisabled: Bool, second: Int
    ) -> ResolverAnswer {
        let secure = secureLabels(resolver, cache: cache, second: second)
        if secure.bogus, resolver.validates, !checkingDisabled {
            return ResolverAnswer(code: .servFail, extendedError: ExtendedErrorCode.bogus)
        }
        // The data that was fetched then is the parent zone's answer of that time.
        let state = timeline.state(at: secure.at)
        let answer = parentAnswers.topLevel(state.parent.zone, question, world: self, state: state, second: secure.at)
        return ResolverAnswer(
            code: answer.code, answer: answer, ttl: max(0, secure.expires - second),
            authenticData: resolver.validates && !checkingDisabled)
    }

    /// Returns the parent zone's denial, which a resolver caches if the whole domain does not exist.
    func absence(state: WorldState, second: Int) -> AuthorityAnswer {
        if let known = absenceAnswer { return known }
        let made = AuthorityAnswer(code: .nxDomain)
        let soa = SOA(
            mname: state.parent.zone, rname: state.parent.zone, serial: SerialNumber(rawValue: 1), refresh: 1800,
            retry: 900,
            expire: 604_800, minimum: 900)
        made.authorities = [Record(name: state.parent.zone, ttl: 900, data: soa.data)]
        absenceAnswer = made
        return made
    }

    private func makeForeignAnswer(_ key: RecordSetKey, state: WorldState) -> AuthorityAnswer {
        let answer = AuthorityAnswer(code: .noError)
        answer.negativeTTL = 300
        var name = key.name
        for _ in 0..<8 {
            let found = sets(of: name, state: state)
            switch found {
            case .code(let code)?:
                answer.code = code
            case .sets(let sets)?:
                if let set = sets[key.type] {
                    answer.answers += set.data.map { Record(name: name, ttl: set.ttl, data: $0) }
                } else if let alias = sets[.cname], let target = alias.data.first.flatMap({ NameTarget($0)?.target }) {
                    answer.answers += alias.data.map { Record(name: name, ttl: alias.ttl, data: $0) }
                    name = target.folded
                    continue
                }
            case nil:
                answer.code = .nxDomain
            }
            break
        }
        if answer.answers.isEmpty, answer.code == .noError || answer.code == .nxDomain {
            let zone = topLevels.last { name.isSubdomain(of: $0) } ?? .root
            answer.authorities = [startOfAuthority(of: name.suffix(labels: min(name.labelCount, zone.labelCount + 1)))]
        }
        return answer
    }

    private func sets(of name: Name, state: WorldState) -> ForeignName? {
        if let known = state.elsewhere[name] { return known }
        if let server = state.server(host: name) {
            let data = server.addresses.map { Address(address: $0).data }
            return .sets(
                [
                    .a: RecordSet(ttl: 3600, data: data.filter { $0.type == .a }),
                    .aaaa: RecordSet(ttl: 3600, data: data.filter { $0.type == .aaaa }),
                ].filter { !$0.value.data.isEmpty })
        }
        // An ancestor of an existing name exists too (RFC 8020), though it has no data.
        let isAbove =
            state.elsewhere.keys.contains { $0.isSubdomain(of: name) }
            || state.servers.contains { $0.host.isSubdomain(of: name) }
        return isAbove ? .sets([:]) : nil
    }

    private func startOfAuthority(of zone: Name) -> Record {
        let soa = SOA(
            mname: zone, rname: zone, serial: SerialNumber(rawValue: 1), refresh: 7200, retry: 900, expire: 1_209_600,
            minimum: 300)
        return Record(name: zone, ttl: 300, data: soa.data)
    }
}
