import Testing

/// Queries of a size that no one writes by hand: they run, or are refused by name; none ends the process.
@Suite struct LargeQueryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ text: String, _ name: String = "large.kql") throws -> TrawlProcess {
    try TrawlProcess.run("query", "-q", "--format", "csv", "--file", folder.write(name, text))
  }

  @Test(arguments: ["and", "or"])
  func `thousands of conditions side by side run`(connective: String) throws {
    let conditions = (0..<12_000).map { "x \(connective == "and" ? "!=" : "==") \($0)" } + ["x == 20000"]
    let result = try run("print x=20000 | where \(conditions.joined(separator: " \(connective) "))")
    #expect(result.exitCode == 0, "\(result.error.prefix(500))")
    #expect(result.output == "x\n20000\n")
  }

  @Test func `values built from thousands of others are refused`() throws {
    let chain = (1..<5_000).map { "let a\($0)=a\($0 - 1)+1;" }.joined()
    let result = try run("let a0=1;\(chain)print a4999")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("error[too-deep]: the value of `a501` is built from too many others"))
    let doubling = (1..<40).map { "let a\($0)=a\($0 - 1)+a\($0 - 1);" }.joined()
    #expect(try run("let a0=1;\(doubling)print a39").error.contains("error[too-deep]"))
    let short = (1..<300).map { "let a\($0)=a\($0 - 1)+1;" }.joined()
    #expect(try run("let a0=1;\(short)print a=a299").output == "a\n300\n")
  }

  @Test func `tables that double at each let end at a limit`() throws {
    let doubling = (1..<40).map { "let t\($0)=union t\($0 - 1),t\($0 - 1);" }.joined()
    let result = try run("let t0=print x=1;\(doubling)t39 | count")
    #expect(result.exitCode == 5)
    #expect(result.error.contains("error[row-limit]: a union would hold more than 500000000 rows"))
    let some = (1..<20).map { "let t\($0)=union t\($0 - 1),t\($0 - 1);" }.joined()
    #expect(try run("let t0=print x=1;\(some)t19 | count").output == "Count\n524288\n")
  }

  @Test func `a search with thousands of commands is refused`() throws {
    let result = try run("| makeresults" + String(repeating: " | eval x=1", count: 3_000), "large.spl")
    #expect(result.exitCode == 2)
    #expect(
      result.error.contains("error[too-many-stages]: the search has more than 1000 commands in one pipe"))
  }

  @Test func `a join in which one key matches everything stops in time`() throws {
    let query = "let a=range x from 1 to 30000 step 1 | extend k=1; a | join kind=inner a on k | count"
    let result = try TrawlProcess.run("query", "-q", "--timeout", "1s", query)
    #expect(result.exitCode == 5)
    #expect(result.error.contains("error[time-limit]"))
  }

  @Test func `an expansion that would fill the memory stops`() throws {
    let query = "range x from 1 to 65536 step 1 | extend l=range(1,1000) | mv-expand l | count"
    let result = try TrawlProcess.run("query", "-q", "--timeout", "2s", query)
    #expect(result.exitCode == 5)
  }
}
