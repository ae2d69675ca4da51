/// The query language that a name, a text rule or a message belongs to.
package enum Language: String, Hashable, Sendable, CaseIterable {
  case kql
  case spl
}
