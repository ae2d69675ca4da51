/// A Parquet file whose footer was read.
///
/// ```
///   PAR1  pages of the columns of a row group  …  footer  length of the footer (4 bytes)  PAR1
/// ```
final class ParquetFile {
  let input: ParquetInput
  let metadata: ParquetMetadata
  let schema: ParquetSchema

  init(_ input: ParquetInput) throws(ParquetDamage) {
    self.input = input
    guard input.count >= 12 else { throw ParquetDamage("the Parquet file is cut off") }
    let buffer = PaddedBuffer(capacity: 64)
    let tail = try input.read(input.count - 8..<input.count, into: buffer)
    if tail[4...].elementsEqual(ParquetInput.encryptedMark) { throw ParquetFile.encrypted }
    guard tail[4...].elementsEqual(ParquetInput.mark) else {
      throw ParquetDamage(
        "the Parquet file is cut off: its footer, without which no column can be told, is missing")
    }
    let size = tail.little32(0)
    guard size <= input.count - 12 else { throw ParquetDamage("the footer of the Parquet file is damaged") }
    guard size <= ParquetLimits.footerBytes else {
      throw ParquetDamage(
        .limit, "its footer is larger than the limit of \(ParquetLimits.footerBytes) bytes")
    }
    let footer = try input.read(input.count - 8 - size..<input.count - 8, into: buffer)
    do throws(ParquetDamage) {
      metadata = try ParquetMetadata(footer)
      schema = try ParquetSchema(metadata.elements)
    } catch {
      throw ParquetDamage(error.kind, "the footer of the Parquet file is damaged: \(error.reason)")
    }
    if metadata.isEncrypted { throw ParquetFile.encrypted }
    try checkExtent()
  }

  /// Columns stand one behind the other: where many claim the same bytes, all of them would be read over and over.
  private func checkExtent() throws(ParquetDamage) {
    var bytes = 0
    for group in metadata.groups {
      for chunk in group.columns where chunk.file?.isEmpty ?? true {
        guard chunk.storedBytes <= input.count - bytes else {
          throw ParquetDamage("the footer of the Parquet file is damaged: its columns overlap")
        }
        bytes += chunk.storedBytes
      }
    }
  }

  private static let encrypted = ParquetDamage(
    .unsupported, "an encrypted Parquet file, which is not read; write it without encryption")

  /// The row groups of a large file in parts for several threads; nil for what is no whole Parquet file.
  ///
  /// Each part reads the footer, so that there are only so many as the file has bytes for, whatever the footer says.
  static func parts(of path: String, partBytes: Int) -> [(groups: Range<Int>, bytes: Int)]? {
    guard let input = ParquetInput(path: path), let file = try? ParquetFile(input) else { return nil }
    let count = min(file.metadata.groups.count, input.count / max(1, partBytes) + 1)
    guard count > 1 else { return nil }
    let groups = file.metadata.groups.count
    return (0..<count).map { part in
      (groups * part / count..<groups * (part + 1) / count, input.count / count)
    }
  }

  /// The names of the columns of a row.
  var names: [String] { schema.columns.map { schema.nodes[$0].name } }

  /// The chunk of a leaf in a row group, found to be readable.
  func chunk(_ group: Int, _ leaf: Int) throws(ParquetDamage) -> ParquetMetadata.Chunk {
    let columns = metadata.groups[group].columns
    guard columns.count == schema.leaves.count else {
      throw ParquetDamage("a row group has another number of columns than the schema")
    }
    let chunk = columns[leaf]
    var name: String { schema.leaves[leaf].path.joined(separator: ".") }
    if chunk.isEncrypted || chunk.physical == nil { throw ParquetFile.encrypted }
    guard chunk.physical == schema.leaves[leaf].type.physical else {
      throw ParquetDamage("the column `\(name)` is of another type than the schema says")
    }
    if let file = chunk.file, !file.isEmpty {
      throw ParquetDamage(.unsupported, "its columns stand in another file, `\(file)`, which is not read")
    }
    if let refusal = ParquetCodecs.refusal(of: chunk.codec) {
      throw ParquetDamage(.unsupported, "the column `\(name)` is \(refusal)")
    }
    return chunk
  }
}
