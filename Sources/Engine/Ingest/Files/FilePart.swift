/// What one thread reads at a time: a whole file, or a stretch of a large file with one record a line.
///
/// A stretch takes the lines that begin in it; the last one may end behind it.
///
/// ```
///   part 0          | part 1          | part 2
///   {…}⏎{…}⏎{… … …}⏎{…}⏎{…}⏎{…}⏎      a line belongs to the part where it begins
/// ```
struct FilePart: Hashable, Sendable {
  var file: Int
  var number: Int
  /// Nil is the whole file.
  var range: Range<Int>?
  /// The row groups of a Parquet file.
  var groups: Range<Int>?
  var size: Int

  /// The parts of all files, in their order.
  static func parts(of files: [LogFile], options: LoadOptions) -> [FilePart] {
    files.indices.flatMap { index -> [FilePart] in
      let size = files[index].size
      if size > options.partBytes * 2,
        let parts = ParquetFile.parts(of: files[index].path, partBytes: options.partBytes)
      {
        return parts.enumerated().map { number, part in
          FilePart(file: index, number: number, range: nil, groups: part.groups, size: part.bytes)
        }
      }
      guard size > options.partBytes * 2, size > 0, hasRecordPerLine(files[index].path) else {
        return [FilePart(file: index, number: 0, range: nil, size: size)]
      }
      return stride(from: 0, to: size, by: options.partBytes).enumerated().map { number, start in
        let end = min(size, start + options.partBytes)
        return FilePart(file: index, number: number, range: start..<end, size: end - start)
      }
    }
  }

  /// Looks at the first two lines only.
  private static func hasRecordPerLine(_ path: String) -> Bool {
    let head = PaddedBuffer(capacity: 1 << 18)
    guard FileReading.load(path, range: 0..<(1 << 18), into: head) == nil else { return false }
    let bytes = head.bytes
    guard FileContent(bytes) == .json, let base = bytes.baseAddress else { return false }
    let end = base + bytes.count
    let firstEnd = JSONBytes.lineEnd(base, end)
    let second = JSONBytes.skipBlanks(firstEnd, end)
    guard base.pointee == 0x7B, second < end, second.pointee == 0x7B,
      case .found(let after) = JSONBytes.nestedEnd(base + 1, firstEnd, limit: .max)
    else { return false }
    return JSONBytes.skipBlanks(after, firstEnd) == firstEnd
  }
}

extension FileReading {
  /// Reads the lines that begin in a range of a file; `lineStart` is where the first of them begins.
  static func loadLines(
    _ path: String, _ range: Range<Int>, into buffer: PaddedBuffer, maximum: Int
  ) -> (failure: ReadFailure?, skipped: Int) {
    let start = max(0, range.lowerBound - 1)
    var end = range.upperBound
    while true {
      if let failure = load(path, range: start..<end, into: buffer) { return (failure, 0) }
      guard buffer.count == end - start, buffer.count > 0, buffer.base[buffer.count - 1] != 0x0A else {
        break
      }
      // The last line goes on behind the range.
      if end - start > maximum {
        return (.lineLonger(than: maximum), 0)
      }
      let read = buffer.count
      end += max(1 << 16, (end - range.upperBound) * 2)
      if let failure = load(path, range: start..<end, into: buffer) { return (failure, 0) }
      let bytes = UnsafePointer(buffer.base)
      let lineEnd = JSONBytes.lineEnd(bytes + read, bytes + buffer.count)
      if lineEnd < bytes + buffer.count || buffer.count < end - start {
        buffer.count = min(buffer.count, lineEnd - bytes + 1)
        break
      }
    }
    buffer.sealPadding()
    guard range.lowerBound > 0 else { return (nil, 0) }
    let bytes = UnsafePointer(buffer.base)
    let lineEnd = JSONBytes.lineEnd(bytes, bytes + buffer.count)
    let skipped = min(buffer.count, lineEnd - bytes + 1)
    // The line that began before this part may be all there is.
    return (nil, start + skipped >= range.upperBound ? buffer.count : skipped)
  }
}
