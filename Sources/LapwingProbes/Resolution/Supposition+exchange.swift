import DNSSEC
package import LapwingCore

extension Supposition {
    /// A way to ask that answers as if it were so; questions whose answers are known are not put.
    package func over(_ exchange: @escaping ResolutionDriver.Exchange) -> ResolutionDriver.Exchange {
        { query in
            if let reply = reply(to: query) { return reply }
            return reply(await exchange(query), to: query)
        }
    }
}
