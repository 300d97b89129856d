import LapwingConfig
import LapwingCore
import LapwingEngine
import Logging

/// Puts the configuration file into force again; a bad file leaves everything as it is.
struct Reload: Sendable {
    let path: String
    let engine: Engine
    let deliverer: Deliverer
    let status: EngineStatus
    let register: WatchRegister
    let prober: Prober?
    /// Resolvers of the command line, which the file does not override.
    let resolvers: [ResolverSpecification]
    let log: Logger

    /// Why the files are not in force, for those who asked.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The same, for those who want to hear of it as an error.
    func orThrow() async throws {
        if let fault = await self() { throw Failure(description: fault) }
    }

    /// - Returns: what is wrong with the file; nil when it is in force.
    func callAsFunction() async -> String? {
        do {
            try prober?.reload()
        } catch {
            log.error("probe modules stay as they were", metadata: ["fault": "\(error)"])
            return "\(error)"
        }
        do {
            var (settings, reader) = try SettingsFile.loadAll(path)
            if !resolvers.isEmpty { settings.resolvers = resolvers }
            register.take(settings, reader: reader)
            await apply()
            status.change {
                $0.reloadSucceeded = true
                $0.reloadedAt = EngineClock.system.now()
            }
            return nil
        } catch {
            status.change { $0.reloadSucceeded = false }
            for fault in error.faults { log.error("configuration stays as it was", metadata: ["fault": "\(fault)"]) }
            return error.description
        }
    }

    /// Lets the loops work by what the register says now.
    func apply() async {
        await register.apply { settings in
            await engine.reload(settings)
            await deliverer.reload(settings)
        }
    }
}
