import LapwingCore
import LapwingEngine
import LapwingNotify
import LapwingStore
import LapwingWeb
import Logging

/// Reports for the clients and domains of the register.
struct RegisteredReports: Sendable {
    /// Seconds for which a program may render one PDF; other reports and the end of the process wait for it.
    private static let patience = 30.0

    let register: WatchRegister
    let store: Store
    let clock: EngineClock
    let log: Logger

    /// Returns the report of a period; nil if there is no client with this key any more.
    ///
    /// - Parameters:
    ///   - key: the key of the client; nil for all domains.
    ///   - language: nil for that of the client.
    func document(_ key: String?, _ period: ReportPeriod, in language: Language?) throws -> ReportDocument? {
        let all = register.domains.map(\.watch)
        let now = clock.now()
        guard let key else {
            let material = try store.material(of: all, period: period, at: now)
            return ReportDocument(Report(material, in: Wording(language ?? .english)))
        }
        guard let client = register.clients.first(where: { $0.key == key }) else { return nil }
        let own = all.filter { client.has($0.tags) }
        let screen = NameScreen(own: own.map(\.domain), of: all.map(\.domain))
        let report = Report(
            try store.material(of: own, period: period, at: now), for: .client(client, screen),
            in: Wording(language ?? client.language ?? .english, clock: client.clock))
        return ReportDocument(report, client: client)
    }

    /// The attachments of mails. Pages are rendered when a mail is sent; PDF files are rendered earlier and stored,
    /// since that takes long.
    var attachments: MailAttachments {
        MailAttachments { notice in
            guard let reported = notice.reported, let period = ReportPeriod(code: reported.period) else { return nil }
            do {
                return try document(reported.client, period, in: notice.language).flatMap(page)
            } catch {
                log.error("cannot make a report", metadata: ["error": "\(error)"])
                return nil
            }
        }
    }

    private func page(_ document: ReportDocument) throws -> MailAttachment? {
        let file = MailAttachment(
            name: "\(document.name).html", type: "text/html; charset=utf-8", bytes: Array(try document.html().utf8))
        if file == nil { log.warning("a report is too large for a mail", metadata: ["report": "\(document.name)"]) }
        return file
    }

    /// Renders the report as a PDF; nil if no program for that is installed, or if the file is too large.
    func pdf(_ document: ReportDocument) throws -> MailAttachment? {
        guard PDFMaker.isThere else { return nil }
        let page = try document.html()
        do {
            let data = try PDFMaker.pdf(of: page, within: Self.patience)
            return MailAttachment(name: "\(document.name).pdf", type: "application/pdf", bytes: Array(data))
        } catch {
            log.warning("cannot make a PDF; the report is sent as a page", metadata: ["error": "\(error)"])
            return nil
        }
    }
}

extension ReportPost {
    /// A client's report is announced with the address of its page; a mail contains the report itself.
    init(_ reports: RegisteredReports, _ seal: LinkSeal, _ attachments: MailAttachments) {
        let register = reports.register
        self.init(
            store: reports.store, clock: reports.clock, log: reports.log, orders: { register.reports }
        ) { order, period in
            guard let document = try reports.document(order.client, period, in: order.language) else { return nil }
            let now = reports.clock.now()
            var path = "/reports/report.html?period=\(period.code)"
            if let client = document.client {
                let code = client.passwordHash == nil ? seal.signature(of: client.claim) : "-"
                path = "/client/\(client.key)/\(code)/report.html?period=\(period.code)"
                if let language = order.language, language != client.language {
                    path += "&lang=\(language.rawValue)"
                }
            }
            var isMail = false
            if case .mail = register.channels.first(where: { $0.name == order.channel })?.kind { isMail = true }
            let notice = document.report.notice(for: order, path: path, at: now, isBrief: isMail)
            if isMail, let file = try reports.pdf(document) { attachments.keep(file, for: notice.commonID) }
            return notice
        }
    }
}
