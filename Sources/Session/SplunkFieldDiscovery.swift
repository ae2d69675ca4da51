import Engine
import LogSources

/// The names that Splunk would give to the fields of events: `a.b`, `a{}`, `a{}.b` in JSON; those of a line of text are
/// the source's.
///
/// An empty array or object gives no field; null and "" give one.
struct SplunkFieldDiscovery {
  private(set) var names: [String] = []
  private var known: Set<String> = []
  private let sources: [SourceDefinition]
  /// Those that lines of text were of.
  private var ofLines: Set<String> = []

  init(_ sources: [SourceDefinition]) { self.sources = sources }

  /// Looks at the texts of a column of events.
  mutating func add(_ events: Column) {
    for row in 0..<events.count {
      guard case .string(let text) = events.value(at: row) else { continue }
      if let event = JSONValue(parsing: text) {
        visit(event, at: "")
      } else {
        addLine(text)
      }
    }
  }

  /// The sources whose events may be among those that were looked at; all of them if there was none.
  var sourcesFound: [SourceDefinition] {
    if known.isEmpty { return sources }
    let roots = Set(known.map { name in String(name.prefix { $0 != "." && $0 != "{" }) })
    return sources.filter { source in
      ofLines.contains(source.sourcetype)
        || source.table.shapes.contains { tests in
          tests.allSatisfy { test in
            switch test {
            case .has(let field): roots.contains(field)
            case .equals: false
            case .excludes: true
            }
          }
        }
    }
  }

  private mutating func addLine(_ text: String) {
    for source in sources {
      guard let names = source.table.framing.lines.lazy.compactMap({ $0.names(ofLine: text) }).first else {
        continue
      }
      ofLines.insert(source.sourcetype)
      for name in names { note(name) }
      return
    }
  }

  private mutating func visit(_ value: JSONValue, at path: String) {
    switch value {
    case .object(let members):
      for member in members { visit(member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)") }
    case .array(let elements): for element in elements { visit(element, at: "\(path){}") }
    case .null, .bool, .long, .real, .string: if !path.isEmpty { note(path) }
    }
  }

  private mutating func note(_ name: String) {
    if known.insert(name).inserted { names.append(name) }
  }
}
