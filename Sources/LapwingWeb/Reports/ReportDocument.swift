import Foundation
package import LapwingCore

/// A report in its output formats.
package struct ReportDocument: Sendable {
    /// The figures.
    package var report: Report
    /// The client whose logo and colour are used; nil for those of the monitor.
    package var client: Client?

    package init(_ report: Report, client: Client? = nil) {
        self.report = report
        self.client = client
    }

    /// The file name without a suffix: `acme-2026-10`.
    package var name: String { "\(client?.key ?? "report")-\(report.code)" }

    /// Renders a self-contained page, to be opened, printed or sent.
    ///
    /// - Throws: ``Templates/Fault`` if the template cannot be used.
    package func html() throws(Templates.Fault) -> String {
        try Templates.own.render(
            ReportModel(
                report, page: LocalPageModel(report.wording), style: ClientStyle.text(client),
                logo: client?.logo?.dataURL, back: nil))
    }

    /// Renders the page for the listener, with separate style sheet and logo.
    func page(
        _ templates: Templates, _ page: LocalPageModel, logo: String?, back: String?
    ) throws(Templates.Fault) -> String {
        try templates.render(ReportModel(report, page: page, style: nil, logo: logo, back: back))
    }

    /// All figures as JSON; unknown values are null.
    package var json: String { JSONText.report(report).description }

    /// All figures as comma-separated values.
    package var table: String { report.table }
}

/// The style sheet of pages for clients.
enum ClientStyle {
    /// Returns the style sheet, with the client's colour if it has one.
    static func text(_ client: Client?) -> String {
        let sheet = Assets.all["client.css"] ?? ""
        return client?.colour.map { "\(sheet)\n:root:root{--brand:\($0)}" } ?? sheet
    }
}

extension Client.Logo {
    /// The picture as a data URL (RFC 2397).
    package var dataURL: String { "data:\(type);base64,\(Data(bytes).base64EncodedString())" }
}
