import ArgumentParser
import DNSWire
import LapwingCore
import LapwingProbes

/// A domain name as people type it, internationalised names included.
struct DomainArgument: ExpressibleByArgument {
    let name: Name

    init?(argument: String) {
        guard let name = InternationalName.parse(argument) else { return nil }
        self.name = name
    }

    private init(name: Name) {
        self.name = name
    }

    /// What stands for a domain that is to be looked after; public suffixes are told by ``requireDomains(_:meansSuffixes:option:)``.
    ///
    /// - Throws: `ValidationError` that says what it is instead.
    static func entered(_ text: String) throws -> DomainArgument {
        do throws(EnteredName.Refusal) {
            return DomainArgument(name: try EnteredName.standard.read(text))
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// - Parameters:
    ///   - meansSuffixes: somebody said that public suffixes are meant.
    ///   - option: how that is said here.
    /// - Throws: `ValidationError` for a name below which others register.
    static func requireDomains(_ names: [DomainArgument], meansSuffixes: Bool, option: String) throws {
        let reader = EnteredName(
            ascii: InternationalName.ascii, isSuffix: RegistrableDomain.isSuffix, suffixOption: option)
        for argument in names where !meansSuffixes {
            do throws(EnteredName.Refusal) {
                _ = try reader.read("\(argument.name)")
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }
}

extension EnteredName {
    /// As commands read names: in any script.
    static let standard = EnteredName(ascii: InternationalName.ascii, isSuffix: { _ in false })
}
