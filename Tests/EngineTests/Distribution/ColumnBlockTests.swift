import Engine
import Foundation
import Testing

@Suite struct ColumnBlockTests {
  private static let columns: [Column] = [
    .bools([true, false, true], validity: [true, true, false]),
    .int64(.long, [1, .min, .max]), .int64(.datetime, [0, 5, 7], validity: [false, true, true]),
    .reals([-0.0, .nan, .infinity]), .constant(.string("x"), .string, count: 3),
    .constant(.null, .dynamic, count: 3),
    Column.of(.string, [.string(""), .string("ä\u{0}"), .string("")]),
    Column.of(.dynamic, [.dynamic(.array([.long(1)])), .null, .dynamic(.string("s"))]),
    Column.of(.decimal, [.decimal(Decimal(string: "1.50") ?? 0), .null, .decimal(.nan)]),
    Column.of(.timespan, [.timespan(1), .null, .timespan(-1)]),
  ]

  private static func table(_ columns: [Column]) -> Table {
    Table(
      fields: columns.enumerated().map { Field("c\($0)", $1.type) }, columns: columns,
      rowCount: columns.first?.count ?? 0)
  }

  @Test func `every layout comes back as it went`() throws {
    let whole = Self.table(Self.columns)
    let tables = [
      whole, whole.gather(Vector([2, 0])), whole.slice(0..<0), Table(fields: [], columns: [], rowCount: 7),
    ]
    let back = try ColumnBlock.tables(from: ColumnBlock.bytes(of: tables)[...])
    #expect(back.count == tables.count)
    for (one, other) in zip(tables, back) {
      #expect(other.fields == one.fields && other.rowCount == one.rowCount)
      for (column, same) in zip(one.columns, other.columns) {
        for row in 0..<column.count { #expect("\(same.value(at: row))" == "\(column.value(at: row))") }
      }
    }
    #expect(ColumnBlock.bytes(of: back) == ColumnBlock.bytes(of: tables))
  }

  @Test func `what is cut off, changed or of another version is refused`() throws {
    let bytes = ColumnBlock.bytes(of: [Self.table(Self.columns)])
    for count in 0..<bytes.count {
      #expect(throws: BlockFailure.self) { try ColumnBlock.tables(from: bytes[..<count]) }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x41
      #expect(throws: BlockFailure.self) { try ColumnBlock.tables(from: changed[...]) }
    }
    var other = bytes
    other[4] = 9
    #expect(throws: BlockFailure.otherVersion(9)) { try ColumnBlock.tables(from: other[...]) }
  }
}
