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
      if call.function === Logical.not, case .call(let inner)? = call.arguments.first,
        inner.function.name(in: .spl) == "search exists", case .column(let column)? = inner.arguments.first,
        let field = index(of: column)
      {
        // SPL: a field that is "" or null in JSON exists; both pass here and are dropped by the plan.
        return .test(field, .isEmpty)
      }
      return test(call)
    }

    /// A test of one text column against constants.
    private mutating func test(_ call: FunctionCall) -> RecordPredicate {
      guard let first = call.arguments.first, case .column(let column) = first, column.type == .string,
        let field = index(of: column)
      else { return .unknown }
      let texts = call.arguments.dropFirst().flatMap { argument -> [String?] in
        switch argument.constantValue {
        case .string(let text)?: return [text]
        case .dynamic(.array(let elements))?:
          return elements.map { if case .string(let text) = $0 { text } else { nil } }
        default: return [nil]
        }
      }
      if texts.contains(where: { $0 == nil }) { return .unknown }
      let constants = texts.compactMap { $0 }
      switch (call.language, call.function.name(in: call.language)) {
      case (.kql, "isempty"): return .test(field, .isEmpty)
      case (.kql, "isnotempty"): return .test(field, .isNotEmpty)
      case (_, "=="), (.kql, "in"), (.spl, "="), (.spl, "in"):
        return .test(field, .equalsAny(constants, ignoringCase: false))
      case (.kql, "=~"), (.kql, "in~"): return .test(field, .equalsAny(constants, ignoringCase: true))
      case (.spl, "search="):
        guard let text = constants.first else { return .unknown }
        guard text.contains("*") else { return .test(field, .equalsAny([text], ignoringCase: true)) }
        return pieces(of: text, isAnchored: true, field)
      case (.spl, "search term"), (.spl, "search phrase"):
        return pieces(of: constants.first ?? "", isAnchored: false, field)
      case (.kql, "has"), (.kql, "contains"), (.kql, "hasprefix"), (.kql, "hassuffix"):
        guard let text = constants.first else { return .unknown }
        return .test(field, .contains(text, ignoringCase: true))
      case (.kql, "has_any"):
        return .or(constants.map { .test(field, .contains($0, ignoringCase: true)) })
      case (.kql, "has_all"):
        return constants.isEmpty
          ? .unknown : .and(constants.map { .test(field, .contains($0, ignoringCase: true)) })
      case (.kql, "contains_cs"), (.kql, "has_cs"):
        guard let text = constants.first else { return .unknown }
        return .test(field, .contains(text, ignoringCase: false))
      case (.kql, "startswith"):
        guard let text = constants.first else { return .unknown }
        return .test(field, .startsWith(text, ignoringCase: true))
      default: return .unknown
      }
    }

    /// The texts between the wildcards of a pattern must all occur; what comes before the first one begins it.
    private func pieces(of pattern: String, isAnchored: Bool, _ field: Int) -> RecordPredicate {
      let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
      var parts = pieces.dropFirst(isAnchored ? 1 : 0).filter { !$0.isEmpty }
        .map { RecordPredicate.test(field, .contains($0, ignoringCase: true)) }
      if isAnchored, let first = pieces.first, !first.isEmpty {
        parts.insert(.test(field, .startsWith(first, ignoringCase: true)), at: 0)
      }
      return parts.isEmpty ? .unknown : parts.count == 1 ? parts[0] : .and(parts)
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

extension RecordPredicate {
  var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}
