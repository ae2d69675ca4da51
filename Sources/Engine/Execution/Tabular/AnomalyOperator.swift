import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `anomalydetection`: how probable a row is by the frequencies of its values; an approximation.
///
/// The probability of a row is the product of the shares that its values have in their fields.
package struct AnomalyOperator: TabularOperator {
  package static let planName = "anomalydetection"
  let fields: [TitledExpression]
  /// Rows less probable than this are anomalies; worked out from the rows where nil.
  let threshold: Double?
  /// The logarithm of the probability, the rarest field, its share, the share of the most frequent value of any
  /// field, whether the row is an anomaly, and the logarithm below which one is.
  package let made: [PlanColumn]

  package init(fields: [TitledExpression], threshold: Double?, made: [PlanColumn]) {
    self.fields = fields
    self.threshold = threshold
    self.made = made
  }

  package static let form = PlanForm<AnomalyOperator>.record(
    AnomalyOperator.init(fields:threshold:made:),
    Member("fields", \.fields), Member("threshold", \.threshold), Member("made", \.made))

  package var problem: String? { made.count == 6 ? nil : "it makes six columns" }

  package var label: String { "anomalydetection (approximate)" }
  package var passes: PassedRows { .all }
  package var expressions: [Expression] { fields.map(\.value) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> AnomalyOperator {
    AnomalyOperator(fields: fields.map { $0.mapping(transform) }, threshold: threshold, made: made)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    run.context.notes.add("anomalydetection is an approximation: its probabilities differ from Splunk's")
    let count = run.input.rowCount
    var logarithms = [Double](repeating: 0, count: count)
    var causes = [Int](repeating: 0, count: count)
    var shares = [Double](repeating: 1, count: count)
    var most = 0.0
    for (index, column) in try run.input.columns(expressions).enumerated() {
      let texts = (0..<count).map { column.value(at: $0).splText }
      var frequency: [String: Int] = [:]
      for text in texts { frequency[text, default: 0] += 1 }
      most = max(most, Double(frequency.values.max() ?? 0) / Double(max(1, count)))
      for row in 0..<count {
        let share = Double(frequency[texts[row]] ?? 0) / Double(count)
        logarithms[row] += log(share)
        if share < shares[row] {
          shares[row] = share
          causes[row] = index
        }
      }
    }
    let limit = threshold.map { log(max($0, 1e-300)) } ?? AnomalyOperator.limit(logarithms)
    return .beside(
      run.input,
      [
        .reals(logarithms),
        Column.of(.string, causes.map { .string($0 < fields.count ? fields[$0].name : "") }),
        .reals(shares),
        .reals([Double](repeating: most, count: count)),
        .bools(logarithms.map { $0 < limit }),
        .reals([Double](repeating: limit, count: count)),
      ])
  }

  /// Far below the middle half of all rows.
  private static func limit(_ logarithms: [Double]) -> Double {
    let sorted = logarithms.sorted()
    guard let last = sorted.last else { return 0 }
    let low = sorted[sorted.count / 4]
    let high = sorted[min(sorted.count - 1, sorted.count * 3 / 4)]
    let spread = high - low
    return spread == 0 ? min(low, last) - 1e-9 : low - 1.5 * spread
  }
}
