import DNSWire
import LapwingCore

/// Reads `budgets`: the limits of queries per second.
struct BudgetReader {
    /// The largest number of addresses with separate budgets.
    static let most = 10_000

    func budgets(_ value: ValueReader) -> AskingBudgets {
        var budgets = AskingBudgets()
        guard let fields = value.fields(.budgets) else { return budgets }
        budgets.inAll = fields["all"]?.integer(AskingBudgets.bounds) ?? budgets.inAll
        budgets.ofResolver = fields["resolver"]?.integer(AskingBudgets.bounds) ?? budgets.ofResolver
        budgets.ofServer = fields["server"]?.integer(AskingBudgets.bounds) ?? budgets.ofServer
        for (text, key, value) in fields["addresses"]?.entries() ?? [] {
            guard let address = IPAddress(text) else {
                key.fault("\(key.path): `\(text.visible)` is no address, such as 192.0.2.53 or 2001:db8::53")
                continue
            }
            guard budgets.ofAddress.count < Self.most else {
                key.fault("\(key.path): more than \(Self.most) addresses")
                break
            }
            budgets.ofAddress[address] = value.integer(AskingBudgets.bounds)
        }
        return budgets
    }
}
