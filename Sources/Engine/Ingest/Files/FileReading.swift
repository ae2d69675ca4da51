#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads whole files into a reused buffer.
enum FileReading {
  /// Replaces what the buffer holds by the file's bytes; why, if that fails.
  static func load(_ path: String, into buffer: PaddedBuffer, maximum: Int) -> ReadFailure? {
    buffer.count = 0
    defer { buffer.sealPadding() }
    if let piped = StreamInput.load(path, into: buffer, maximum: maximum) { return piped }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .lastError }
    defer { close(file) }
    switch size(of: file) {
    case .failure(let failure): return failure
    case .success(let size): return read(file, size, into: buffer, maximum)
    }
  }

  /// The same, but of a large Parquet file nothing is read: its columns are, where they stand.
  ///
  /// Few logs are as large, so that hardly any file is looked into before it is read.
  static func loadOrOpen(
    _ path: String, into buffer: PaddedBuffer, maximum: Int
  ) -> (failure: ReadFailure?, parquet: ParquetInput?) {
    buffer.count = 0
    defer { buffer.sealPadding() }
    if let piped = StreamInput.load(path, into: buffer, maximum: maximum) { return (piped, nil) }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return (.lastError, nil) }
    switch size(of: file) {
    case .failure(let failure):
      close(file)
      return (failure, nil)
    case .success(let size):
      if size > parquetBytes, ParquetInput.hasMark(file) {
        return (nil, ParquetInput(file: file, count: size))
      }
      defer { close(file) }
      return (read(file, size, into: buffer, maximum), nil)
    }
  }

  /// Parquet that is no larger is read as a whole.
  private static let parquetBytes = 1 << 20

  private static func size(of file: Int32) -> Result<Int, ReadFailure> {
    var status = stat()
    guard fstat(file, &status) == 0 else { return .failure(.lastError) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .failure(ReadFailure(reason: "not a regular file"))
    }
    return .success(Int(status.st_size))
  }

  private static func read(
    _ file: Int32, _ size: Int, into buffer: PaddedBuffer, _ maximum: Int
  ) -> ReadFailure? {
    if size > maximum { return .larger(than: maximum) }
    if !RunLimits.admits(size) { return .beyondMemory }
    buffer.reserve(size + 1)
    while true {
      if buffer.count == buffer.capacity {
        // The file grew while it was read.
        if buffer.count >= maximum { return .larger(than: maximum) }
        buffer.reserve(min(buffer.capacity * 2, maximum + 1))
      }
      let got = systemRead(file, buffer.base + buffer.count, buffer.capacity - buffer.count)
      if got < 0 {
        if errno == EINTR { continue }
        return .lastError
      }
      if got == 0 { return nil }
      buffer.count += got
    }
  }
}

extension FileReading {
  /// Replaces what the buffer holds by a range of the file, as far as the file goes; why, if that fails.
  static func load(_ path: String, range: Range<Int>, into buffer: PaddedBuffer) -> ReadFailure? {
    buffer.count = 0
    defer { buffer.sealPadding() }
    if let piped = StreamInput.load(path, into: buffer, maximum: 2 << 30) { return piped }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .lastError }
    defer { close(file) }
    buffer.reserve(range.count)
    while buffer.count < range.count {
      let got = pread(
        file, buffer.base + buffer.count, range.count - buffer.count, off_t(range.lowerBound + buffer.count))
      if got < 0 {
        if errno == EINTR { continue }
        return .lastError
      }
      if got == 0 { break }
      buffer.count += got
    }
    return nil
  }

  /// The cores that this process may use.
  static func coreCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
