extension TransactionOperator.Limits: PlanCodable {
  package static let form = PlanForm<TransactionOperator.Limits>.record(
    { span, pause, events, keepsEvicted, hasStart, hasEnd, isConnected, missingText in
      var limits = TransactionOperator.Limits()
      limits.span = span
      limits.pause = pause
      limits.events = events
      limits.keepsEvicted = keepsEvicted
      limits.hasStart = hasStart
      limits.hasEnd = hasEnd
      limits.isConnected = isConnected
      limits.missingText = missingText
      return limits
    },
    Member("span", \.span), Member("pause", \.pause), Member("events", \.events),
    Member("keepsEvicted", \.keepsEvicted), Member("hasStart", \.hasStart), Member("hasEnd", \.hasEnd),
    Member("isConnected", \.isConnected), Member("missingText", \.missingText))
}

extension TransactionOperator.Gathering: PlanCodable {
  package static var form: PlanForm<TransactionOperator.Gathering> { named }
}

extension TransactionOperator.Output: PlanCodable {
  package static let form = PlanForm<TransactionOperator.Output>.record(
    TransactionOperator.Output.init(values:gathering:), Member("values", \.values),
    Member("gathering", \.gathering))
}

extension TransactionOperator.Figures: PlanCodable {
  package static let form = PlanForm<TransactionOperator.Figures>.record(
    TransactionOperator.Figures.init(duration:eventCount:isClosed:isOrphan:),
    Member("duration", \.duration), Member("eventCount", \.eventCount), Member("isClosed", \.isClosed),
    Member("isOrphan", \.isOrphan))
}
