/// Unpacks the pages of Parquet files; one for each thread, since the larger decoders keep tables.
final class ParquetCodecs {
  private let unpacked = PaddedBuffer(capacity: 1 << 16)
  private lazy var gunzip = Gunzip(output: unpacked)
  private lazy var zstandard = ZstdDecoder(output: unpacked)

  /// Why a way to compress is not read; nil if it is.
  static func refusal(of codec: Int) -> String? {
    switch codec {
    case 0, 1, 2, 5, 6, 7: nil
    case 3: "compressed with LZO, which is not read; write it with zstd or snappy"
    case 4: "compressed with Brotli, which is not read; write it with zstd or snappy"
    default: "compressed in a way that is not known (\(codec)); write it with zstd or snappy"
    }
  }

  /// Bytes that were taken since the memory limit was looked at.
  private var unasked = 0

  /// Before bytes are taken: a great many small columns are as much as a large one.
  func reserve(_ bytes: Int, _ what: @autoclosure () -> String) throws(ParquetDamage) {
    unasked += bytes
    if unasked < 1 << 24 { return }
    guard RunLimits.admits(unasked) else {
      let limit = RunLimits.size(RunLimits.memoryLimit)
      throw ParquetDamage(.limit, "\(what()) would go beyond the memory limit of \(limit)")
    }
    unasked = 0
  }

  /// Appends the bytes of a page; eight bytes behind the input must be readable.
  func unpack(
    _ input: UnsafeBufferPointer<UInt8>, codec: Int, size: Int, into output: PaddedBuffer
  ) throws(ParquetDamage) {
    guard size <= ParquetLimits.pageByteLimit else {
      throw ParquetDamage(.limit, "a page is larger than the limit of \(ParquetLimits.pageByteLimit) bytes")
    }
    try reserve(size, "unpacking a page")
    if size == 0, codec != 0 { return }
    let failure: UnpackFailure?
    switch codec {
    case 0:
      guard input.count == size, let base = input.baseAddress else {
        if size == 0 { return }
        throw ParquetDamage("a page is shorter than stated")
      }
      output.append(base, count: size)
      return
    case 1: failure = Snappy.decompress(input, size: size, into: output)
    case 5: failure = LZ4.decompressFramed(input, size: size, into: output)
    case 7: failure = LZ4.decompress(input, size: size, into: output)
    case 2, 6:
      let damage =
        codec == 2
        ? gunzip.decompress(input, limit: size) : zstandard.decompress(input, limit: size)
      if let damage { throw ParquetDamage("a page cannot be unpacked: \(damage.reason)") }
      guard unpacked.count == size else { throw ParquetDamage("a page is shorter than stated") }
      output.append(unpacked.base, count: size)
      unpacked.shrink(above: 16 << 20)
      return
    default: throw ParquetDamage(.unsupported, ParquetCodecs.refusal(of: codec) ?? "not known")
    }
    switch failure {
    case nil: return
    case .truncated?: throw ParquetDamage("the data of a page are cut off")
    case .invalid(let why)?: throw ParquetDamage("a page cannot be unpacked: \(why)")
    case .outputLimit?, .memoryLimit?, .outOfTime?: throw ParquetDamage("a page cannot be unpacked")
    }
  }
}
