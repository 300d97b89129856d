import DNSWire
import Foundation
import LapwingCore
import LapwingOutgoing
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Whether the receivers of alerts can be reached. Nothing is sent to them: `lapwing channel test` does that.
struct ChannelDiagnosis: Sendable {
    let channels: [LapwingCore.Channel]
    let proxy: OutgoingProxy?

    /// Seconds that a connection and its TLS handshake may take.
    private static let patience: Int64 = 5

    /// A place on the network to which a channel connects.
    private struct Contact: Sendable {
        var host: String
        var port: Int
        var isEncrypted: Bool
        /// Whether it is HTTP, which goes through the proxy if there is one.
        var isHTTP = false
    }

    /// One diagnosis for each channel, in the order of the configuration.
    func all() async -> [Diagnosis] {
        await withTaskGroup(of: (Int, Diagnosis).self) { group in
            for (index, channel) in channels.enumerated() {
                group.addTask { (index, await self.look(at: channel)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func look(at channel: LapwingCore.Channel) async -> Diagnosis {
        let subject = "channel \(channel.name)"
        switch channel.kind {
        case .log: return .ok(subject, "alerts are lines of the daemon's log")
        case .journal: return Self.file(subject, "/run/systemd/journal/socket", isProgram: false)
        case .exec(let command): return Self.file(subject, command.line.first ?? "", isProgram: true)
        case .syslog(let collector):
            switch collector.transport {
            case .unix: return Self.file(subject, collector.host, isProgram: false)
            case .tcp:
                return await reach(subject, [Contact(host: collector.host, port: collector.port, isEncrypted: false)])
            case .udp:
                return .unknown(
                    subject, "\(collector.host):\(collector.port) is sent datagrams, which no collector acknowledges")
            }
        case .alertmanager(let urls): return await reach(subject, urls.compactMap(Self.contact))
        case .mail(let relay): return await reach(subject, [relay.url].compactMap(Self.contact))
        case .webhook(let url, _), .slack(let url), .teams(let url), .discord(let url), .telegram(let url, _, _),
            .matrix(let url, _, _), .ntfy(let url, _, _), .gotify(let url, _), .pushover(let url, _, _),
            .pagerDuty(let url, _), .opsgenie(let url, _), .apprise(let url, _):
            return await reach(subject, [url].compactMap(Self.contact))
        }
    }

    private static func file(_ subject: String, _ path: String, isProgram: Bool) -> Diagnosis {
        guard access(path, isProgram ? X_OK : W_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            return .fault(
                subject, "\(path): \(reason)",
                do: isProgram
                    ? "name a program that the user of the daemon may start" : "start the service that listens there")
        }
        return .ok(subject, "\(path) is there")
    }

    private static func contact(_ text: String) -> Contact? {
        guard let url = URL(string: text), let host = url.host(), let scheme = url.scheme?.lowercased() else {
            return nil
        }
        let usual = ["https": 443, "http": 80, "smtps": 465, "smtp": 25]
        return Contact(
            host: host.trimmingCharacters(in: ["[", "]"]), port: url.port ?? usual[scheme] ?? 443,
            isEncrypted: scheme == "https" || scheme == "smtps", isHTTP: scheme.hasPrefix("http"))
    }

    /// A channel with several receivers is sound if all of them can be reached.
    private func reach(_ subject: String, _ contacts: [Contact]) async -> Diagnosis {
        var reached: [String] = []
        for contact in contacts {
            let isProxied = contact.isHTTP && proxy?.serves(contact.host) == true
            var place = contact
            if isProxied, let proxy { place = Contact(host: proxy.host, port: proxy.port, isEncrypted: false) }
            // Host and port only: the rest of an address may be a secret.
            let name = "\(place.host):\(place.port)"
            if let reason = await Self.failure(of: place) {
                return .fault(
                    subject, (isProxied ? "the proxy " : "") + "\(name): \(reason)",
                    do: "alerts do not arrive: see its address, this machine's network and the certificate there")
            }
            reached.append(
                isProxied
                    ? "the proxy \(name) takes connections; \(contact.host) behind it was not checked"
                    : name + (place.isEncrypted ? " takes connections, with a valid certificate" : " takes connections")
            )
        }
        guard !reached.isEmpty else { return .unknown(subject, "its address cannot be read") }
        return .ok(subject, reached.joined(separator: "; "))
    }

    /// Connects and closes the connection again.
    ///
    /// - Returns: why there is no connection; nil if there is one.
    private static func failure(of contact: Contact) async -> String? {
        do {
            let context =
                contact.isEncrypted ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
            let name = IPAddress(contact.host) == nil ? contact.host : nil
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(.seconds(patience))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard let context else { return }
                        let tls = try NIOSSLClientHandler(context: context, serverHostname: name)
                        try channel.pipeline.syncOperations.addHandler(tls)
                        try channel.pipeline.syncOperations.addHandler(Handshake(on: channel.eventLoop))
                    }
                }
                .connect(host: contact.host, port: contact.port).get()
            defer { channel.close(promise: nil) }
            guard contact.isEncrypted else { return nil }
            try await channel.eventLoop.flatSubmit {
                do {
                    return try channel.pipeline.syncOperations.handler(type: Handshake.self).outcome
                } catch {
                    return channel.eventLoop.makeFailedFuture(ChannelError.eof)
                }
            }.get()
            return nil
        } catch ChannelError.eof {
            return "it ends the connection during the TLS handshake"
        } catch let error as NIOSSLError {
            return "TLS: \(error)"
        } catch {
            return ConnectionFailure.reason(error)
        }
    }

    /// Waits for the end of a TLS handshake.
    private final class Handshake: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let promise: EventLoopPromise<Void>
        var outcome: EventLoopFuture<Void> { promise.futureResult }

        init(on loop: any EventLoop) {
            promise = loop.makePromise()
            let promise = promise
            loop.scheduleTask(in: .seconds(ChannelDiagnosis.patience)) {
                promise.fail(ChannelError.connectTimeout(.seconds(ChannelDiagnosis.patience)))
            }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case TLSUserEvent.handshakeCompleted(_) = event { promise.succeed() }
            context.fireUserInboundEventTriggered(event)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            promise.fail(ChannelError.eof)
            context.fireChannelInactive()
        }
    }
}
