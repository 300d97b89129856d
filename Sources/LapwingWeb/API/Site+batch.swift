import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingImport
import NIOCore

/// Adding many domains with one request.
extension Site {
    static let batchRoutes: [Route] = [
        Route(.post, "/api/v1/domains:batch", longestBody: AddPage.longestBody) { try await $0.apiBatch($1) }
    ]

    /// Adds the domains of the body, in any recognised format: all valid ones, in one transaction.
    private func apiBatch(_ request: WebRequest) async throws -> Response {
        let query: BatchQuery = try request.query()
        let format = try query.format.map { word in
            guard let format = ImportFormat(rawValue: word) else { throw Failure(.badRequest, "format: unknown.") }
            return format
        }
        let bytes = Array(request.body.readableBytesView)
        let result: ImportReading.Result
        do throws(ImportFault) {
            let input = ImportInput(name: "body", files: [.init("body", bytes)])
            result = try ImportReading(importRules, format: format).read(input)
        } catch {
            throw Failure(.badRequest, "\(error).")
        }
        guard result.domains.count <= AddPage.mostNames else {
            throw Failure(.contentTooLarge, "More than \(AddPage.mostNames) domains in one request.")
        }
        let wish = request.isJSON ? try? JSONDocument.read(bytes, file: "body") : nil
        let tags = (wish?["tags"]?.texts ?? AddPage.tags(query.tags ?? "")).prefix(64)
        var plan = sources.plan(result.domains, Array(tags))
        plan.faults = result.faults + plan.faults
        let isTrial = try flag(query.dry_run ?? wish?.text("dry_run"), "dry_run")
        if !isTrial { try await apply(plan, by: request.person()) }
        return WebAnswer.json(Self.answer(plan, result, isTrial).description)
    }

    private func flag(_ text: String?, _ name: String) throws -> Bool {
        switch text {
        case nil, "false", "0": return false
        case "true", "1", "": return true
        default: throw Failure(.badRequest, "\(name): true or false.")
        }
    }

    private static func answer(_ plan: ImportPlan, _ result: ImportReading.Result, _ isTrial: Bool) -> JSONText {
        let entries = plan.entries.map { entry in
            JSONText.object([
                ("name", .text(entry.name.description)), ("result", .text(word(entry.standing))),
                (
                    "reason",
                    .optional(entry.standing == .elsewhere ? "\(entry.holder ?? "something else") names it" : nil)
                ), ("place", .optional(entry.place?.description)),
            ])
        }
        let faults = plan.faults.map { fault in
            JSONText.object([
                ("name", .optional(fault.entry)), ("result", .text(fault.weight == .leftOut ? "left_out" : "refused")),
                ("reason", .text(fault.reason)), ("place", .text(fault.place.description)),
            ])
        }
        let refused = plan.faults.count { $0.weight != .leftOut }
        return JSONText.object([
            ("dry_run", .flag(isTrial)), ("format", .text(result.format.rawValue)),
            ("added", .number(plan.count(.new))), ("changed", .number(plan.count(.changed))),
            ("unchanged", .number(plan.count(.unchanged))), ("kept", .number(plan.count(.elsewhere))),
            ("refused", .number(refused)), ("left_out", .number(plan.faults.count - refused)),
            ("results", .list(entries + faults)),
        ])
    }

    private static func word(_ standing: ImportPlan.Standing) -> String {
        switch standing {
        case .new: "added"
        case .changed: "changed"
        case .elsewhere: "kept"
        case .unchanged, .gone: "unchanged"
        }
    }
}
