#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the bytes of a Parquet file come from: parts of a file on disk, or bytes at hand.
final class ParquetInput {
  static let mark: [UInt8] = [0x50, 0x41, 0x52, 0x31]
  static let encryptedMark: [UInt8] = [0x50, 0x41, 0x52, 0x45]

  private let file: Int32?
  private let memory: UnsafeBufferPointer<UInt8>
  let count: Int

  static func isParquet(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: mark) || bytes.starts(with: encryptedMark)
  }

  /// Bytes that live as long as the input.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    file = nil
    memory = bytes
    count = bytes.count
  }

  /// Nil for what is no Parquet file, or cannot be opened: whoever reads it as another one says why.
  convenience init?(path: String) {
    var status = stat()
    // A pipe is not even opened: its writer would take that for its reader.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, ParquetInput.hasMark(file) else {
      close(file)
      return nil
    }
    self.init(file: file, count: Int(status.st_size))
  }

  /// An open file, which is closed with the input.
  init(file: Int32, count: Int) {
    self.file = file
    memory = UnsafeBufferPointer(start: nil, count: 0)
    self.count = count
  }

  static func hasMark(_ file: Int32) -> Bool {
    var head = [UInt8](repeating: 0, count: 4)
    return pread(file, &head, 4, 0) == 4 && (head == mark || head == encryptedMark)
  }

  deinit { if let file { close(file) } }

  /// The bytes of a range, in `buffer` or where they stand.
  func read(_ range: Range<Int>, into buffer: PaddedBuffer) throws(ParquetDamage) -> UnsafeBufferPointer<
    UInt8
  > {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw ParquetDamage("a column lies outside of the file")
    }
    buffer.count = 0
    guard let file else {
      // Wide loads may go beyond a part, as the bytes of a file have padding behind them.
      return memory.part(range)
    }
    guard RunLimits.admits(range.count) else {
      let limit = RunLimits.size(RunLimits.memoryLimit)
      throw ParquetDamage(.limit, "reading a column would go beyond the memory limit of \(limit)")
    }
    buffer.reserve(range.count)
    while buffer.count < range.count {
      let got = pread(
        file, buffer.base + buffer.count, range.count - buffer.count, off_t(range.lowerBound + buffer.count))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw ParquetDamage("a part of the file cannot be read: \(FileDiscovery.lastError())")
      }
      buffer.count += got
    }
    buffer.sealPadding()
    return buffer.bytes
  }
}
