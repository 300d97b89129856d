import ArgumentParser

@main
struct Lapwing: AsyncParsableCommand {
    func run() async throws { print("lapwing") }
}
