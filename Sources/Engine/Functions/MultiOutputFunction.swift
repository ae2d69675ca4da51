package import Diagnostics

/// A KQL function with several outputs, such as `series_fit_line`.
///
/// Its record in the function catalog gives the first output. `all` is a record, `[series_fit_line]`, that gives
/// a dynamic array of all outputs, which `expressions` takes apart.
package struct MultiOutputFunction: Sendable {
  package struct Output: Hashable, Sendable {
    package var suffix: String
    package var type: DataType
  }

  package enum Outputs: Sendable {
    /// Columns `series_fit_line_x_rsquare`, …
    case named([Output])
    /// One array for each array that goes in: columns `a_sorted`, `b_sorted`, or `array0_sorted` without a name.
    case sortedArguments
  }

  package var name: String
  package var all: ScalarFunction
  package var outputs: Outputs

  /// It sorts arrays, one for each output.
  package var isSorting: Bool {
    switch outputs {
    case .named: false
    case .sortedArguments: true
    }
  }

  /// The names of the columns of a call without names; `arguments` are the names of its arguments' columns.
  package func columnNames(arguments: [String?], types: [DataType]) -> [String] {
    switch outputs {
    case .named(let outputs):
      let stem = arguments.first.flatMap { $0 }.map { "\(name)_\($0)" } ?? name
      return outputs.map { "\(stem)_\($0.suffix)" }
    case .sortedArguments:
      return types.indices.filter { types[$0] == .dynamic }.map { index in
        let name = index < arguments.count ? arguments[index] : nil
        return "\(name ?? "array\(index)")_sorted"
      }
    }
  }

  /// One expression for each output, of its type.
  package func expressions(
    _ arguments: [Expression], dialect: Dialect, span: SourceSpan? = nil, argumentSpans: [SourceSpan] = []
  ) throws(Diagnostic) -> [Expression] {
    let array = try FunctionBinder.bind(
      all, arguments, dialect: dialect, span: span, argumentSpans: argumentSpans)
    let types: [DataType] =
      switch outputs {
      case .named(let outputs): outputs.map(\.type)
      case .sortedArguments: arguments.filter { $0.type == .dynamic }.map(\.type)
      }
    return types.enumerated().map { index, type in
      let element = Expression.call(
        FunctionCall(
          function: PropertyFunctions.index, arguments: [array, .literal(.long(Int64(index)), .long)],
          type: .dynamic, dialect: dialect, span: span))
      return type == .dynamic ? element : Coercion.cast(element, to: type, dialect: dialect)
    }
  }

  /// Both records of a function: the first output under its name, all outputs under its name in brackets.
  static func records(
    _ name: String, _ parameters: [Parameter], _ outputs: [Output], _ summary: String, notes: [String] = [],
    differs: [String] = [], examples: [FunctionExample],
    _ compute: @escaping @Sendable ([Value]) -> [JSONValue]?
  ) -> [ScalarFunction] {
    let type = outputs.first?.type ?? .dynamic
    let names = outputs.map { "`\($0.suffix)`" }.joined(separator: ", ")
    return [
      ScalarFunction(
        [.kql(name)], Signature(parameters, returns: .fixed(type)), summary,
        notes: ["Outputs: \(names)."] + notes, differs: differs,
        kernel: .scalar { values in
          guard let first = compute(values)?.first else { return .null }
          return type == .dynamic ? .dynamic(first) : ValueConversion.convert(.dynamic(first), to: type)
        }, examples: examples),
      ScalarFunction(
        [.kql("[\(name)]")], Signature(parameters, returns: .fixed(.dynamic)),
        "All outputs of `\(name)` in an array.",
        kernel: .scalar { values in compute(values).map { .array($0) } ?? .null }, examples: []),
    ]
  }
}

/// The functions with several outputs.
package enum MultiOutputFunctions {
  package static let all: [MultiOutputFunction] =
    SeriesModelFunctions.outputs.map { name, outputs in make(name, .named(outputs)) }.compactMap { $0 }
    + ["array_sort_asc", "array_sort_desc"].compactMap { make($0, .sortedArguments) }

  package static func function(_ name: String) -> MultiOutputFunction? { all.first { $0.name == name } }

  private static func make(_ name: String, _ outputs: MultiOutputFunction.Outputs) -> MultiOutputFunction? {
    FunctionCatalog.scalar("[\(name)]", in: .kql).map {
      MultiOutputFunction(name: name, all: $0, outputs: outputs)
    }
  }
}
