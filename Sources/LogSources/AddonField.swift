package import Engine

/// A field that a Splunk add-on makes of an event.
///
/// ```
///   user_arn    paths: userIdentity.arn
///   errorCode   paths: errorCode, then the constant `success`
///   userName    eval: the last part of userIdentity.arn
/// ```
package enum AddonField: Hashable, Sendable {
  /// The first path that has a value.
  case paths([FieldPath])
  /// An SPL expression over other fields.
  case eval(String)
}

extension Dictionary where Key == String, Value == AddonField {
  /// The fields of an add-on: other names for paths, texts that are always the same, expressions.
  package init(
    aliases: [(names: [String], paths: [String])], constants: [(name: String, text: String)] = [],
    calculated: [(name: String, text: String)] = []
  ) {
    self.init()
    for (names, paths) in aliases {
      for name in names { self[name] = .paths(paths.map { FieldPath($0) }) }
    }
    for (name, text) in constants { self[name] = .paths([.constant(text)]) }
    for (name, text) in calculated { self[name] = .eval(text) }
  }
}
