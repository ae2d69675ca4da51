import Engine

/// A condition on records that names its fields, so that those of two loads can be compared.
indirect enum KeptCondition: Hashable, Sendable {
  case and([KeptCondition])
  case or([KeptCondition])
  case not(KeptCondition)
  case test(FieldRequest, FieldTest)
  case unknown

  /// The condition of a request; nil if it wants all records.
  init?(of request: LoadRequest) {
    guard let predicate = request.predicate else { return nil }
    self.init(predicate, request.fields)
  }

  private init(_ predicate: RecordPredicate, _ fields: [FieldRequest]) {
    switch predicate {
    case .and(let parts): self = .and(parts.map { KeptCondition($0, fields) })
    case .or(let parts): self = .or(parts.map { KeptCondition($0, fields) })
    case .not(let part): self = .not(KeptCondition(part, fields))
    case .test(let index, let test):
      // What else is read of a field has nothing to do with what is tested of it.
      var field = fields[index]
      field.members = nil
      self = .test(field, test)
    case .unknown: self = .unknown
    }
  }

  /// The same over the fields of a request, to which those are added that only the condition reads.
  func predicate(over fields: inout [FieldRequest]) -> RecordPredicate {
    switch self {
    case .and(let parts):
      var predicates: [RecordPredicate] = []
      for part in parts { predicates.append(part.predicate(over: &fields)) }
      return .and(predicates)
    case .or(let parts):
      var predicates: [RecordPredicate] = []
      for part in parts { predicates.append(part.predicate(over: &fields)) }
      return .or(predicates)
    case .not(let part): return .not(part.predicate(over: &fields))
    case .test(let field, let test):
      if let known = fields.firstIndex(where: { $0.name == field.name }) { return .test(known, test) }
      fields.append(field)
      return .test(fields.count - 1, test)
    case .unknown: return .unknown
    }
  }

  /// Whether every record that satisfies this one satisfies the other too; false if that cannot be told.
  func implies(_ other: KeptCondition) -> Bool {
    if self == other { return true }
    if case .unknown = other { return true }
    if case .or(let parts) = self { return parts.allSatisfy { $0.implies(other) } }
    if case .and(let parts) = other { return parts.allSatisfy { implies($0) } }
    if case .or(let parts) = other, parts.contains(where: { implies($0) }) { return true }
    if case .and(let parts) = self { return parts.contains { $0.implies(other) } }
    if case .test(let field, let test) = self, case .test(let otherField, let otherTest) = other {
      return field == otherField && KeptCondition.implies(test, otherTest)
    }
    return false
  }

  private static func implies(_ test: FieldTest, _ other: FieldTest) -> Bool {
    if test == other { return true }
    if case .equalsAny(let texts, let ignoring) = test {
      if case .isNotEmpty = other { return !texts.contains("") }
      if case .equalsAny(let others, let otherIgnoring) = other, !ignoring || otherIgnoring {
        return Set(others).isSuperset(of: texts)
      }
    }
    if case .contains(let text, _) = test, case .isNotEmpty = other { return !text.isEmpty }
    if case .startsWith(let text, _) = test, case .isNotEmpty = other { return !text.isEmpty }
    return false
  }
}
