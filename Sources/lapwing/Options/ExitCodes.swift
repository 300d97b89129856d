import ArgumentParser

extension ExitCode {
    /// The configuration is wrong (EX_CONFIG).
    static let badConfiguration = ExitCode(78)
}
