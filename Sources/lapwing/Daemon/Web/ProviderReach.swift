import LapwingCore
import LapwingOutgoing
import LapwingWeb

/// The HTTP access to the identity provider.
enum ProviderReach {
    /// The largest response in bytes.
    private static let largestAnswer = 512 << 10
    /// The time limit of one request in seconds.
    private static let seconds: Int64 = 10

    /// Uses the guarded client for all outgoing requests, with the proxy of the settings if there is one.
    static func exchange(_ settings: Settings) -> ProviderExchange {
        let guarded = GuardedExchange(
            through: settings.proxy.map { OutgoingProxy($0) },
            reachesPrivate: settings.web.provider?.isPrivate ?? false, mostBytes: largestAnswer, seconds: seconds)
        return { request throws(ProviderFault) in
            do throws(GuardedExchange.Failure) {
                let form = request.form.map { GuardedExchange.Form(text: $0, authorization: request.authorization) }
                let answer = try await guarded.send(to: request.url, form)
                return ProviderAnswer(status: answer.status, body: answer.body)
            } catch {
                throw ProviderFault(.provider, "the provider cannot be reached: \(error)")
            }
        }
    }
}
