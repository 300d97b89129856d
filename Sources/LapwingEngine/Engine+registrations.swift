import DNSWire
import LapwingCore
import LapwingStore

extension Engine {
    /// Looks registrations up one after the other, so that no registry is asked more than once a second by us.
    func attendRegistrations() async {
        while (try? await parts.clock.sleep(1)) != nil {
            let now = parts.clock.now()
            let due = watches.values.filter { $0.watchesRegistration && registrations.isDue($0.domain, at: now) }
            for watch in due.prefix(20) {
                let view = await parts.lookUp(watch.domain)
                guard !Task.isCancelled else { return }
                let moment = parts.clock.now()
                if let view { registrations.put(view, for: watch.domain) }
                registrations.schedule(
                    watch.domain, at: moment.adding(seconds: RegistrationAgenda.pause(after: view, at: moment)))
            }
        }
    }
}
