import Testing

@testable import Engine

@Suite struct BucketHashTests {
  @Test func `equal keys fall into one bucket, whatever their layout`() {
    func bucket(_ column: Column) -> [UInt32] {
      BucketHash.buckets(of: [column], count: column.count, among: 97)
    }
    #expect(bucket(.constant(.string("a"), .string, count: 1)) == bucket(Column.of(.string, [.string("a")])))
    #expect(bucket(.constant(.long(7), .long, count: 1)) == bucket(.int64(.int, [7])))
    #expect(bucket(.constant(.null, .real, count: 1)) == bucket(.reals([3], validity: [false])))
    #expect(bucket(.reals([-0.0])) == bucket(.reals([0])))
    #expect(bucket(.reals([.nan])) == bucket(.reals([-.nan])))
    let mixed = Column.of(.string, [.string("b"), .string("a"), .string("b")])
    #expect(bucket(mixed)[0] == bucket(mixed)[2])
    #expect(bucket(mixed.gather(Vector([1]))) == [bucket(mixed)[1]])
  }

  @Test func `many keys are shared out`() {
    let keys = Column.of(.string, (0..<1000).map { .string("arn:aws:iam::111122223333:user/u\($0)") })
    let buckets = BucketHash.buckets(of: [keys], count: 1000, among: 8)
    for bucket in 0..<8 {
      let count = buckets.count { $0 == bucket }
      #expect((60...200).contains(count), "\(count) in bucket \(bucket)")
    }
  }
}
