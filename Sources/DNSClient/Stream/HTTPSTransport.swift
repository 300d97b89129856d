import AsyncHTTPClient
import DNSWire
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Queries over HTTPS, with HTTP/2 if the server supports it (RFC 8484).
final class HTTPSTransport: Sendable {
    private let client: Lazy<HTTPClient>

    init(rootsFile: String?) {
        client = Lazy {
            var configuration = HTTPClient.Configuration.singletonConfiguration
            configuration.redirectConfiguration = .disallow
            var tls = TLSConfiguration.makeClientConfiguration()
            if let rootsFile { tls.trustRoots = .file(rootsFile) }
            configuration.tlsConfiguration = tls
            return HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        }
    }

    /// Posts a query with ID 0 and returns the reply's bytes.
    func ask(_ question: StreamQuestion, at server: ServerAddress) async -> Result<[UInt8], ExchangeFailure> {
        guard let url = Self.url(of: server) else { return .failure(.unusableAddress(server.description)) }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "accept", value: HTTPSReply.mediaType)
        request.headers.add(name: "content-type", value: HTTPSReply.mediaType)
        request.body = .bytes(ByteBuffer(bytes: question.bytes))
        do {
            let response = try await client.value().execute(request, deadline: question.deadline)
            let reply = HTTPSReply(
                status: Int(response.status.code), contentType: response.headers.first(name: "content-type"))
            // A response that is refused because of its headers is not read.
            if let refusal = reply.refusal { return .failure(refusal) }
            let body = try await response.body.collect(upTo: HTTPSReply.longestBody)
            return reply.reply(
                Array(body.readableBytesView), to: question.bytes, questionEnd: question.questionEnd,
                exactCase: question.exactCase)
        } catch {
            return .failure(Self.failure(error))
        }
    }

    /// Ends all connections.
    func shutdown() async {
        try? await client.existing?.shutdown()
    }

    private static func url(of server: ServerAddress) -> String? {
        guard let name = server.serverName ?? server.address?.description else { return nil }
        let host = name.contains(":") ? "[\(name)]" : name
        return "https://\(host):\(server.port)\(server.path ?? "/dns-query")"
    }

    private static func failure(_ error: any Error) -> ExchangeFailure {
        guard let error = error as? HTTPClientError else { return ExchangeFailure(streamError: error) }
        switch error {
        case .deadlineExceeded, .connectTimeout, .readTimeout, .tlsHandshakeTimeout: return .timeout
        case .remoteConnectionClosed: return .closed
        case .cancelled: return .cancelled
        default: return .http(error.description)
        }
    }
}
