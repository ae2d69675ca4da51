extension CloudTrail {
  /// A whole record of an ordinary call, made up: what made events begin with. Its account and its addresses are those
  /// that documentation may use.
  static let exemplar = #"""
    {"eventVersion":"1.09","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE7Q3MZ4KVTB",\#
    "arn":"arn:aws:iam::123456789012:user/ada","accountId":"123456789012","accessKeyId":"AKIAEXAMPLE2B5X8CNW4",\#
    "userName":"ada"},"eventTime":"2026-03-02T10:20:00Z","eventSource":"iam.amazonaws.com",\#
    "eventName":"GetUser","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7",\#
    "userAgent":"aws-cli/2.15.30 Python/3.11.8 Linux/6.1.79 exe/x86_64.amzn.2023 prompt/off",\#
    "requestParameters":{},"responseElements":null,"requestID":"7d1f0c52-3b6e-4a90-8c41-5e2a00000000",\#
    "eventID":"0a1b2c3d-4e5f-4a6b-8c7d-9e0f00000000","readOnly":false,"eventType":"AwsApiCall",\#
    "managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}
    """#
}
