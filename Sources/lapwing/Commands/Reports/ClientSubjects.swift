import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingStore

/// The watched domains, both from the configuration and added at run time, and the clients.
struct ClientSubjects {
    var clients: [Client]
    /// In the order of names.
    var watches: [Watch]
    var settings: Settings

    init(_ storage: StoreOptions, in store: Store) throws {
        let (settings, added) = try SettingsFile.readAll(SettingsFile.Source(storage.config))
        self.settings = settings
        clients = settings.clients
        let named = Set(settings.watches.map(\.domain))
        let further = try store.addedDomains().filter { !named.contains($0.domain) }.compactMap { domain, options in
            try? added.watch(domain, options: options)
        }
        watches = (settings.watches + further).sorted { $0.domain < $1.domain }
    }

    /// Returns a client of the configuration.
    func client(_ key: String) throws -> Client {
        if let client = clients.first(where: { $0.key == key }) { return client }
        let near = Spelling.nearest(to: key, among: clients.map(\.key)).map { "; did you mean `\($0)`?" }
        throw ValidationError("no client of the configuration is called `\(key.visible)`\(near ?? "")")
    }

    func watches(of client: Client?) -> [Watch] {
        client.map { client in watches.filter { client.has($0.tags) } } ?? watches
    }

    func audience(_ client: Client?) -> Audience {
        client.map { client in
            .client(client, NameScreen(own: watches(of: client).map(\.domain), of: watches.map(\.domain)))
        } ?? .operators
    }
}
