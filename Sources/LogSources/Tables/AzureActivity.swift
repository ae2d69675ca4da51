extension SourceTable {
  /// Operations on Azure resources.
  package static let azureActivity = SourceTable.flat(
    "AzureActivity",
    datetime: [
      "TimeGenerated", "EventSubmissionTimestamp",
    ],
    string: [
      "ActivityStatus", "ActivityStatusValue", "ActivitySubstatus", "ActivitySubstatusValue",
      "Authorization", "Caller", "CallerIpAddress", "Category", "CategoryValue", "Claims",
      "CorrelationId", "EventDataId", "HTTPRequest", "Hierarchy", "Level", "OperationId", "OperationName",
      "OperationNameValue", "Properties", "Resource", "ResourceGroup", "ResourceId", "ResourceProvider",
      "ResourceProviderValue", "SubscriptionId", "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "Authorization_d", "Claims_d", "Properties_d",
    ],
    "Operations on Azure resources.")
}
