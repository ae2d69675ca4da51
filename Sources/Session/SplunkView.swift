import Diagnostics
package import Engine
package import LogSources
package import SPL

/// How SPL calls the fields of events.
///
/// ```
///   raw     the paths of the events alone: errorCode is absent where a call of CloudTrail went well
///   addon   also what the Splunk Add-on for AWS makes: src_ip, user_arn, errorCode=success, …
/// ```
package enum SplunkView: String, Sendable, CaseIterable {
  case raw, addon

  package func fields(of sources: [SourceDefinition]) -> any FieldView {
    switch self {
    case .raw: RawFieldView(sources: sources)
    case .addon: AddonFieldView(sources: sources)
    }
  }
}

/// The paths of the events, beside what Splunk itself makes of their time.
struct RawFieldView: FieldView {
  let sources: [SourceDefinition]
  private var paths: PathFieldView { PathFieldView() }

  init(sources: [SourceDefinition]) { self.sources = sources }

  var name: String { SplunkView.raw.rawValue }

  /// Whether no event has a field of that name by itself.
  private func isMade(_ name: String) -> Bool {
    sources.contains { $0.addonFields[name] != nil } && !sources.contains { $0.hasField(name) }
  }

  func field(named name: String) -> (source: String, type: DataType)? {
    isMade(name) ? nil : paths.field(named: name)
  }

  func definition(of name: String) -> String? { TimeFields.definitions[name] }

  func adviceForMissing(_ name: String) -> Advice? {
    guard isMade(name) else { return nil }
    return "the Splunk Add-on for AWS makes it: \(Remedy.addonFields) has it"
  }

  func adviceForMissing(_ value: String, of name: String) -> Advice? {
    let isCompleted = sources.contains { source in
      guard source.hasField(name), case .paths(let paths)? = source.addonFields[name],
        case .constant(let text)? = paths.last
      else { return false }
      return text == value.lowercased()
    }
    guard isCompleted else { return nil }
    return "the Splunk Add-on for AWS says `\(value.lowercased())` where an event has no \(name): "
      + "\(Remedy.addonFields) does too"
  }
}

/// The paths of the events and the names that the add-on makes of them.
package struct AddonFieldView: FieldView {
  /// Before the names of fields that are loaded in another way than their path alone.
  package static let prefix = "addon:"

  let sources: [SourceDefinition]
  private var paths: PathFieldView { PathFieldView() }

  init(sources: [SourceDefinition]) { self.sources = sources }

  package var name: String { SplunkView.addon.rawValue }

  package func field(named name: String) -> (source: String, type: DataType)? {
    let isLoaded = sources.contains { source in
      if case .paths? = source.addonFields[name] { true } else { false }
    }
    return isLoaded ? (AddonFieldView.prefix + name, .string) : paths.field(named: name)
  }

  /// Where one source has an expression for a field that others load, each has its own.
  package func definition(of name: String) -> String? {
    let made = sources.compactMap { source -> (sourcetype: String, expression: String)? in
      if case .eval(let text)? = source.addonFields[name] { (source.sourcetype, text) } else { nil }
    }
    if made.isEmpty { return TimeFields.definitions[name] }
    let loaded = made.count < sources.count ? "'\(AddonFieldView.prefix)\(name)'" : nil
    return SourcetypeCases.expression(made, otherwise: loaded)
  }

  package func moreFields() -> [String] { Set(sources.flatMap(\.addonFields.keys)).sorted() }
}
