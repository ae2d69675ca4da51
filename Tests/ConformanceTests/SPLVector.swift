import Foundation

/// A search and the table that Splunk gives for it, or that it refuses it.
struct SPLVector: Sendable {
  /// A: printed by a Splunk. B: another implementation's. C: reasoned from the documentation.
  var tier: String
  var id: String
  var search: String
  /// More options of the command line.
  var arguments: [String]
  var now: String?
  /// Texts of files by their names.
  var logs: [String: String]
  var lookups: [String: String]
  var isRefused: Bool
  var columns: [String]
  /// The rows, and what may stand in their place.
  var answers: [[[SPLCell]]]
  var isOrdered: Bool
  var mayHaveMoreColumns: Bool
  var hasUnorderedValues: Bool

  static func all() throws -> [SPLVector] {
    guard let folder = ConformanceVector.folder else { return [] }
    let data = try Data(contentsOf: URL(filePath: folder).appending(path: "spl.json"))
    let objects = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return objects.compactMap { SPLVector($0) }
  }

  private init?(_ object: [String: Any]) {
    guard let id = object["id"] as? String, let tier = object["tier"] as? String,
      let search = object["spl"] as? String, let expected = object["expect"] as? [String: Any]
    else { return nil }
    self.id = id
    self.tier = tier
    self.search = search
    arguments = object["args"] as? [String] ?? []
    now = object["now"] as? String
    logs = object["logs"] as? [String: String] ?? [:]
    lookups = object["lookups"] as? [String: String] ?? [:]
    isRefused = expected["error"] as? Bool ?? false
    columns = expected["columns"] as? [String] ?? []
    let others = expected["accept"] as? [Any] ?? []
    answers = ([expected["rows"] as Any] + others).map { rows in
      (rows as? [[Any]] ?? []).map { $0.map { SPLCell($0) } }
    }
    isOrdered = expected["ordered"] as? Bool ?? true
    mayHaveMoreColumns = expected["extra_columns"] as? Bool ?? false
    hasUnorderedValues = expected["mv_unordered"] as? Bool ?? false
  }
}

/// A cell as JSON has it: nothing, a text, a number or truth as it is shown, or several.
enum SPLCell: Equatable, Sendable {
  case none
  case text(String)
  case number(String)
  case list([SPLCell])

  init(_ json: Any) {
    switch json {
    case let text as String: self = .text(text)
    case let list as [Any]: self = list.isEmpty ? .none : .list(list.map { SPLCell($0) })
    case let object as [String: Any]:
      let data = try? JSONSerialization.data(withJSONObject: object, options: .withoutEscapingSlashes)
      self = .text(String(decoding: data ?? Data(), as: UTF8.self))
    case let number as NSNumber:
      if String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B" {
        self = .text(number.boolValue ? "true" : "false")
      } else {
        let value = number.doubleValue
        self = .number(
          value == value.rounded() && abs(value) < 1e15 ? String(number.int64Value) : "\(value)")
      }
    default: self = .none
    }
  }

  var shown: String {
    switch self {
    case .none: ""
    case .text(let text), .number(let text): text
    case .list(let parts): "[" + parts.map { "\"\($0.shown)\"" }.joined(separator: ",") + "]"
    }
  }

  /// The number that it is or looks like.
  var value: Double? {
    switch self {
    case .none, .list: return nil
    case .number(let text): return Double(text)
    case .text(let text):
      let body = text.trimmingCharacters(in: .whitespaces)
      return body.wholeMatch(of: /[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?/) == nil ? nil : Double(body)
    }
  }
}
