package import Diagnostics

extension Advice: PlanCodable {
  package static let form = PlanForm<Advice>.by({ $0.words }, "advice") { Advice(words: $0) }
}

extension ExecutionFailure: PlanCodable {
  package static let form = PlanForm<ExecutionFailure>.record(
    { id, message, kind, span, suggestion in
      ExecutionFailure(id, message, kind: kind, span: span, suggestion: suggestion)
    },
    Member("id", \.id), Member("message", \.message), Member("kind", \.kind), Member("span", \.span),
    Member("suggestion", \.suggestion))
}

extension ExecutionFailure.Kind: PlanCodable {
  package static var form: PlanForm<ExecutionFailure.Kind> { named }
}
