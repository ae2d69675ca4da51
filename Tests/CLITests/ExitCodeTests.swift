import Testing

@testable import TrawlCLI

@Suite struct ExitCodeTests {
  @Test func `what is wrong counts for more than what is missing, and so on down`() {
    let order: [ExitCode] = [.usage, .unreadable, .limit, .failedTest, .partial, .success]
    #expect(Set(order) == Set(ExitCode.allCases))
    for (index, code) in order.enumerated() {
      for lesser in order[index...] { #expect(ExitCode.gravest([lesser, code]) == code) }
    }
    #expect(ExitCode.gravest([]) == .success)
  }
}
