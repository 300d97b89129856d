import Foundation

/// Plays one seed: `lapwing-trial SEED [--log]`. Prints one line, and the log of what happened where something is wrong.
///
/// Dictionaries must be in the same order each time, so it starts itself anew without random hashing.
if ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] == nil {
    setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
    var arguments = CommandLine.arguments.map { strdup($0) as UnsafeMutablePointer<CChar>? }
    arguments.append(nil)
    execv("/proc/self/exe", arguments)
}

guard CommandLine.arguments.count >= 2, let seed = UInt64(CommandLine.arguments[1]) else {
    print("usage: lapwing-trial SEED [--log]")
    exit(2)
}
let folder = FileManager.default.temporaryDirectory.appending(path: "lapwing-trial-\(getpid())").path
var trial: Trial?
var failure: (any Error)?
do {
    trial = try Trial(seed: seed, folder: folder)
    try trial?.run()
} catch {
    failure = error
}
try? FileManager.default.removeItem(atPath: folder)
if failure != nil || CommandLine.arguments.contains("--log") {
    for line in trial?.log ?? [] { print("  \(line)") }
}
let taken = trial?.receivers.read(\.taken.count) ?? 0
let trace = trial?.trace.value ?? 0
let steps = failure == nil ? trial?.played ?? 0 : trial?.steps ?? 0
let figures = "\(steps) steps, \(trial?.kills ?? 0) kills, \(taken) messages, trace \(trace)"
if let failure {
    print("seed \(seed): VIOLATION at \(Double(trial?.time.passed ?? 0) / 1000) s: \(failure) (\(figures))")
    exit(1)
}
print("seed \(seed): holds (\(figures))")
exit(0)
