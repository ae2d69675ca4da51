/// Decompresses what a file or a member of an archive holds.
protocol FileDecoder: AnyObject {
  init(output: PaddedBuffer)

  /// Fills the output from its start, with so many bytes at most; nil if the data are whole.
  func decompress(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> PackDamage?
}

/// A format whose files are streams that stand one behind the other.
protocol StreamDecoder: FileDecoder {
  /// As messages call it.
  static var format: String { get }
  var output: PaddedBuffer { get }
  /// Bytes that may come out.
  var limit: Int { get set }

  /// Decodes the stream that begins there; behind it stands the returned position.
  func stream(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int
  /// Gives memory back that is not needed between files.
  func release()
}

extension StreamDecoder {
  func release() {}

  func decompress(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> PackDamage? {
    output.count = 0
    self.limit = limit
    defer {
      output.sealPadding()
      release()
    }
    var position = 0
    while position < input.count {
      do throws(UnpackFailure) {
        position = try stream(input, position)
      } catch {
        let place = error == .truncated ? input.count : position
        return PackDamage(error, Self.format, at: place, limit: limit)
      }
    }
    return nil
  }
}

extension PaddedBuffer {
  /// Makes room for so many bytes more, within a limit for all of them and the memory of the process.
  @inline(__always)
  func makeRoom(for more: Int, limit: Int) throws(UnpackFailure) {
    guard limit - count >= more else { throw .outputLimit }
    if capacity - count < more { try grow(by: more, limit: limit) }
  }

  /// To twice the size where that is allowed, so that a stream grows a few times only.
  private func grow(by more: Int, limit: Int) throws(UnpackFailure) {
    let wanted = max(more, min(capacity, limit - count))
    guard RunLimits.admits(wanted) else { throw .memoryLimit }
    reserve(count + wanted)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Behind the frame that begins there, if it is one that decoders of Zstandard and LZ4 pass over.
  func endOfSkippedFrame(_ start: Int) throws(UnpackFailure) -> Int? {
    guard start + 4 <= count, little32(start) & 0xFFFF_FFF0 == 0x184D_2A50 else { return nil }
    guard start + 8 <= count, little32(start + 4) <= count - start - 8 else { throw .truncated }
    return start + 8 + little32(start + 4)
  }
}
