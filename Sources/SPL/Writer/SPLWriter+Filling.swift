import Diagnostics
import Engine

/// Commands that pair or group rows by fields pass over rows without a value: where those count, they get the empty text
/// before, and where that is no value of theirs they lose it again behind.
///
/// ```
///   | fillnull value="" code
///   | stats count by code
///   | eval code=nullif(code, "")
/// ```
extension SPLWriter {
  /// - Returns: the columns that got the empty text.
  @discardableResult
  func fillEmpty(_ columns: [ColumnID], in pipeline: inout SPLPipeline) -> Set<ColumnID> {
    fillEmpty(columns.compactMap { fields[$0]?.mayBeMissing == true ? fields[$0]?.name : nil }, in: &pipeline)
  }

  /// - Parameter names: of fields that may be missing.
  @discardableResult
  func fillEmpty(_ names: [String], in pipeline: inout SPLPipeline) -> Set<ColumnID> {
    let names = names.uniqued
    if names.isEmpty { return [] }
    pipeline.stages.append("fillnull value=\"\" \(names.map(SPLSpelling.argument).joined(separator: " "))")
    let filled = fields.filter { $0.value.mayBeMissing && $0.value.name.map(names.contains) == true }
    for id in filled.keys { fields[id]?.mayBeMissing = false }
    return Set(filled.keys)
  }

  /// A number that is missing is no text.
  func emptyAgain(_ columns: [ColumnID], in pipeline: inout SPLPipeline) {
    let numbers = columns.filter { !hasText($0) }
    for id in numbers { fields[id]?.mayBeMissing = true }
    let names = numbers.compactMap { fields[$0]?.name }.uniqued.map(SPLSpelling.field)
    if names.isEmpty { return }
    pipeline.stages.append("eval \(names.map { "\($0)=nullif(\($0), \"\")" }.joined(separator: ", "))")
  }

  private func hasText(_ id: ColumnID) -> Bool {
    switch fields[id]?.kind {
    case .text, .json, .truth, .list, nil: true
    case .number, .moment, .span: false
    }
  }
}
