import Diagnostics

/// What a task read, as tables that travel, and the reports of all tasks as one.
extension LoadReport {
  private static let timeNames: [(String, any WritableKeyPath<LoadReport, Int64?> & Sendable)] = [
    ("earliest", \.earliest), ("latest", \.latest),
  ]
  /// Numbers by kind and name; then what is said of files.
  package var tables: [Table] {
    var numbers: [[Value]] = []
    func add(_ kind: String, _ name: String, _ number: Int64) {
      numbers.append([.string(kind), .string(name), .long(number)])
    }
    for (name, path) in LoadReport.numberNames { add("count", name, Int64(self[keyPath: path])) }
    for (name, path) in LoadReport.timeNames { if let time = self[keyPath: path] { add("time", name, time) } }
    for (name, count) in eventsBySource.sorted(by: { $0.key < $1.key }) { add("source", name, Int64(count)) }
    for (day, count) in days.byDay { add("day", "\(day)", Int64(count)) }
    var places: [[Value]] = []
    func say(_ kind: String, _ path: String, _ reason: String = "", _ offset: Int = 0) {
      places.append([.string(kind), .string(path), .string(reason), .long(Int64(offset))])
    }
    for (name, path) in LoadReport.pathNames {
      for entry in self[keyPath: path] { say(name, entry.path, entry.reason) }
    }
    for place in damaged { say("damaged", place.path, place.reason, place.offset) }
    if let place = firstRejected { say("firstRejected", place.path, place.reason, place.offset) }
    if let path = newestFile { say("newest", path) }
    for words in remedies.map({ $0.words.joined(separator: " ") }).sorted() { say("remedy", "", words) }
    for path in emptyTables { say("empty", path) }
    return [
      Table(fields: [Field("kind", .string), Field("name", .string), Field("number", .long)], rows: numbers),
      Table(
        fields: [
          Field("kind", .string), Field("path", .string), Field("reason", .string), Field("offset", .long),
        ], rows: places),
    ]
  }

  /// - Throws: for tables that are no report.
  package init(_ tables: [Table]) throws(BlockFailure) {
    self.init()
    guard tables.count == 2, tables[0].fields.count == 3, tables[1].fields.count == 4 else {
      throw .damaged("it is no report")
    }
    for row in 0..<tables[0].rowCount {
      guard case .string(let kind) = tables[0].value(row: row, column: 0),
        case .string(let name) = tables[0].value(row: row, column: 1),
        case .long(let number) = tables[0].value(row: row, column: 2)
      else { throw .damaged("a number of a report is none") }
      try add(kind, name, number)
    }
    for row in 0..<tables[1].rowCount {
      guard case .string(let kind) = tables[1].value(row: row, column: 0),
        case .string(let path) = tables[1].value(row: row, column: 1),
        case .string(let reason) = tables[1].value(row: row, column: 2),
        case .long(let offset) = tables[1].value(row: row, column: 3)
      else { throw .damaged("what a report says of a file is nothing") }
      try add(kind, Place(path: path, reason: reason, offset: Int(offset)))
    }
  }

  private mutating func add(_ kind: String, _ name: String, _ number: Int64) throws(BlockFailure) {
    switch kind {
    case "count":
      if let (_, path) = LoadReport.numberNames.first(where: { $0.0 == name }) {
        return self[keyPath: path] = Int(number)
      }
    case "time":
      if let (_, path) = LoadReport.timeNames.first(where: { $0.0 == name }) {
        return self[keyPath: path] = number
      }
    case "source": return eventsBySource[name] = Int(number)
    case "day": if let day = Int64(name) { return days.add(day: day, count: Int(number)) }
    default: break
    }
    throw .damaged("a report has a number that is not known here")
  }

  private mutating func add(_ kind: String, _ place: Place) throws(BlockFailure) {
    if let (_, path) = LoadReport.pathNames.first(where: { $0.0 == kind }) {
      return self[keyPath: path].append((place.path, place.reason))
    }
    switch kind {
    case "damaged": damaged.append(place)
    case "firstRejected": firstRejected = place
    case "newest": newestFile = place.path
    case "remedy":
      guard let remedy = Remedy(words: place.reason.split(separator: " ").map(String.init)) else {
        throw .damaged("a report speaks of a limit that is not known here")
      }
      remedies.insert(remedy)
    case "empty": emptyTables.append(place.path)
    default: throw .damaged("a report says what is not known here")
    }
  }

  /// Puts what is said of files into the order in which these were found, as one machine says it.
  package mutating func sort(by files: [LogFile]) {
    let places = Dictionary(files.enumerated().map { ($1.path, $0) }) { first, _ in first }
    // What lies in an archive has its path in front.
    func place(_ path: String) -> Int {
      if let known = places[path] { return known }
      var end = path.endIndex
      while let cut = path[..<end].lastIndex(where: { $0 == "!" || $0 == "/" }) {
        if let known = places[String(path[..<cut])] { return known }
        end = cut
      }
      return Int.max
    }
    for (_, path) in LoadReport.pathNames { self[keyPath: path].sortStably { place($0.path) } }
    damaged.sortStably { place($0.path) }
    emptyTables.sortStably { place($0) }
  }
}

extension Array {
  fileprivate mutating func sortStably(by place: (Element) -> Int) {
    let ranked = enumerated().map { (place($1), $0, $1) }
    self = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }
}
