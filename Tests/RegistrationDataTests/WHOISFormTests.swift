import RegistrationData
import Testing

@Suite struct WHOISFormTests {
    static let all =
        WHOISCase.european + WHOISCase.moreEuropean + WHOISCase.world + WHOISCase.moreWorld + WHOISCase.generic
        + WHOISCase.rare + WHOISCase.registrars

    @Test("answers in the forms of registries", arguments: all) func reads(_ case: WHOISCase) {
        let registration = WHOISText(`case`.answer, domain: `case`.domain).registration
        #expect(registration.outcome == `case`.outcome)
        #expect(registration.expires?.value.description == `case`.expires)
        if let created = `case`.created { #expect(registration.created?.value.description == created) }
        #expect((registration.nameServers?.value ?? []).sorted() == `case`.nameServers.sorted())
        #expect(registration.statuses?.value ?? [] == `case`.statuses)
        #expect(registration.alarms == `case`.alarms)
        if let registrar = `case`.registrar { #expect(registration.registrar?.value == registrar) }
    }
}
