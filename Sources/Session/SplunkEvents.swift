package import Engine
import LogSources
package import SPL

/// CloudTrail events as SPL sees them: names are paths into the JSON, beside Splunk's own fields and those of a view.
package struct SplunkEvents: EventCatalog {
  package static let table = "events"
  package static let sourcetype = "aws:cloudtrail"

  static let source: LogSource = {
    let cloudTrail = SourceTable.awsCloudTrail.logSource
    return LogSource(name: table, columns: [], shapes: cloudTrail.shapes, time: cloudTrail.time)
  }()

  package let view: any FieldView
  package var knownFields: [String]? { nil }

  package func fieldNames(in events: Column) -> [String] {
    var discovery = SplunkFieldDiscovery()
    discovery.add(events)
    let known = Set(discovery.names)
    return discovery.names + view.moreFields().filter { !known.contains($0) }
  }

  /// How a field is loaded.
  static func request(for field: String, index: String?) -> FieldRequest {
    func constant(_ text: String) -> FieldRequest {
      FieldRequest(name: field, paths: [.constant(text)], form: .optionalText, type: .string)
    }
    switch field {
    case "_time": return FieldRequest(name: field, paths: source.time, form: .datetime, type: .datetime)
    case "_raw": return FieldRequest(name: field, paths: [.record], form: .text, type: .string)
    case "source": return FieldRequest(name: field, paths: [.file], form: .optionalText, type: .string)
    case "sourcetype": return constant(sourcetype)
    case "index": return constant(index ?? "main")
    case "host": return constant("localhost")
    case "linecount": return constant("1")
    default:
      if field.hasPrefix(AddonFieldView.prefix),
        case .paths(let paths)? = AddonField.named(String(field.dropFirst(AddonFieldView.prefix.count)))
      {
        return FieldRequest(name: field, paths: paths, form: .optionalText, type: .string)
      }
      let type: DataType = field.utf8.contains(UInt8(ascii: "{")) ? .dynamic : .string
      return FieldRequest(name: field, paths: [FieldPath(field)], form: .optionalText, type: type)
    }
  }
}
