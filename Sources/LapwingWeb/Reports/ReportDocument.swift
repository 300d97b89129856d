import Foundation
package import LapwingCore

/// A report in the forms in which it is read.
package struct ReportDocument: Sendable {
    /// The figures.
    package var report: Report
    /// Whose picture and colour it has; nil for those of the monitor.
    package var client: Client?

    package init(_ report: Report, client: Client? = nil) {
        self.report = report
        self.client = client
    }

    /// What it is called as a file, without an ending: `acme-2026-10`.
    package var name: String { "\(client?.key ?? "report")-\(report.code)" }

    /// A page that needs no other file: to be opened, printed or sent.
    ///
    /// - Throws: ``Templates/Fault`` where the template cannot be used.
    package func html() throws(Templates.Fault) -> String {
        try Templates.own.render(
            ReportModel(
                report, page: LocalPageModel(report.wording), style: ClientStyle.text(client),
                logo: client?.logo?.dataURL, back: nil))
    }

    /// The page as the listener sends it, with style sheet and picture beside it.
    func page(
        _ templates: Templates, _ page: LocalPageModel, logo: String?, back: String?
    ) throws(Templates.Fault) -> String {
        try templates.render(ReportModel(report, page: page, style: nil, logo: logo, back: back))
    }

    /// All figures as JSON; what is not known is null.
    package var json: String { JSONText.report(report).description }

    /// All figures as comma-separated values.
    package var table: String { report.table }
}

/// The style sheet of pages for clients.
enum ClientStyle {
    /// With the client's colour, where it has one.
    static func text(_ client: Client?) -> String {
        let sheet = Assets.all["client.css"] ?? ""
        return client?.colour.map { "\(sheet)\n:root:root{--brand:\($0)}" } ?? sheet
    }
}

extension Client.Logo {
    /// The picture as an address (RFC 2397).
    package var dataURL: String { "data:\(type);base64,\(Data(bytes).base64EncodedString())" }
}
