package import Diagnostics
import Engine
import Formats
import LogSources
import SPL

extension WorkspaceConfiguration {
  /// The endings of the files that a folder of lookups may have.
  package static let lookupEndings = ["csv", "conf", "yml", "yaml"]

  /// Adds a file of a folder of lookups: the rows of `NAME.csv`, the definitions of a transforms.conf, or contentctl's
  /// YAML of one lookup. What is wrong with it is kept for the first search.
  package mutating func addLookups(_ source: SourceText) {
    if source.name.hasSuffix(".conf") {
      let (definitions, diagnostics) = LookupDefinition.readConfiguration(source)
      for definition in definitions { lookupDefinitions[definition.name] = definition }
      if !diagnostics.isEmpty { lookupProblems.append(QueryFailure(diagnostics, in: source)) }
    } else if FilePath(source.name).isYAML {
      do throws(QueryFailure) {
        guard let definition = try LookupFile.definition(yaml: source) else { return }
        lookupDefinitions[definition.name] = definition
      } catch {
        lookupProblems.append(error)
      }
    } else {
      let file = source.name.split(separator: "/").last.map(String.init) ?? source.name
      lookups[LookupDefinition.stem(file)] = LookupFile.table(csv: source.text)
    }
  }
}

/// The files of lookups.
enum LookupFile {
  /// The rows of a CSV file; an empty one is a table of which nobody knows the columns.
  ///
  /// Splunk writes several values of a field `x` also to a column `__mv_x`, as `$a$;$b$`.
  static func table(csv text: String) -> Table {
    guard let table = CSVTable.parse(text) else { return Table(fields: [], columns: [], rowCount: 0) }
    let names = table.fields.map(\.name)
    guard names.contains(where: { $0.hasPrefix("__mv_") }) else { return table }
    let plain = names.indices.filter { !names[$0].hasPrefix("__mv_") }
    let several = plain.map { index in names.firstIndex(of: "__mv_" + names[index]) }
    return Table(
      fields: zip(plain, several).map { Field(names[$0], $1 == nil ? table.fields[$0].type : .dynamic) },
      rows: (0..<table.rowCount).map { row in
        zip(plain, several).map { index, marked in
          let value = table.value(row: row, column: index)
          guard let marked else { return value }
          let values = SeveralValues.read(table.value(row: row, column: marked).splText)
          if values.count > 1 { return .dynamic(.array(values.map { .string($0) })) }
          return value.splText.isEmpty ? .null : .dynamic(.string(value.splText))
        }
      })
  }

  /// The definition in contentctl's YAML; nil for a model of machine learning.
  static func definition(yaml source: SourceText) throws(QueryFailure) -> LookupDefinition? {
    let document: YAMLNode
    do throws(YAMLFailure) {
      document = try YAMLReader.read(source.text)
    } catch {
      throw error.failure(in: source)
    }
    guard let name = document["name"]?.text else {
      throw QueryFailure([.error("invalid-lookup-definition", "a lookup needs a `name`")], in: source)
    }
    var settings: [String: String] = [:]
    for entry in document.entries { settings[entry.key] = entry.value.texts.joined(separator: ", ") }
    let kind = document["lookup_type"]?.text
    if kind == "mlmodel" || settings["filename"]?.hasSuffix(".mlmodel") == true { return nil }
    if kind == "kvstore" { settings["external_type"] = "kvstore" }
    if settings["fields_list"] == nil { settings["fields_list"] = settings["fields"] }
    if settings["filename"] == nil, settings["collection"] == nil, kind != "kvstore" {
      settings["filename"] = name + ".csv"
    }
    do throws(LookupDefinition.Problem) {
      return try LookupDefinition(name: name, settings: settings)
    } catch {
      throw QueryFailure(
        [
          .error(
            "invalid-lookup-definition", "`\(error.setting)` of the lookup `\(name)` \(error.message)")
        ], in: source)
    }
  }
}

/// Several values in one cell: `$a$;$b$`, a dollar sign doubled.
enum SeveralValues {
  static func text(_ values: [String]) -> String {
    values.map { value in
      "$" + value.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$") + "$"
    }
    .joined(separator: ";")
  }

  static func read(_ text: String) -> [String] {
    var values: [String] = []
    var value: [UInt8]?
    let bytes = Array(text.utf8)
    let dollar = UInt8(ascii: "$")
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      guard value != nil else {
        if byte == dollar { value = [] }
        continue
      }
      if byte != dollar {
        value?.append(byte)
      } else if offset < bytes.count, bytes[offset] == dollar {
        value?.append(dollar)
        offset += 1
      } else {
        values.append(String(decoding: value ?? [], as: UTF8.self))
        value = nil
      }
    }
    return values
  }
}
