import Foundation
import Testing

import LapwingWeb

@Suite struct OutputTests {
    @Test func descriptionIsJSON() throws {
        let document = OpenAPI.document(base: "/dns")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
        #expect(object["openapi"] as? String == "3.1.0")
        #expect((object["paths"] as? [String: Any])?.count == 30)
        #expect((object["servers"] as? [[String: String]]) == [["url": "/dns"]])
        #expect(OpenAPI.document(base: "").contains(#""url": "/""#))
    }

    @Test func metricsInBothForms() {
        var families = MetricFamilies()
        families.begin("lapwing_record_changes", .counter, "Changes.")
        families.add(3, [("domain", "a\"\\\n.")])
        families.begin("lapwing_empty", .gauge, "Nothing.")
        families.begin("lapwing_ttl_seconds", .gauge, "TTL.")
        families.add(0.25)
        #expect(
            families.text(isOpen: false) == """
                # HELP lapwing_record_changes_total Changes.
                # TYPE lapwing_record_changes_total counter
                lapwing_record_changes_total{domain="a\\"\\\\\\n."} 3
                # HELP lapwing_ttl_seconds TTL.
                # TYPE lapwing_ttl_seconds gauge
                lapwing_ttl_seconds 0.25

                """)
        let open = families.text(isOpen: true)
        #expect(open.contains("# TYPE lapwing_record_changes counter\n") && open.hasSuffix("# EOF\n"))
    }

    @Test func badgeIsEscaped() {
        let badge = Badge.svg(subject: "<b>\"&", state: "ok", colour: "#1d7f5c")
        #expect(!badge.contains("<b>") && badge.contains("&lt;b&gt;&quot;&amp;"))
    }
}
