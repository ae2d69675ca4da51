import Engine
import LogSources

/// Finds the columns of a table that no source describes: from a CSV header, or from the keys of JSON records.
enum SchemaDiscovery {
  /// A header cell may carry a type: `count:long`.
  static func source(named name: String, paths: [String], _ limits: FileLimits) -> LogSource {
    var options = LoadOptions()
    options.limits = limits
    options.otherSources = SourceCatalog.strangers()
    options.carriers = CarrierCatalog.framing
    let survey = FieldSurvey(of: FileDiscovery.files(below: paths), isTable: true, options: options)
    let columns = survey.fields.map { field in LogColumn(field.name, field.type, [.field([.key(field.name)])])
    }
    return LogSource(name: name, columns: columns, shapes: [], time: [])
  }
}
