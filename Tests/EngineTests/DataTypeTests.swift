import Testing

@testable import Engine

@Suite struct DataTypeTests {
  @Test func `numbers promote from int to decimal`() {
    let widths = [DataType.int, .long, .real, .decimal].compactMap(\.numericWidth)
    #expect(widths == widths.sorted())
    #expect(!DataType.string.isNumeric)
  }
}
