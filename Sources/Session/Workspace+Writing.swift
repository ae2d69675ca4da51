import Diagnostics
package import Engine
import LogSources

extension Workspace {
  /// Writes the plan of a query in another language.
  ///
  /// - Parameter comments: of the query, which go with the stages that follow them.
  package func write(
    _ query: CompiledQuery, as language: any FrontEnd, _ comments: [QueryComment]
  ) throws(WritingRefusal) -> WrittenPlan {
    guard query.results.count == 1, let result = query.results.first else {
      throw WritingRefusal("a query with \(query.results.count) results; one that gives one can be written")
    }
    if let open = query.open.first {
      throw WritingRefusal("what only the logs tell: \(open.what)", at: open.plan.origin.span)
    }
    var written = try language.write(
      result.plan, configuration.sources.map(\.twin), comments, query.scalars.compactMap(\.constant))
    // A text with a fault is shown as it was written.
    if let text = try? language.formatted(SourceText(name: "<written>", text: written.text), in: self) {
      written.text = String(text.dropLast())
    }
    return written
  }
}

extension SourceDefinition {
  /// The source as the languages know it.
  var twin: TableTwin {
    TableTwin(
      table: table.name, sourcetype: sourcetype, timeColumn: table.timeColumn, idColumn: table.idColumn,
      columns: table.columns.map { column in
        let form: TableTwin.Column.Form =
          switch column.form {
          case .value: .value
          case .jsonText: .json
          case .constant(let text): .constant(text)
          }
        // Rows exported from a workspace have the column's own name, which no event has.
        let paths = column.paths.filter { $0 != column.name && !$0.hasPrefix("['") }
        return TableTwin.Column(name: column.name, type: column.type, paths: paths, form: form)
      },
      addonFields: addonFields.mapValues { field in
        switch field {
        case .eval(let text): return .expression(text)
        case .paths(let paths):
          var texts: [String] = []
          var constant: String?
          for path in paths {
            if case .constant(let text) = path { constant = text } else { texts.append(path.description) }
          }
          return .paths(texts, otherwise: constant)
        }
      })
  }
}
