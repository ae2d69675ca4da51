import Engine

/// Which service takes a call of a name, for the calls that rules ask for most. Names that several services have are
/// not here.
extension CloudTrail {
  private static let calls: [(service: String, names: String)] = [
    (
      "iam",
      """
      CreateUser DeleteUser UpdateUser CreateAccessKey DeleteAccessKey UpdateAccessKey CreateLoginProfile
      UpdateLoginProfile DeleteLoginProfile AttachUserPolicy AttachRolePolicy AttachGroupPolicy DetachUserPolicy
      DetachRolePolicy DetachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy DeleteUserPolicy DeleteRolePolicy
      DeleteGroupPolicy CreatePolicyVersion SetDefaultPolicyVersion CreateRole DeleteRole UpdateAssumeRolePolicy
      CreateVirtualMFADevice DeactivateMFADevice DeleteVirtualMFADevice EnableMFADevice AddUserToGroup
      RemoveUserFromGroup AddRoleToInstanceProfile RemoveRoleFromInstanceProfile CreateInstanceProfile
      UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy GetAccountPasswordPolicy CreateSAMLProvider
      UpdateSAMLProvider DeleteSAMLProvider CreateOpenIDConnectProvider
      """
    ),
    (
      "sts",
      "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetSessionToken GetFederationToken GetCallerIdentity"
    ),
    (
      "signin",
      "ConsoleLogin SwitchRole ExitRole CheckMfa PasswordRecoveryRequested PasswordRecoveryCompleted"
    ),
    ("cloudtrail", "StopLogging StartLogging DeleteTrail UpdateTrail CreateTrail PutEventSelectors"),
    (
      "ec2",
      """
      RunInstances StartInstances StopInstances TerminateInstances DescribeInstances ModifyInstanceAttribute
      CreateSecurityGroup DeleteSecurityGroup AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress
      RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateNetworkAcl CreateNetworkAclEntry
      ReplaceNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry CreateSnapshot DeleteSnapshot
      ModifySnapshotAttribute ModifyImageAttribute CreateImage CreateKeyPair ImportKeyPair CreateRoute
      CreateRouteTable CreateInternetGateway CreateNatGateway DeleteFlowLogs CreateFlowLogs GetPasswordData
      CreateLaunchTemplate AssociateIamInstanceProfile CreateVpcPeeringConnection
      """
    ),
    (
      "s3",
      """
      CreateBucket DeleteBucket PutBucketAcl PutBucketPolicy DeleteBucketPolicy PutBucketVersioning
      PutBucketLifecycle PutBucketReplication PutBucketLogging PutBucketEncryption PutBucketPublicAccessBlock
      DeleteBucketPublicAccessBlock GetObject PutObject DeleteObject ListBuckets GetBucketAcl HeadObject CopyObject
      """
    ),
    ("kms", "CreateKey PutKeyPolicy ScheduleKeyDeletion DisableKey Decrypt Encrypt GenerateDataKey"),
    (
      "rds",
      "CreateDBInstance ModifyDBInstance DeleteDBInstance ModifyDBCluster CreateDBSnapshot ModifyDBSnapshotAttribute"
    ),
    ("lambda", "CreateFunction20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2"),
    ("ecr", "PutImage DescribeImageScanFindings PutImageScanningConfiguration"),
    (
      "guardduty",
      "DeleteDetector UpdateDetector CreateDetector StopMonitoringMembers DisassociateFromMasterAccount"
    ),
    (
      "config", "DeleteConfigRule StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel"
    ),
    ("securityhub", "DisableSecurityHub BatchDisableStandards DeleteInsight"),
    (
      "ses", "SendEmail SendRawEmail SendBulkEmail SendTemplatedEmail VerifyEmailIdentity CreateEmailIdentity"
    ),
    ("sns", "Publish PublishBatch Subscribe"),
    ("bedrock", "InvokeModel InvokeModelWithResponseStream Converse ConverseStream"),
    ("secretsmanager", "GetSecretValue ListSecrets BatchGetSecretValue"),
    ("organizations", "LeaveOrganization InviteAccountToOrganization"),
    ("cloudformation", "CreateStack UpdateStack DeleteStack CreateChangeSet"),
    ("ssm", "SendCommand StartSession CreateAssociation GetParameter"),
  ]

  private static let services: [String: String] = {
    var result: [String: String] = [:]
    for (service, names) in calls {
      for name in names.split(whereSeparator: \.isWhitespace) { result[String(name)] = service }
    }
    return result
  }()

  /// A made record of a call: its service, whether it only reads, and how a sign-in is marked.
  @Sendable static func completed(_ record: JSONValue) -> JSONValue {
    guard case .string(let name)? = record["eventName"] else { return record }
    var result = record
    if let service = services[name] {
      result = result.setting(.string("\(service).amazonaws.com"), at: [.key("eventSource")])
      if service == "signin" { result = result.setting(.string("AwsConsoleSignIn"), at: [.key("eventType")]) }
    }
    let reads = ["Get", "List", "Describe", "Head", "Lookup", "BatchGet"].contains { name.hasPrefix($0) }
    return result.setting(.bool(reads), at: [.key("readOnly")])
  }
}
