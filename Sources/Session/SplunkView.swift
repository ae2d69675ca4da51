package import Engine
package import SPL

/// How SPL calls the fields of CloudTrail events.
///
/// ```
///   raw     the paths of the JSON alone: errorCode is absent where a call went well
///   addon   also what the Splunk Add-on for AWS makes: src_ip, user_arn, errorCode=success, …
/// ```
package enum SplunkView: String, Sendable, CaseIterable {
  case raw, addon

  package var fields: any FieldView {
    switch self {
    case .raw: RawFieldView()
    case .addon: AddonFieldView()
    }
  }
}

/// The paths of the events, beside what Splunk itself makes of their time.
struct RawFieldView: FieldView {
  private let paths = PathFieldView()

  var name: String { SplunkView.raw.rawValue }

  func field(named name: String) -> (source: String, type: DataType)? {
    AddonField.isMade(name) ? nil : paths.field(named: name)
  }

  func definition(of name: String) -> String? { TimeFields.definitions[name] }

  func adviceForMissing(_ name: String) -> String? {
    guard AddonField.isMade(name) else { return nil }
    return "the Splunk Add-on for AWS makes it: `--view addon` has it"
  }

  func adviceForMissing(_ value: String, of name: String) -> String? {
    guard name == "errorCode", value.lowercased() == "success" else { return nil }
    return "the Splunk Add-on for AWS says `success` where an event has no errorCode: `--view addon` does too"
  }
}

/// The paths of the events and the names that the add-on makes of them.
package struct AddonFieldView: FieldView {
  /// Before the names of fields that are loaded in another way than their path alone.
  package static let prefix = "addon:"

  private let paths = PathFieldView()

  package var name: String { SplunkView.addon.rawValue }

  package func field(named name: String) -> (source: String, type: DataType)? {
    if case .paths? = AddonField.named(name) { return (AddonFieldView.prefix + name, .string) }
    return paths.field(named: name)
  }

  package func definition(of name: String) -> String? {
    if case .eval(let text)? = AddonField.named(name) { return text }
    return TimeFields.definitions[name]
  }

  package func moreFields() -> [String] { AddonField.names }
}
