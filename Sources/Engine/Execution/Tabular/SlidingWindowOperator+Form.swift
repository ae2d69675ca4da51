extension SlidingWindowOperator.Measure: PlanCodable {
  package static let form = PlanForm<SlidingWindowOperator.Measure>.by({ Written($0) }, "measure") {
    $0.measure
  }

  /// How many columns it fills.
  var columnCount: Int {
    switch self {
    case .counts: 2
    case .percentile: 1
    case .engagement: 3
    case .retention: 4
    }
  }

  private struct Written: PlanCodable {
    enum Kind: String, PlanCodable {
      case counts, percentile, engagement, retention

      static var form: PlanForm<Kind> { named }
    }

    var kind: Kind
    var percentage: Double?

    init(kind: Kind, percentage: Double?) {
      self.kind = kind
      self.percentage = percentage
    }

    init(_ measure: SlidingWindowOperator.Measure) {
      switch measure {
      case .counts: self.init(kind: .counts, percentage: nil)
      case .percentile(let percentage): self.init(kind: .percentile, percentage: percentage)
      case .engagement: self.init(kind: .engagement, percentage: nil)
      case .retention: self.init(kind: .retention, percentage: nil)
      }
    }

    var measure: SlidingWindowOperator.Measure? {
      switch kind {
      case .counts: .counts
      case .percentile:
        // A rank is a whole number.
        percentage.flatMap { abs($0) <= 1_000_000 ? .percentile($0) : nil }
      case .engagement: .engagement
      case .retention: .retention
      }
    }

    static let form = PlanForm<Written>.record(
      Written.init(kind:percentage:), Member("kind", \.kind), Member("percentage", \.percentage))
  }
}

extension SlidingWindowOperator.Limits: PlanCodable {
  package static let form = PlanForm<SlidingWindowOperator.Limits>.record(
    SlidingWindowOperator.Limits.init(start:end:window:step:),
    Member("start", \.start), Member("end", \.end), Member("window", \.window), Member("step", \.step))
}
