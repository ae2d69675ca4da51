extension Dialect: PlanCodable {
  /// The rules of a known language by its name, others one by one.
  package static let form = PlanForm<Dialect>(
    write: { dialect, writer in
      known.first { $0.value == dialect }.map { .string($0.key) } ?? rules.write(dialect, writer)
    },
    read: { (json, reader) throws(PlanReadingFailure) in
      guard case .string(let name) = json else { return try rules.read(json, reader) }
      guard let dialect = known[name] else {
        throw reader.failure("`\(name)` is no dialect of this version", id: "unknown-dialect")
      }
      return dialect
    })

  private static let known: [String: Dialect] = ["kql": .kql, "spl": .spl]

  private static let rules = PlanForm<Dialect>.record(
    {
      language, missingText, texts, lists, elements, conversions, emptyTotalIsNull, listsNullsOfJSON,
      ordersTextsAsNumbers, varianceDecimals in
      Dialect(
        language: language, missingText: missingText, texts: texts, lists: lists, elements: elements,
        conversions: conversions, emptyTotalIsNull: emptyTotalIsNull, listsNullsOfJSON: listsNullsOfJSON,
        ordersTextsAsNumbers: ordersTextsAsNumbers, varianceDecimals: varianceDecimals)
    },
    Member("language", \.language), Member("missingText", \.missingText), Member("texts", \.texts),
    Member("lists", \.lists), Member("elements", \.elements), Member("conversions", \.conversions),
    Member("emptyTotalIsNull", \.emptyTotalIsNull), Member("listsNullsOfJSON", \.listsNullsOfJSON),
    Member("ordersTextsAsNumbers", \.ordersTextsAsNumbers),
    Member("varianceDecimals", { $0.varianceDecimals }))
}

extension Language: PlanCodable {
  package static let form = PlanForm<Language>.by({ $0.name }, "name of a language") { Language($0) }
}

extension MissingText: PlanCodable {
  package static var form: PlanForm<MissingText> { named }
}

extension Dialect.Texts: PlanCodable {
  package static var form: PlanForm<Dialect.Texts> { named }
}

extension Dialect.Lists: PlanCodable {
  package static var form: PlanForm<Dialect.Lists> { named }
}

extension Dialect.Elements: PlanCodable {
  package static var form: PlanForm<Dialect.Elements> { named }
}

extension Dialect.Conversions: PlanCodable {
  package static var form: PlanForm<Dialect.Conversions> { named }
}
