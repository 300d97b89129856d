import DNSClient
import DNSWire
import Dispatch
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingStore
import LapwingWeb
import Logging
import Synchronization

/// Applies the configuration again, with the files that it names: all of it, or nothing.
final class Reload: Sendable {
    struct Parts: Sendable {
        var engine: Engine
        var deliverer: Deliverer
        var health: HealthKeeper
        var status: EngineStatus
        var register: WatchRegister
        var prober: Prober?
        var client: DNSClient
        var access: AccessControl
        var people: People
        var store: Store
        var log: LogControl
    }

    private let source: SettingsFile.Source
    private let parts: Parts
    /// Resolvers of the command line, which the configuration does not override.
    private let resolvers: [ResolverSpecification]
    private let fixed: FixedSettings
    /// The digest of the files that are in force.
    private let inForce: Mutex<String>
    private let supervisor: Supervisor?
    private let log: Logger
    /// Held while files are read and applied, so that the later of two reloads wins.
    private let turn = Mutex(())

    /// - Parameter settings: the present settings of the configuration.
    init(
        source: SettingsFile.Source, settings: Settings, parts: Parts, resolvers: [ResolverSpecification],
        supervisor: Supervisor?,
        log: Logger
    ) {
        self.source = source
        self.parts = parts
        self.resolvers = resolvers
        self.supervisor = supervisor
        self.log = log
        fixed = FixedSettings(settings)
        inForce = Mutex(SettingsFile.digest(beside: source.path))
    }

    /// The reason why the files were not applied, for the caller.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Reloads, and throws an error on failure.
    func orThrow(by person: Person) async throws {
        if let fault = await self(by: person) { throw Failure(description: fault) }
    }

    /// - Parameter person: the person who requests it, for the journal.
    /// - Returns: the fault of the files; nil if they were applied.
    func callAsFunction(by person: Person) async -> String? {
        supervisor?.tell(.reloading(DispatchTime.now().uptimeNanoseconds / 1000))
        let fault = await takeAll()
        note(fault, by: person)
        supervisor?.tell(.ready(fault.map { "configuration stays as it was: \($0)" } ?? "configuration was read again"))
        return fault
    }

    /// Notes in the journal who requested the reload, and the digest of the files.
    private func note(_ fault: String?, by person: Person) {
        let digest = SettingsFile.digest(beside: source.path)
        let before = inForce.withLock { inForce in
            let before = inForce
            if fault == nil { inForce = digest }
            return before
        }
        let act = Act(
            at: EngineClock.system.now(), .reload, by: person,
            text: fault.map { "it stays as it was: \($0)" } ?? (before == digest ? "nothing has changed" : "applied"),
            before: before, after: fault == nil ? digest : before)
        do {
            try parts.store.add(act)
        } catch {
            log.error("the journal cannot be written", metadata: ["act": "\(act.sentence)", "fault": "\(error)"])
        }
    }

    private func takeAll() async -> String? {
        do {
            try turn.withLock { _ in try take() }
        } catch {
            parts.status.change { $0.reloadSucceeded = false }
            let faults = (error as? ConfigFaults)?.faults.map(\.description) ?? ["\(error)"]
            for fault in faults { log.error("configuration stays as it was", metadata: ["fault": "\(fault)"]) }
            return faults.joined(separator: "\n")
        }
        await apply()
        parts.status.change {
            $0.reloadSucceeded = true
            $0.reloadedAt = EngineClock.system.now()
        }
        return nil
    }

    /// Reads the sources of declared records again if they have changed, and nothing else.
    func readSources() async {
        turn.withLock { _ in
            let sources = parts.register.sources.readAgain
            note(sources)
            parts.register.take(sources)
        }
        await apply()
    }

    private func note(_ sources: DeclaredSources) {
        for fault in sources.faults {
            log.error("declared records stay as they were read before", metadata: ["fault": "\(fault)"])
        }
    }

    /// Reads everything before anything is applied.
    private func take() throws {
        var (settings, reader) = try SettingsFile.loadAll(source)
        let wanted = FixedSettings(settings)
        let changes = fixed.changes(to: wanted)
        guard changes.isEmpty else {
            throw Failure(
                description:
                    "\(source.path): changed, but a restart is needed for it: \(changes.joined(separator: ", "))")
        }
        if !resolvers.isEmpty { settings.resolvers = resolvers }
        let modules = try parts.prober?.read()
        let access = try Access(WebConfiguration(settings), people: parts.people)
        if let modules { try parts.prober?.take(modules, settings.probe) }
        let sources = DeclaredSources(
            settings.watches, beside: source.path, further: reader.declaration, before: parts.register.sources)
        note(sources)
        parts.register.take(settings, reader: reader, sources: sources)
        parts.access.take(access)
        parts.client.setBudgets(QuestionBudgets(settings))
        parts.log.take(settings.log)
        for key in fixed.renewals(in: wanted) {
            log.warning("the file has changed and is read at the next start", metadata: ["key": "\(key)"])
        }
    }

    /// Applies the register's present state of one domain to the loops.
    func apply(_ domain: Name) async {
        let domain = domain.folded
        let register = parts.register
        await parts.engine.update(domain) { register.watch(of: domain) }
        await parts.deliverer.update(domain) { register.watch(of: domain)?.tags ?? [] }
        await parts.health.update(domain) { register.watch(of: domain)?.tags ?? [] }
    }

    /// Applies the register's present state to the loops.
    func apply() async {
        await parts.register.apply { settings in
            await parts.engine.reload(settings)
            await parts.deliverer.reload(settings)
            await parts.health.reload(settings)
        }
    }
}
