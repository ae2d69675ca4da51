import Testing

/// Storage logs are no table that Trawl knows: `--table` loads them beside the sign-ins.
@Suite struct TokenReuseTests {
  @Test func `a token that reads storage without a sign-in of its user stands out`() throws {
    let folder = try TemporaryFolder()
    let signins = try folder.write(
      "signins.json",
      """
      {"TimeGenerated":"2026-03-02T10:00:00Z","Type":"SigninLogs","ResultType":"0","UserId":"id-1","IPAddress":"192.0.2.1"}
      """)
    func blob(_ operation: String, _ user: String, _ address: String, _ kind: String = "OAuth") -> String {
      """
      {"TimeGenerated":"2026-03-02T10:30:00Z","AuthenticationType":"\(kind)","RequesterObjectId":"\(user)",\
      "OperationName":"\(operation)","Uri":"https://x.blob.example/c?comp=list","CallerIpAddress":"\(address):443"}
      """
    }
    let blobs = try folder.write(
      "blobs.json",
      [
        blob("ListBlobs", "id-1", "192.0.2.1"), blob("ListBlobs", "id-1", "203.0.113.9"),
        blob("GetBlob", "id-1", "203.0.113.9"), blob("GetBlob", "", "203.0.113.10", "SAS"),
      ].joined(separator: "\n"))
    let query = """
      StorageBlobLogs | where AuthenticationType == 'OAuth'
      | extend IPAddress = tostring(split(CallerIpAddress, ':')[0]), UserId = RequesterObjectId
      | join kind=leftanti (SigninLogs | where ResultType == '0') on UserId, IPAddress
      | summarize Operations = array_sort_asc(make_set(OperationName)) by UserId, IPAddress
      """
    let run = try TrawlProcess.run(
      "query", query, signins, "--table", "StorageBlobLogs=\(blobs)", "--format", "ndjson")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(
      run.output
        == #"{"UserId":"id-1","IPAddress":"203.0.113.9","Operations":["GetBlob","ListBlobs"]}"# + "\n")
  }
}
