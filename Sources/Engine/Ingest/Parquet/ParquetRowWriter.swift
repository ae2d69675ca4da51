/// Puts the columns of a row group together again: each row as a JSON object of the wanted columns.
///
/// ```
///   columns   eventName "x"    resources.list.element.ARN "a", "b"       (levels tell that "b" goes on the list)
///   row       {"eventName":"x","resources":[{"ARN":"a"},{"ARN":"b"}]}
/// ```
/// What is null is left out; in lists it is `null`.
final class ParquetRowWriter {
  private let schema: ParquetSchema
  /// The readers of the wanted leaves.
  private var readers: [ParquetColumnReader?]
  /// The first wanted leaf below each node; -1 if there is none.
  private var firstLeaf: [Int]
  /// The readers below each node.
  private var below: [[ParquetColumnReader]]
  private let keys: [[UInt8]]
  let rows: Int
  private(set) var row = 0

  /// - Parameter leaves: at least one.
  init(_ file: ParquetFile, group: Int, leaves: [Int], _ codecs: ParquetCodecs) throws(ParquetDamage) {
    schema = file.schema
    readers = [ParquetColumnReader?](repeating: nil, count: schema.leaves.count)
    for leaf in leaves { readers[leaf] = try ParquetColumnReader(file, group: group, leaf: leaf, codecs) }
    firstLeaf = [Int](repeating: -1, count: schema.nodes.count)
    below = [[ParquetColumnReader]](repeating: [], count: schema.nodes.count)
    keys = schema.nodes.map { node in
      var key: [UInt8] = []
      JSONValue.writeQuoted(node.name, to: &key)
      return key + [0x3A]
    }
    rows = file.metadata.groups[group].rows
    for node in schema.nodes.indices {
      firstLeaf[node] = schema.leafRange(node).first { readers[$0] != nil } ?? -1
      below[node] = schema.leafRange(node).compactMap { readers[$0] }
    }
  }

  /// Appends the next row; false behind the last one.
  func next(to buffer: PaddedBuffer) throws(ParquetDamage) -> Bool {
    guard row < rows, let root = schema.nodes.first else { return false }
    row += 1
    buffer.append(0x7B)
    var isFirst = true
    for child in root.children { try member(child, buffer, &isFirst) }
    buffer.append(0x7D)
    return true
  }

  // MARK: -

  private func reader(_ node: Int) throws(ParquetDamage) -> ParquetColumnReader {
    guard firstLeaf[node] >= 0, let reader = readers[firstLeaf[node]], try reader.isReady() else {
      throw ParquetDamage("a column has fewer values than rows")
    }
    return reader
  }

  /// Steps over one entry of all leaves below.
  private func pass(_ node: Int) throws(ParquetDamage) {
    for reader in below[node] {
      guard try reader.isReady() else { throw ParquetDamage("a column has fewer values than rows") }
      reader.advance()
    }
  }

  private func member(
    _ number: Int, _ buffer: PaddedBuffer, _ isFirst: inout Bool
  ) throws(ParquetDamage) {
    guard firstLeaf[number] >= 0 else { return }
    let node = schema.nodes[number]
    if node.isOptional, try reader(number).definition < node.definition { return try pass(number) }
    if !isFirst { buffer.append(0x2C) }
    isFirst = false
    append(keys[number], buffer)
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
      ParquetCell.write(values, index, schema.leaves[leaf].type, to: buffer)
      reader.advance()
    case .group:
      buffer.append(0x7B)
      var isFirst = true
      for child in node.children { try member(child, buffer, &isFirst) }
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
    guard firstLeaf[pair[0]] >= 0, case .leaf(let leaf) = schema.nodes[pair[0]].shape,
      !schema.nodes[pair[0]].isRepeated
    else { return try elements(of: repeated, element: repeated, buffer) }
    let scratch = PaddedBuffer(capacity: 64)
    buffer.append(0x7B)
    try forEachEntry(of: repeated) { isFirst throws(ParquetDamage) in
      let reader = try reader(pair[0])
      scratch.count = 0
      if reader.definition == schema.nodes[pair[0]].definition {
        let (values, index) = reader.current
        ParquetCell.write(values, index, schema.leaves[leaf].type, to: scratch)
      }
      reader.advance()
      if !isFirst { buffer.append(0x2C) }
      // Keys of JSON are texts.
      let isText = scratch.count > 0 && scratch.base[0] == 0x22
      if !isText { buffer.append(0x22) }
      buffer.append(scratch.base, count: scratch.count)
      if !isText { buffer.append(0x22) }
      buffer.append(0x3A)
      if firstLeaf[pair[1]] >= 0 {
        try element(pair[1], buffer)
      } else {
        append(ParquetRowWriter.null, buffer)
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

  private func append(_ bytes: [UInt8], _ buffer: PaddedBuffer) {
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.append(base, count: $0.count) } }
  }
}
