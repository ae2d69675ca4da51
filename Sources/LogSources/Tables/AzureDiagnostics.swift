extension SourceTable {
  /// Diagnostic logs of Azure resources; each service adds columns of its own.
  ///
  /// Those of a service end in their type: `_s` a text, `_d` a number, `_g` a GUID. Here are the ones that public
  /// rules read.
  package static let azureDiagnostics = SourceTable.flat(
    "AzureDiagnostics",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "action_id_s", "action_name_s", "action_s", "ActivityId", "ActorClientId", "ActorCUID",
      "ActorDisplayName", "ActorUPN", "ActorUserId", "addedAccessPolicy_Permissions_certificates_s",
      "addedAccessPolicy_Permissions_keys_s", "addedAccessPolicy_Permissions_secrets_s",
      "additional_information_s", "application_name_s", "Area", "AuthenticationMechanism",
      "CallerIPAddress", "Category", "CategoryDisplayName", "client_ip_s", "clientInfo_s", "clientIP_s",
      "clientIp_s", "conditions_destinationIP_s", "conditions_destinationPortRange_s",
      "conditions_sourceIP_s", "conditions_sourcePortRange_s", "CorrelationId", "database_name_s",
      "destPublicIpAddress_s", "Details", "details_data_s", "details_file_s", "details_matches_s",
      "details_message_s", "details_msg_s", "direction_s", "host_name_s", "host_s", "hostname_s",
      "httpMethod_s", "httpStatusDetails_s", "Id", "id_s",
      "identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_name_s",
      "identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s",
      "identity_claim_upn_s", "IpAddress", "Level", "listenerName_s", "log_s", "LogicalServerName_s",
      "macAddress_s", "msg_s", "Message", "OperationName", "originalHost_s", "originalRequestUriWithArgs_s",
      "primaryIPv4Address_s", "ProjectId", "ProjectName",
      "removedAccessPolicy_Permissions_certificates_s", "removedAccessPolicy_Permissions_keys_s",
      "removedAccessPolicy_Permissions_secrets_s", "requestQuery_s", "requestUri_s", "Resource",
      "ResourceGroup", "ResourceId", "ResourceProvider", "ResourceType", "ResultDescription",
      "ResultSignature", "ResultType", "ruleGroup_s", "ruleName_s", "ruleSetType_s", "ScopeDisplayName",
      "ScopeId", "ScopeType", "server_principal_name_s", "serverStatus_s",
      "session_server_principal_name_s", "sourcePublicIpAddress_s", "statement_s", "subnetPrefix_s",
      "SubscriptionId", "succeeded_s", "trackingReference_s", "type_s", "UserAgent", "userAgent_s",
    ],
    dynamic: [
      "AdditionalFields", "Data",
    ],
    long: [
      "DurationMs"
    ],
    real: [
      "affected_rows_d", "clientPort_d", "duration_milliseconds_d", "httpStatus_d", "httpStatusCode_d",
      "priority_d", "response_rows_d",
    ],
    guid: [
      "addedAccessPolicy_ObjectId_g", "identity_claim_appid_g",
      "identity_claim_http_schemas_microsoft_com_identity_claims_objectidentifier_g",
      "identity_claim_oid_g", "removedAccessPolicy_ObjectId_g", "systemId_g", "transactionId_g",
      "vnetResourceGuid_g",
    ],
    isSubset: true, "Diagnostic logs of Azure resources; each service adds columns of its own.")
}
