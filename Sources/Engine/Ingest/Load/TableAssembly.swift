/// Puts the rows of all threads together as the columns of one table, in the order of the files.
struct TableAssembly {
  /// A run of rows that one thread read from one file.
  struct Segment {
    var worker: Int
    var rows: Range<Int>
  }

  let request: LoadPlan.Request
  let number: Int
  let workers: [LoadWorker]
  let segments: [Segment]
  let rowCount: Int

  init(request: LoadPlan.Request, number: Int, workers: [LoadWorker], segments: [Segment]) {
    self.request = request
    self.number = number
    self.workers = workers
    self.segments = segments
    rowCount = segments.reduce(0) { $0 + $1.rows.count }
  }

  func column(_ index: Int) -> Column {
    let plan = request.columns[index]
    if case .constant(let text) = plan.fallback, plan.slots.isEmpty, plan.field.type == .string {
      return .constant(.string(text), .string, count: rowCount)
    }
    if plan.isDirectTime { return times(plan) }
    switch plan.field.type {
    case .string, .dynamic: return strings(plan)
    case .bool: return bools(plan)
    case .int, .long, .datetime, .timespan: return integers(plan)
    case .real: return reals(plan)
    case .decimal, .guid: return boxed(plan)
    }
  }

  // MARK: - By layout

  private func times(_ plan: LoadPlan.Column) -> Column {
    var values: [Int64] = []
    values.reserveCapacity(rowCount)
    var hasNull = false
    for segment in segments {
      let blocks = workers[segment.worker].rows[number]
      blocks.forEachRun(word: plan.word, rows: segment.rows) { run in
        guard let low = run.baseAddress else { return }
        for row in 0..<run.count {
          let bits = UInt64(low[row]) | UInt64(low[row + RowBlocks.rows]) << 32
          let ticks = Int64(bitPattern: bits)
          hasNull = hasNull || ticks == .min
          values.append(ticks)
        }
      }
    }
    guard hasNull else { return .int64(.datetime, values) }
    let validity = values.map { $0 != .min }
    return .int64(.datetime, values.map { $0 == .min ? 0 : $0 }, validity: validity)
  }

  /// Maps each thread's codes to codes of one dictionary, in order of first appearance.
  private func strings(_ plan: LoadPlan.Column) -> Column {
    let dictionary = SharedTextDictionary()
    var maps = workers.map { [UInt32](repeating: .max, count: $0.interners[plan.group].count) }
    var isNull = workers.map { [Bool](repeating: false, count: $0.interners[plan.group].count) }
    var hasNull = false
    let conversion = TextConversion(form: plan.field.form, type: plan.field.type)
    let codes = [UInt32](unsafeUninitializedCapacity: rowCount) { target, initialized in
      var row = 0
      for segment in segments {
        let interner = workers[segment.worker].interners[plan.group]
        maps[segment.worker].withUnsafeMutableBufferPointer { map in
          workers[segment.worker].rows[number].forEachRun(word: plan.word, rows: segment.rows) { run in
            for code in run {
              var mapped = map[Int(code)]
              if mapped == .max {
                if !conversion.intern(interner.value(code), into: dictionary, &mapped) {
                  isNull[segment.worker][Int(code)] = true
                  hasNull = true
                }
                map[Int(code)] = mapped
              }
              target.initializeElement(at: row, to: mapped)
              row += 1
            }
          }
        }
      }
      initialized = row
    }
    let validity = hasNull ? Vector(nullFlags(plan, isNull)) : nil
    let owners = workers.map { $0.interners[plan.group] }
    return .string(
      StringColumn(
        type: plan.field.type, codes: Vector(codes), dictionary: dictionary.finish(owners: owners),
        validity: validity))
  }

  private func nullFlags(_ plan: LoadPlan.Column, _ isNull: [[Bool]]) -> [Bool] {
    var flags: [Bool] = []
    flags.reserveCapacity(rowCount)
    for segment in segments {
      let codes = isNull[segment.worker]
      workers[segment.worker].rows[number].forEachRun(word: plan.word, rows: segment.rows) { run in
        for code in run { flags.append(!codes[Int(code)]) }
      }
    }
    return flags
  }

  private func bools(_ plan: LoadPlan.Column) -> Column {
    let (values, validity) = converted(plan, placeholder: false) { ScalarConversion.bool($0) }
    return .bools(values, validity: validity)
  }

  private func integers(_ plan: LoadPlan.Column) -> Column {
    let type = plan.field.type
    let (values, validity) = converted(plan, placeholder: Int64(0)) { value in
      type == .datetime ? ValueText.withText(value, EventTime.ticks) : ScalarConversion.long(value, type)
    }
    return .int64(type, values, validity: validity)
  }

  private func reals(_ plan: LoadPlan.Column) -> Column {
    let (values, validity) = converted(plan, placeholder: 0.0) { ScalarConversion.real($0) }
    return .reals(values, validity: validity)
  }

  private func boxed(_ plan: LoadPlan.Column) -> Column {
    let (values, _) = converted(plan, placeholder: Value.null) { ScalarConversion.boxed($0, plan.field.type) }
    return .of(plan.field.type, values)
  }

  /// Converts each distinct value once.
  private func converted<Element>(
    _ plan: LoadPlan.Column, placeholder: Element, _ convert: (FieldValue) -> Element?
  ) -> (values: [Element], validity: [Bool]?) {
    var values: [Element] = []
    var validity: [Bool] = []
    values.reserveCapacity(rowCount)
    validity.reserveCapacity(rowCount)
    var hasNull = false
    var known = workers.map { [Element??](repeating: nil, count: $0.interners[plan.group].count) }
    for segment in segments {
      let interner = workers[segment.worker].interners[plan.group]
      workers[segment.worker].rows[number].forEachRun(word: plan.word, rows: segment.rows) { run in
        for code in run {
          let value: Element?
          if let seen = known[segment.worker][Int(code)] {
            value = seen
          } else {
            value = convert(interner.value(code))
            known[segment.worker][Int(code)] = .some(value)
          }
          values.append(value ?? placeholder)
          validity.append(value != nil)
          hasNull = hasNull || value == nil
        }
      }
    }
    return (values, hasNull ? validity : nil)
  }
}
