import DNSWire
import LapwingCore

/// The reply to a query in a world. Messages and summaries are those of the reply's template, computed once.
struct SimulatedAnswer: TaskResult {
    let client: SimulatedClient
    let task: ProbeTask
    let outcome: SimulatedClient.Outcome
    let second: Int

    var summary: AnswerSummary? { outcome.reply.flatMap { client.summary(of: $0, covering: task.coverage) } }
    var overStream: Bool { outcome.transport != .udp }
    var truncatedOverUDP: Bool { outcome.truncated != nil }
    var reply: ProbeReply { client.reply(to: task, outcome, at: second) }
}
