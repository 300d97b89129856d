import CTrialDisk
import DNSWire
import LapwingCore
import LapwingStore
import LapwingWeb
import Synchronization

extension Trial {
    /// Somebody does something: by the page or the API, or by a command beside the process.
    func person(_ act: Plan.Act) {
        let open = (try? life.store.openIncidents()) ?? []
        let incident = dice.pick(open)
        let watch = dice.pick(settings.watches)
        let length = Int64(300 + dice.below(7200))
        if dice.oneIn(3) {
            command(act, incident, watch?.domain, length)
        } else if let visitor = dice.pick(Visitor.all), let watch {
            ask(act, incident, watch, length, as: visitor)
        }
    }

    /// Somebody takes for normal what is open of a domain, while a round of it is under way.
    func acceptsWhatIsOpen(of domain: Name) {
        guard trial_disk_is_dead() == 0, let open = try? life.store.openIncidents(),
            let incident = dice.pick(open.filter { $0.domain == domain })
        else { return }
        say("\(incident.id) is accepted while a round is under way")
        command(.accept, incident, domain, 0)
    }

    /// Where the store takes nothing, nothing comes of it.
    private func command(_ act: Plan.Act, _ incident: Incident?, _ domain: Name?, _ length: Int64) {
        let store = life.store
        let now = time.wall
        switch act {
        case .accept:
            guard let incident else { return }
            try? store.add(.accept, domain: incident.domain, incident: incident.id, by: "otto", at: now)
        case .acknowledge:
            guard let incident else { return }
            try? store.acknowledge(
                Acknowledgement(
                    incident: incident.id, person: "otto", at: now, until: now.adding(seconds: length),
                    severity: incident.severity), domain: incident.domain)
        case .silence:
            let silence = Silence(
                id: 0, domain: domain, incidentClass: dice.oneIn(2) ? incident?.incidentClass : nil, from: now,
                to: now.adding(seconds: length), reason: "trial")
            // Killed while it is written, it may be there all the same.
            checks.silenced(silence)
            _ = try? store.add(silence, by: "otto")
        case .announce:
            let window = MaintenanceWindow(from: now, to: now.adding(seconds: length))
            _ = try? store.add(AnnouncedWindow(domain: domain, window: window, person: "otto"), at: now)
        case .check:
            guard let domain else { return }
            try? store.add(.check, domain: domain, at: now)
        }
    }

    private func ask(_ act: Plan.Act, _ incident: Incident?, _ watch: Watch, _ length: Int64, as visitor: Visitor) {
        let end = time.wall.adding(seconds: length)
        var key = Asked.Key(kind: .check, person: visitor.person, incident: nil, domain: watch.domain)
        var request = visitor.request("POST", "/api/v1/domains/\(watch.domain)/check")
        var tags = watch.tags
        switch act {
        case .accept, .acknowledge:
            guard let incident else { return }
            tags = settings.watches.first { $0.domain == incident.domain }?.tags ?? []
            key.domain = incident.domain
            key.incident = incident.id
            key.kind = act == .accept ? .accept : .acknowledge
            if dice.oneIn(2) {
                request = visitor.request("POST", "/incidents/\(incident.id)/\(act)")
                request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
                request.body = Array("sure=yes&hours=2".utf8)
            } else {
                request = visitor.request("POST", "/api/v1/incidents/\(incident.id)/\(act)")
            }
        case .silence:
            let kind = dice.oneIn(2) ? incident?.incidentClass : nil
            key.kind = .silence
            if visitor.rights.role >= .act, visitor.rights.sees(tags) {
                checks.silenced(
                    Silence(id: 0, domain: watch.domain, incidentClass: kind, from: time.wall, to: end, reason: ""))
            }
            let narrow = kind.map { ",\"class\":\"\($0.rawValue)\"" } ?? ""
            request = visitor.request(
                "POST", "/api/v1/silences", json: "{\"domain\":\"\(watch.domain)\"\(narrow),\"to\":\"\(end)\"}")
        case .announce:
            key.kind = .announce
            request = visitor.request(
                "POST", "/api/v1/maintenance", json: "{\"domain\":\"\(watch.domain)\",\"to\":\"\(end)\"}")
        case .check: break
        }
        let asked = Asked(
            visitor: visitor, key: key, isAllowed: visitor.rights.role >= .act, isSeen: visitor.rights.sees(tags))
        let number = checks.asks(asked)
        say("\(visitor.name) asks for \(request.target)")
        let life = life.number
        self.life.ask(request) { [weak self] answer in
            guard let self, self.life.number == life, trial_disk_is_dead() == 0 else { return }
            say("\(visitor.name) got \(answer.status)")
            trace.note("\(number) \(answer.status)")
            checks.answered(number, answer, self)
        }
    }

    /// The answer to a request, while nothing else happens; nil where the process was killed over it.
    func ask(_ request: PlainRequest) -> PlainAnswer? {
        let answer = Mutex<PlainAnswer?>(nil)
        life.ask(request) { given in answer.withLock { $0 = given } }
        while trial_disk_is_dead() == 0 {
            if let answer = answer.withLock({ $0 }) { return answer }
            guard life.threads.runOne({ dice.below($0) }) else { return nil }
            steps += 1
        }
        return nil
    }
}
