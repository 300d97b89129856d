import AsyncHTTPClient
import DNSWire
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Asks by HTTPS, over HTTP/2 where the server takes it (RFC 8484).
final class HTTPSTransport: Sendable {
    private static let mediaType = "application/dns-message"
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

    /// Posts a query with id 0 and gives the reply's bytes.
    func ask(_ question: StreamQuestion, at server: ServerAddress) async -> Result<[UInt8], ExchangeFailure> {
        guard let url = Self.url(of: server) else { return .failure(.unusableAddress(server.description)) }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "accept", value: Self.mediaType)
        request.headers.add(name: "content-type", value: Self.mediaType)
        request.body = .bytes(ByteBuffer(bytes: question.bytes))
        do {
            let response = try await client.value().execute(request, deadline: question.deadline)
            guard response.status == .ok else { return .failure(.http("status \(response.status.code)")) }
            guard response.headers.first(name: "content-type")?.hasPrefix(Self.mediaType) == true else {
                return .failure(.http("the reply is not a DNS message"))
            }
            let body = try await response.body.collect(upTo: 65535)
            return Self.checked(Array(body.readableBytesView), question)
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

    /// The reply, if it is one to this question.
    private static func checked(
        _ reply: [UInt8], _ question: StreamQuestion
    ) -> Result<[UInt8], ExchangeFailure> {
        guard reply.count >= 12 else { return .failure(.malformed(WireError(.truncated, at: reply.count))) }
        let verdict = reply.withUnsafeBytes { reply in
            question.bytes.withUnsafeBytes { query in
                QuestionCheck.verdict(
                    reply: reply, query: query, questionEnd: question.questionEnd, exactCase: question.exactCase)
            }
        }
        return verdict == .answers ? .success(reply) : .failure(.http("the reply is to another question"))
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
