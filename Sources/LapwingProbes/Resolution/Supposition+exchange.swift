import DNSSEC
package import LapwingCore

extension Supposition {
    /// Wraps a means of sending queries so that the supposition holds; queries whose answers follow from it are not
    /// sent.
    package func over(_ exchange: @escaping ResolutionDriver.Exchange) -> ResolutionDriver.Exchange {
        { query in
            if let reply = reply(to: query) { return reply }
            return reply(await exchange(query), to: query)
        }
    }
}
