/// KQL functions that give several columns. They run as one call that gives an array of all outputs.
package enum MultiOutputFunctions {
  package struct Outputs: Sendable {
    /// Name suffixes and types, in order; empty for one output per argument.
    package var parts: [(suffix: String, type: DataType)]
    /// What stands before the suffixes: `series_fit_line_x_`.
    package var prefix: String

    /// The names and types of the columns of a call.
    package func columns(argumentNames: [String?]) -> [(name: String, type: DataType)] {
      if parts.isEmpty {
        return argumentNames.enumerated().map { ("\($1 ?? "array\($0)")_sorted", .dynamic) }
      }
      let argument = argumentNames.first.flatMap { $0 }
      let stem = argument.map { "\(prefix)_\($0)" } ?? prefix
      return parts.map { ("\(stem)_\($0.suffix)", $0.type) }
    }
  }

  package static func outputs(of name: String) -> Outputs? { table[name] }

  private static let table: [String: Outputs] = [:]
}
