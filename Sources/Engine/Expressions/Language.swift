/// The query language that a name, a text rule or a message belongs to.
package enum Language: String, Hashable, Sendable, CaseIterable, Codable {
  case kql
  case spl
}
