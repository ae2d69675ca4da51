extension CloudTrail {
  /// Logins and roles taken on.
  static let authentication = SourceDataModel(
    "Authentication",
    datasets: [
      ("Authentication", "*"),
      ("Failed_Authentication", "(errorCode=* errorCode!=success) OR errorMessage=*"),
      ("Successful_Authentication", "(NOT errorCode=* OR errorCode=success) NOT errorMessage=*"),
      ("Default_Authentication", "*"),
      ("Insecure_Authentication", "*"),
      ("Privileged_Authentication", "*"),
    ],
    filter:
      "eventName IN (ConsoleLogin, AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity, GetSessionToken, "
      + "GetFederationToken, SwitchRole, CheckMfa)",
    fields: [
      (
        "action",
        #"case(errorCode!="success", "failure", isnotnull(errorMessage), "failure", "#
          + #"'responseElements.ConsoleLogin'="Failure", "failure", true(), "success")"#
      ),
      ("app", #"if(eventName="ConsoleLogin", eventType, eventSource)"#),
      (
        "user_role",
        "coalesce('responseElements.assumedRoleUser.arn', 'requestParameters.roleArn', 'userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.arn')"
      ),
      ("reason", "coalesce(errorMessage, errorCode)"),
      ("src_user", "'userIdentity.userName'"),
      ("authentication_method", "'additionalEventData.MFAUsed'"),
    ] + commonFields)
}
