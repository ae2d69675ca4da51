/// The name of a query language: the key under which records keep the names that a language has for them.
///
/// It is open and decides nothing. What a language makes of values is its `Dialect`, and what can be done with its
/// texts is behind its front end; so a further language needs no line here.
package struct Language: Hashable, Sendable {
  /// In lower case: `kql`.
  package let name: String

  package init(_ name: String) { self.name = name }

  package static let kql = Language("kql")
  package static let spl = Language("spl")
}
