/// Which columns rows are put together from: the same for all row groups of a file.
struct ParquetRowLayout {
  let schema: ParquetSchema
  /// The wanted leaves.
  let leaves: [Int]
  /// Of each node the wanted leaves below.
  fileprivate let below: [ArraySlice<Int>]
  /// The first of them; -1 if there is none.
  fileprivate let firstLeaf: [Int]
  /// The wanted leaves that lists are in.
  fileprivate let repeated: [Int]
  /// Of each node the children that have some.
  fileprivate let children: [[Int]]
  /// The names of nodes as keys.
  fileprivate let keys: [[UInt8]]

  /// - Parameter leaves: at least one, in their order.
  init(_ schema: ParquetSchema, leaves: [Int]) {
    (self.schema, self.leaves) = (schema, leaves)
    // How many wanted leaves stand before each.
    var before = [0]
    before.reserveCapacity(schema.leaves.count + 1)
    var next = 0
    for leaf in schema.leaves.indices {
      if next < leaves.count, leaves[next] == leaf { next += 1 }
      before.append(next)
    }
    let below = schema.nodes.map { leaves[before[$0.leaves.lowerBound]..<before[$0.leaves.upperBound]] }
    self.below = below
    firstLeaf = below.map { $0.first ?? -1 }
    repeated = leaves.filter { schema.leaves[$0].repetition > 0 }
    children = schema.nodes.map { $0.children.filter { !below[$0].isEmpty } }
    keys = schema.nodes.indices.map { node in
      if below[node].isEmpty { return [] }
      var key: [UInt8] = []
      JSONValue.writeQuoted(schema.nodes[node].name, to: &key)
      return key + [0x3A]
    }
  }
}

/// Puts the columns of a row group together again: each row as a JSON object of the wanted columns.
///
/// ```
///   columns   eventName "x"    resources.list.element.ARN "a", "b"       (levels tell that "b" goes on the list)
///   row       {"eventName":"x","resources":[{"ARN":"a"},{"ARN":"b"}]}
/// ```
/// What is null is left out; in lists it is `null`.
final class ParquetRowWriter {
  private let layout: ParquetRowLayout
  private let schema: ParquetSchema
  /// The readers of the wanted leaves.
  private var readers: [ParquetColumnReader?]
  let rows: Int
  private(set) var row = 0
  /// What could not be told as it is, by its leaf.
  private(set) var losses: [Int: ParquetCell.Loss] = [:]

  init(
    _ file: ParquetFile, group: Int, _ layout: ParquetRowLayout, _ codecs: ParquetCodecs
  ) throws(ParquetDamage) {
    self.layout = layout
    schema = layout.schema
    readers = [ParquetColumnReader?](repeating: nil, count: schema.leaves.count)
    for leaf in layout.leaves {
      readers[leaf] = try ParquetColumnReader(file, group: group, leaf: leaf, codecs)
    }
    rows = file.metadata.groups[group].rows
  }

  /// Looks whether the columns end with the last row: what they hold beyond would be lost.
  func expectEnd() throws(ParquetDamage) {
    for leaf in layout.leaves where readers[leaf]?.isAtEnd == false {
      throw ParquetDamage(
        "the column `\(schema.leaves[leaf].path.joined(separator: "."))` has more values than there are rows")
    }
  }

  /// Appends the next row; false behind the last one.
  func next(to buffer: PaddedBuffer) throws(ParquetDamage) -> Bool {
    guard row < rows else { return false }
    row += 1
    // A list that goes on here belongs to the row before.
    for leaf in layout.repeated {
      if let reader = readers[leaf], try reader.isReady(), reader.repetition > 0 {
        throw ParquetDamage("the levels of a column do not fit")
      }
    }
    buffer.append(0x7B)
    var isFirst = true
    for child in layout.children[0] { try member(child, buffer, &isFirst) }
    buffer.append(0x7D)
    return true
  }

  // MARK: -

  private func reader(_ node: Int) throws(ParquetDamage) -> ParquetColumnReader {
    let leaf = layout.firstLeaf[node]
    guard leaf >= 0, let reader = readers[leaf], try reader.isReady() else {
      throw ParquetDamage("a column has fewer values than rows")
    }
    return reader
  }

  /// Steps over one entry of all leaves below.
  private func pass(_ node: Int) throws(ParquetDamage) {
    for leaf in layout.below[node] {
      guard let reader = readers[leaf], try reader.isReady() else {
        throw ParquetDamage("a column has fewer values than rows")
      }
      reader.advance()
    }
  }

  private func member(
    _ number: Int, _ buffer: PaddedBuffer, _ isFirst: inout Bool
  ) throws(ParquetDamage) {
    let node = schema.nodes[number]
    if node.isOptional, try reader(number).definition < node.definition { return try pass(number) }
    if !isFirst { buffer.append(0x2C) }
    isFirst = false
    append(layout.keys[number], buffer)
    if node.isRepeated {
      try elements(of: number, element: number, buffer)
    } else {
      try content(number, buffer)
    }
  }

  /// A value that may be null, in a list.
  private func element(_ number: Int, _ buffer: PaddedBuffer) throws(ParquetDamage) {
    let node = schema.nodes[number]
    if node.isOptional, try reader(number).definition < node.definition {
      append(ParquetRowWriter.null, buffer)
      return try pass(number)
    }
    if node.isRepeated {
      try elements(of: number, element: number, buffer)
    } else {
      try content(number, buffer)
    }
  }

  private static let null = Array("null".utf8)

  /// A value that is there.
  private func content(_ number: Int, _ buffer: PaddedBuffer) throws(ParquetDamage) {
    let node = schema.nodes[number]
    switch node.shape {
    case .leaf(let leaf):
      let reader = try reader(number)
      guard reader.definition == node.definition else {
        throw ParquetDamage("the levels of a column do not fit")
      }
      let (values, index) = reader.current
      write(values, index, leaf, to: buffer)
      reader.advance()
    case .group:
      buffer.append(0x7B)
      var isFirst = true
      for child in layout.children[number] { try member(child, buffer, &isFirst) }
      buffer.append(0x7D)
    case .list:
      let repeated = node.children[0]
      try elements(of: repeated, element: schema.element(ofList: number) ?? repeated, buffer)
    case .map: try entries(of: node.children[0], buffer)
    }
  }

  /// The elements of a repeated node, of which each is `element` or the node itself.
  private func elements(of repeated: Int, element: Int, _ buffer: PaddedBuffer) throws(ParquetDamage) {
    buffer.append(0x5B)
    try forEachEntry(of: repeated) { isFirst throws(ParquetDamage) in
      if !isFirst { buffer.append(0x2C) }
      if element == repeated { try content(repeated, buffer) } else { try self.element(element, buffer) }
    }
    buffer.append(0x5D)
  }

  /// The pairs of a map, as members.
  private func entries(of repeated: Int, _ buffer: PaddedBuffer) throws(ParquetDamage) {
    let pair = schema.nodes[repeated].children
    guard !layout.below[pair[0]].isEmpty, case .leaf(let leaf) = schema.nodes[pair[0]].shape,
      !schema.nodes[pair[0]].isRepeated
    else { return try elements(of: repeated, element: repeated, buffer) }
    let scratch = PaddedBuffer(capacity: 64)
    buffer.append(0x7B)
    try forEachEntry(of: repeated) { isFirst throws(ParquetDamage) in
      let reader = try reader(pair[0])
      scratch.count = 0
      if reader.definition == schema.nodes[pair[0]].definition {
        let (values, index) = reader.current
        write(values, index, leaf, to: scratch)
      }
      reader.advance()
      if !isFirst { buffer.append(0x2C) }
      // Keys of JSON are texts.
      let isText = scratch.count > 0 && scratch.base[0] == 0x22
      if !isText { buffer.append(0x22) }
      buffer.append(scratch.base, count: scratch.count)
      if !isText { buffer.append(0x22) }
      buffer.append(0x3A)
      if layout.below[pair[1]].isEmpty {
        append(ParquetRowWriter.null, buffer)
      } else {
        try element(pair[1], buffer)
      }
    }
    buffer.append(0x7D)
  }

  private func forEachEntry(
    of repeated: Int, _ visit: (_ isFirst: Bool) throws(ParquetDamage) -> Void
  ) throws(ParquetDamage) {
    let node = schema.nodes[repeated]
    let reader = try reader(repeated)
    guard reader.definition >= node.definition else { return try pass(repeated) }
    var isFirst = true
    repeat {
      try visit(isFirst)
      isFirst = false
    } while try reader.isReady() && reader.repetition == node.repetition
  }

  private func write(_ values: ParquetValues, _ index: Int, _ leaf: Int, to buffer: PaddedBuffer) {
    let loss = ParquetCell.write(values, index, schema.leaves[leaf].type, to: buffer)
    if let loss, losses[leaf] == nil { losses[leaf] = loss }
  }

  private func append(_ bytes: [UInt8], _ buffer: PaddedBuffer) {
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.append(base, count: $0.count) } }
  }
}
