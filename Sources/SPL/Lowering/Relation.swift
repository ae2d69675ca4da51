import Engine

/// A plan on its way down the pipe, and what later commands can see of it.
///
/// While its schema is open, a name that it lacks becomes one more field of the events; after `stats`, `table`
/// and the like the schema is closed, and a name that it lacks is null.
struct Relation {
  var plan: LogicalPlan {
    didSet { found = ColumnNames() }
  }
  /// Whether further fields of the events can be reached.
  var isOpen: Bool
  /// Names that were removed or renamed away while the schema was open; they hold `*` for patterns.
  var removed: Set<String> = []
  /// Further columns may exist that only the data tell: their names are not worth a warning.
  var isOpaque = false
  /// Whether its search asks for a source type of no known source: nothing is known of its fields.
  var isForeign = false
  /// How many commands lie one behind the other, those that `foreach` writes out among them.
  var depth = 0
  /// Events may have any number of fields: they are found by hash, made when the first is looked for.
  private var found = ColumnNames()

  init(_ plan: LogicalPlan, isOpen: Bool = false) {
    self.plan = plan
    self.isOpen = isOpen
  }

  var columns: [PlanColumn] { plan.columns }

  /// The column of a name, among those that are there already.
  func existing(_ name: String) -> PlanColumn? { found.columns(of: plan)[name] }

  func isRemoved(_ name: String) -> Bool { present([name]).isEmpty }

  /// The names without those that were removed.
  func present(_ names: [String]) -> [String] {
    let patterns = removed.filter { $0.utf8.contains(UInt8(ascii: "*")) }.map { WildcardName($0) }
    return names.filter { name in
      !removed.contains(name) && !patterns.contains { $0.match(name) != nil }
    }
  }

  /// The plan gives exactly its columns from here on.
  mutating func close(_ plan: LogicalPlan) {
    self.plan = plan
    isOpen = false
    removed = []
  }
}

/// The columns of a plan by their names; of one name the last.
private final class ColumnNames {
  private var columns: [String: PlanColumn]?

  func columns(of plan: LogicalPlan) -> [String: PlanColumn] {
    if let columns { return columns }
    let made = Dictionary(plan.columns.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    columns = made
    return made
  }
}

/// A field name with `*`, as `requestParameters.*`.
struct WildcardName {
  private let pieces: [[UInt8]]

  init(_ text: String) {
    pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
  }

  /// The parts of a name that the wildcards stand for; nil if it does not fit.
  ///
  /// Example: `a.*.c` and `a.b.c` give `["b"]`.
  func match(_ name: String) -> [String]? {
    let bytes = Array(name.utf8)
    guard let first = pieces.first, let last = pieces.last else { return nil }
    if pieces.count == 1 { return bytes == first ? [] : nil }
    guard bytes.count >= first.count + last.count, bytes.starts(with: first),
      bytes.suffix(last.count).elementsEqual(last)
    else { return nil }
    let end = bytes.count - last.count
    var position = first.count
    var matches: [String] = []
    for piece in pieces.dropFirst().dropLast() {
      guard let found = WildcardName.find(piece, in: bytes, from: position, to: end) else { return nil }
      matches.append(String(decoding: bytes[position..<found], as: UTF8.self))
      position = found + piece.count
    }
    matches.append(String(decoding: bytes[position..<end], as: UTF8.self))
    return matches
  }

  /// The name with each `*` replaced by the next of some texts.
  func filled(_ matches: [String]) -> String {
    var result: [UInt8] = pieces.first ?? []
    for (index, piece) in pieces.dropFirst().enumerated() {
      if index < matches.count { result += Array(matches[index].utf8) }
      result += piece
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func find(_ piece: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    guard start + piece.count <= end else { return nil }
    return (start...(end - piece.count)).first { bytes[$0..<($0 + piece.count)].elementsEqual(piece) }
  }
}
