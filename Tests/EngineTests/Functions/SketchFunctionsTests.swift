import Testing

@testable import Engine

struct SketchFunctionsTests {
  @Test func `dcount_hll counts distinct values`() throws {
    #expect(try FunctionCheck.call("dcount_hll", [.json(#"["a","b","a"]"#)]) == .long(2))
    #expect(try FunctionCheck.call("dcount_hll", [.json("[]")]) == .long(0))
  }

  @Test func `percentile_tdigest is the nearest rank`() throws {
    let digest = try Value.json("[30,null,10,20]")
    #expect(try FunctionCheck.call("percentile_tdigest", [digest, .real(50)]) == .dynamic(.long(20)))
    #expect(try FunctionCheck.call("percentile_tdigest", [.json("[]"), .real(50)]) == .null)
    #expect(
      try FunctionCheck.call("percentiles_array_tdigest", [digest, .json("[0,100,101]")])
        == .json("[10,30,null]"))
  }

  @Test func `rank_tdigest counts the values up to a value`() throws {
    #expect(try FunctionCheck.call("rank_tdigest", [.json("[1,2,3,4]"), .long(3)]) == .real(3))
    #expect(try FunctionCheck.call("rank_tdigest", [.json("[1,2.5,3]"), .real(2.75)]) == .real(2))
  }
}
