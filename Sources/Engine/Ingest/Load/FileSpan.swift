/// Where the rows of a file stand among those of others: an archive may hold some that come before and some that come
/// behind those of another file.
package struct FileSpan: Sendable {
  package var file: LogFile
  var first: FileRank
  var last: FileRank

  /// The spans of files that a load with some requests would read.
  ///
  /// Of most files the first bytes are looked at; those whose content alone tells are read.
  package static func spans(
    of files: [LogFile], requests: [LoadRequest], options: LoadOptions
  ) -> [FileSpan] {
    let requests = Array(requests.prefix(LoadPlan.requestLimit))
    let plan = LoadPlan(requests, others: options.otherSources, carriers: options.carriers)
    let (ranks, unsure) = LoadPass.ranks(
      of: files, threads: options.threads ?? FileReading.coreCount(), plan.framing)
    return files.indices.map { index in
      guard unsure.contains(index) else {
        let rank = ranks[index] ?? .last
        return FileSpan(file: files[index], first: rank, last: rank)
      }
      let found = LoadPass([files[index]], plan, options).outcomes.map(\.outcome.rank).filter { $0 != .last }
      return FileSpan(file: files[index], first: found.min() ?? .last, last: found.max() ?? .last)
    }
  }

  /// Files shared out among tasks, so that the rows of one task all come before those of the next.
  ///
  /// Shares are about equal in bytes. Files whose rows lie between each other's stay together.
  ///
  /// - Parameter count: so many shares at most.
  package static func shares(of spans: [FileSpan], count: Int) -> [[LogFile]] {
    let inOrder = spans.enumerated().sorted { left, right in
      (left.element.first, left.offset) < (right.element.first, right.offset)
    }
    var units: [(files: [Int], bytes: Int, first: FileRank, last: FileRank)] = []
    for (place, span) in inOrder {
      if let unit = units.last, span.first < unit.last || (span.first == unit.last && unit.first < unit.last)
      {
        units[units.count - 1].files.append(place)
        units[units.count - 1].bytes += span.file.size
        units[units.count - 1].last = max(unit.last, span.last)
      } else {
        units.append(([place], span.file.size, span.first, span.last))
      }
    }
    let total = units.reduce(0) { $0 + $1.bytes }
    var shares: [[Int]] = []
    var bytes = 0
    for unit in units {
      // A share begins where the bytes so far are those of the shares before it.
      if shares.isEmpty || (shares.count < count && bytes * count >= total * shares.count) {
        shares.append([])
      }
      shares[shares.count - 1] += unit.files
      bytes += unit.bytes
    }
    // As they were found, since that decides between files of one rank.
    return shares.map { $0.sorted().map { spans[$0].file } }
  }
}

extension FileSpan {
  /// As a table that travels.
  package static func table(of spans: [FileSpan]) -> Table {
    Table(
      fields: [Field("path", .string)]
        + ["firstTime", "firstDigest", "lastTime", "lastDigest"].map { Field($0, .long) },
      rows: spans.map { span in
        [.string(span.file.path)]
          + [span.first, span.last].flatMap { [.long($0.words.time), .long($0.words.digest)] }
      })
  }

  /// The spans of files in a table; those that it does not name come last.
  package static func spans(of files: [LogFile], in tables: [Table]) -> [FileSpan] {
    var known: [String: (FileRank, FileRank)] = [:]
    for table in tables where table.fields.count == 5 {
      for row in 0..<table.rowCount {
        let numbers = (1...4).map { column -> Int64 in
          if case .long(let number) = table.value(row: row, column: column) { number } else { 0 }
        }
        guard case .string(let path) = table.value(row: row, column: 0) else { continue }
        known[path] = (
          FileRank(words: (numbers[0], numbers[1])), FileRank(words: (numbers[2], numbers[3]))
        )
      }
    }
    return files.map { file in
      let span = known[file.path] ?? (.last, .last)
      return FileSpan(file: file, first: span.0, last: span.1)
    }
  }
}
