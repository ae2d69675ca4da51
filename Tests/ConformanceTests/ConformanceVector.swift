import Foundation

/// A query of the public documentation and the table that its page prints for it.
struct ConformanceVector: Decodable, Sendable {
  var id: String
  var query: String
  var alternative: String?
  var columns: [String]
  var rows: [[String]]
  var tier: Int
  var isOrdered: Bool
  var hasUnorderedArrays: Bool
  var hasFreeChoice: Bool
  var isApproximate: Bool
  var isTruncated: Bool
  var hasUnreliableNames: Bool

  private enum Key: String, CodingKey {
    case id, query, columns, rows, tier, ordered, truncated
    case alternative = "alt_query"
    case arrays = "unordered_arrays"
    case choice = "free_choice"
    case approximate
    case names = "names_unreliable"
  }

  private struct Truncation: Decodable { var rows: Bool }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(String.self, forKey: .id)
    query = try container.decode(String.self, forKey: .query)
    alternative = try container.decodeIfPresent(String.self, forKey: .alternative)
    columns = try container.decode([String].self, forKey: .columns)
    rows = try container.decode([[String]].self, forKey: .rows)
    tier = try container.decode(Int.self, forKey: .tier)
    isOrdered = try container.decode(Bool.self, forKey: .ordered)
    hasUnorderedArrays = try container.decode(Bool.self, forKey: .arrays)
    hasFreeChoice = try container.decode(Bool.self, forKey: .choice)
    isApproximate = try container.decode(Bool.self, forKey: .approximate)
    isTruncated = try container.decode(Truncation.self, forKey: .truncated).rows
    hasUnreliableNames = try container.decodeIfPresent(Bool.self, forKey: .names) ?? false
  }

  /// The folder that holds `kql-docs.json`; the vectors are not part of the repository.
  static let folder = ProcessInfo.processInfo.environment["TRAWL_CONFORMANCE"]

  static func all() throws -> [ConformanceVector] {
    guard let folder else { return [] }
    let file = URL(filePath: folder).appending(path: "kql-docs.json")
    return try JSONDecoder().decode([ConformanceVector].self, from: Data(contentsOf: file))
  }
}
