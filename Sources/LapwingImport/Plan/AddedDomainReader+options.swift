package import DNSWire
package import LapwingConfig
package import LapwingCore

extension AddedDomainReader {
    /// Returns the watch of a domain with these options.
    ///
    /// - Throws: `ImportPlan.Unfit` with every fault of the options.
    package func watch(_ domain: Name, _ options: DomainOptions) throws(ImportPlan.Unfit) -> Watch {
        do throws(ConfigFaults) {
            return try watch(domain, options: options.json)
        } catch {
            throw ImportPlan.Unfit(error.faults.map(\.text))
        }
    }
}
