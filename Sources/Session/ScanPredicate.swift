import Engine

/// What a loader can test on raw records of the conditions that scans carry. It only saves work: what cannot be said
/// is unknown, and the plan filters again.
enum ScanPredicate {
  /// A condition that every record wanted by any of the scans satisfies; nil if there is none.
  /// Fields that only the condition reads are added.
  static func combined(
    _ scans: [Scan], fields: inout [FieldRequest], request: (String) -> FieldRequest?
  ) -> RecordPredicate? {
    var requests: [String: FieldRequest] = [:]
    for source in scans.flatMap(\.sources) where requests[source.field] == nil {
      requests[source.field] = request(source.field)
    }
    var alternatives: [RecordPredicate] = []
    for scan in scans {
      guard let predicate = scan.predicate else { return nil }
      var translator = Translator(scan: scan, fields: fields, requests: requests)
      let translated = translator.translate(predicate)
      guard !translated.isUnknown else { return nil }
      fields = translator.fields
      alternatives.append(translated)
    }
    return alternatives.isEmpty ? nil : alternatives.count == 1 ? alternatives[0] : .or(alternatives)
  }

  private struct Translator {
    let scan: Scan
    var fields: [FieldRequest]
    /// How each field of the scans is loaded.
    let requests: [String: FieldRequest]

    mutating func translate(_ expression: Expression) -> RecordPredicate {
      guard case .call(let call) = expression else { return .unknown }
      if call.function === Logical.and {
        let parts = call.arguments.map { translate($0) }.filter { !$0.isUnknown }
        return parts.isEmpty ? .unknown : parts.count == 1 ? parts[0] : .and(parts)
      }
      if call.function === Logical.or {
        let parts = call.arguments.map { translate($0) }
        return parts.contains(where: \.isUnknown) ? .unknown : .or(parts)
      }
      guard let predicate = Predicate(expression), case .column(let column) = predicate.subject,
        column.type == .string, let field = index(of: column)
      else { return .unknown }
      return RecordPredicate(predicate, field: field)
    }

    private mutating func index(of column: PlanColumn) -> Int? {
      guard let wanted = scan.sources.first(where: { $0.column.id == column.id }) else { return nil }
      if let known = fields.firstIndex(where: { $0.name == wanted.field }) { return known }
      guard let request = requests[wanted.field] else { return nil }
      fields.append(request)
      return fields.count - 1
    }
  }
}
