/// Finds the nearest network that holds an address: `iplocation` with a table of places.
///
/// The output has the columns of the input, then the table's. An address in no network has none of them; where the
/// table leaves a cell of its row empty, the field is "".
///
/// ```
///   network       Country  City      81.2.69.142 -> GB, London
///   81.2.69.0/24  GB       London    10.0.0.1    -> (nothing)
/// ```
package struct LocationOperator: PassingOperator {
  /// The networks of a table, found by longest prefix.
  package struct Networks: Sendable {
    private var rows: [IPv6Network: Int] = [:]
    /// Longest first.
    private var lengths: [Int] = []

    /// Rows whose text is no network are passed over.
    package init(_ table: Table, column: Int) {
      var lengths: Set<Int> = []
      for row in 0..<table.rowCount {
        guard var network = IPv6Network(table.value(row: row, column: column).splText) else { continue }
        network.address = network.address.masked(to: network.prefix)
        if rows[network] == nil { rows[network] = row }
        lengths.insert(network.prefix)
      }
      self.lengths = lengths.sorted(by: >)
    }

    package var isEmpty: Bool { rows.isEmpty }

    func row(of text: String) -> Int? {
      guard var network = IPv6Network(text), network.prefix == 128 else { return nil }
      let address = network.address
      for length in lengths {
        network.prefix = length
        network.address = address.masked(to: length)
        if let row = rows[network] { return row }
      }
      return nil
    }
  }

  let table: Table
  let networks: Networks
  /// A column of the input.
  let address: Int
  /// Columns of the table; nil for what it lacks.
  let outputs: [(column: Int?, type: DataType)]

  package init(table: Table, networks: Networks, address: Int, outputs: [(column: Int?, type: DataType)]) {
    self.table = table
    self.networks = networks
    self.address = address
    self.outputs = outputs
  }

  package var label: String { "iplocation" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    var known: [String: Int?] = [:]
    var rows: [Int?] = []
    rows.reserveCapacity(input.rowCount)
    for row in 0..<input.rowCount {
      if row % 65_536 == 0 { try context.checkpoint() }
      let text = input.value(row: row, column: address).splText
      if let place = known[text] {
        rows.append(place)
      } else {
        let place = networks.row(of: text)
        known[text] = place
        rows.append(place)
      }
    }
    return input.columns
      + outputs.map { output in
        Column.of(output.type, rows.map { $0.map { value(row: $0, output) } ?? .null })
      }
  }

  private func value(row: Int, _ output: (column: Int?, type: DataType)) -> Value {
    let text = output.column.map { table.value(row: row, column: $0).splText } ?? ""
    if output.type == .real { return Double(text).map { .real($0) } ?? .null }
    return .string(text)
  }
}
