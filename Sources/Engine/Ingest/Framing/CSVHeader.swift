/// A cell of a CSV header: a name, perhaps with a type behind a colon.
package struct CSVHeader: Hashable, Sendable {
  package var name: String
  package var type: DataType?

  /// The header that a reader stands at. Each name is there once: what repeats `name` is `name_2`, `name_3`, ….
  static func cells(of reader: CSVReader) -> [CSVHeader] {
    var cells = (0..<reader.cellCount).map { CSVHeader(reader.text($0)) }
    var taken = Set(cells.map(\.name))
    guard taken.count < cells.count else { return cells }
    var seen: [String: Int] = [:]
    for index in cells.indices {
      let name = cells[index].name
      var number = seen[name, default: 0] + 1
      if number > 1 {
        while taken.contains("\(name)_\(number)") { number += 1 }
        cells[index].name = "\(name)_\(number)"
        taken.insert(cells[index].name)
      }
      seen[name] = number
    }
    return cells
  }

  init(name: String) { self.name = name }

  package init(_ text: String) {
    let trimmed = text.drop { $0 == " " }
    if let colon = trimmed.lastIndex(of: ":"),
      let type = DataType(rawValue: String(trimmed[trimmed.index(after: colon)...]))
    {
      name = String(trimmed[..<colon])
      self.type = type
    } else {
      name = String(trimmed)
    }
  }
}
