import Diagnostics
import Engine

/// `join`: rows of the right side come under names that the left side does not have.
extension KQLWriter {
  func joined(_ join: Join) throws(WritingRefusal) -> KQLPipeline {
    guard join.kind == .inner || join.kind == .leftouter else {
      origin = join.origin
      throw refusal("a join of another kind")
    }
    var left = try rows(of: join.left)
    origin = join.origin
    var leftKeys: [String] = []
    for key in join.keys {
      leftKeys.append(columnName(of: try single(value(key.left)).asText, freshName("key"), in: &left))
    }
    let outer = pieces
    var right = try rows(of: join.right)
    origin = join.origin
    var parts: [String] = []
    var rightKeys: [String] = []
    for key in join.keys {
      let piece = try single(value(key.right))
      if !join.nullsMatch, let presence = piece.presence { right.keep(presence) }
      let name = freshName("key")
      parts.append("\(name) = \(piece.asText.text)")
      rightKeys.append(name)
    }
    var made: [ColumnID: KQLPiece] = [:]
    for output in join.outputs where !output.fromLeft {
      guard let piece = pieces[output.source] else { throw refusal("the field `\(output.column.name)`") }
      let isBusy =
        left.names.contains(output.column.name)
        || made.values.contains { $0.columnName == output.column.name }
      let name = isBusy || output.column.name.isEmpty ? freshName("value") : output.column.name
      parts.append(piece.columnName == name ? piece.text : "\(KQLName.text(name)) = \(piece.text)")
      var own = piece.column(name)
      if join.kind == .leftouter { own.mayBeEmpty = true }
      made[output.column.id] = own
    }
    right.add("project \(parts.joined(separator: ", "))")
    if join.maximumMatches == 1 {
      right.add("summarize take_any(*) by \(rightKeys.joined(separator: ", "))")
      remark(
        "of several rows with one key any is taken, where Splunk takes the first", changesRows: true)
    } else if join.maximumMatches != nil {
      throw refusal("a number of partners for each row")
    }
    let keys = zip(leftKeys, rightKeys).map { "$left.\(KQLName.text($0)) == $right.\(KQLName.text($1))" }
    left.order = []
    left.add("join kind=\(join.kind.rawValue) \(right.nested) on \(keys.joined(separator: ", "))")
    pieces.merge(outer) { _, outer in outer }
    for output in join.outputs {
      if output.fromLeft {
        pieces[output.column.id] = outer[output.source]
      } else if let piece = made[output.column.id] {
        pieces[output.column.id] = piece
        if let name = piece.columnName { left.names.insert(name) }
      }
    }
    left.names.formUnion(rightKeys)
    return left
  }
}
