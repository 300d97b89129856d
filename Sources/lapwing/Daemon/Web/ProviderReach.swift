import LapwingCore
import LapwingOutgoing
import LapwingWeb

/// How the provider is spoken to at which people log in.
enum ProviderReach {
    /// Bytes of an answer.
    private static let largestAnswer = 512 << 10
    /// For one question with its answer.
    private static let seconds: Int64 = 10

    /// By the one way in which others are spoken to, with the proxy of the settings where there is one.
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
