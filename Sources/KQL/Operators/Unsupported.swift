package import Diagnostics

/// An operator that KQL has and Trawl doesn't run, such as `make-graph`; its arguments are stepped over.
package struct UnsupportedOperatorSyntax: Hashable, Sendable {
  package var name: NameSyntax
  package var span: SourceSpan
}
