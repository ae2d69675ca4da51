/// How an event differs from what its columns say.
///
/// ```
///   null:ResponseElements text:ReadOnly other:addendum      raw
/// ```
/// `null` is there and null, `text` is a text where the column has another kind, `other` is a member without a column;
/// `raw` stands for everything else.
struct PackedForm: Hashable {
  var isRaw = false
  var nulls: [Int] = []
  var texts: [Int] = []
  var others: [String] = []

  private static let otherLimit = 8

  init() {}

  /// Empty for an event that is just its columns.
  func text(_ layout: PackLayout) -> String {
    let isPlain = others.allSatisfy {
      $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2E && $0 != 0x3A }
    }
    if isRaw || others.count > PackedForm.otherLimit || !isPlain { return "raw" }
    return
      (nulls.map { "null:\(layout.columns[$0].name)" } + texts.map { "text:\(layout.columns[$0].name)" }
      + others.map { "other:\($0)" }).joined(separator: " ")
  }

  /// What is not understood is raw.
  init(_ text: String, _ places: [String: Int]) {
    for part in text.split(separator: " ") {
      let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
      switch (pair.first, pair.last.flatMap { places[$0] }) {
      case ("null"?, let place?) where pair.count == 2: nulls.append(place)
      case ("text"?, let place?) where pair.count == 2: texts.append(place)
      case ("other"?, _) where pair.count == 2: others.append(pair[1])
      default: isRaw = true
      }
    }
  }
}
