extension SourceTable {
  /// A table of events on devices: the device, the process behind the event and that process's parent stand in all of
  /// them; the lists add what the table has beside them.
  static func eventsOnDevices(
    _ name: String, datetime: [String] = [], string: [String] = [], dynamic: [String] = [],
    int: [String] = [],
    long: [String] = [], bool: [String] = [], _ documentation: String
  ) -> SourceTable {
    .flat(
      name,
      datetime: [
        "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
        "Timestamp",
      ] + datetime,
      string: [
        "ActionType", "AppGuardContainerId", "DeviceId", "DeviceName", "InitiatingProcessAccountDomain",
        "InitiatingProcessAccountName", "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid",
        "InitiatingProcessAccountUpn", "InitiatingProcessCommandLine", "InitiatingProcessFileName",
        "InitiatingProcessFolderPath", "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5",
        "InitiatingProcessParentFileName", "InitiatingProcessSHA1", "InitiatingProcessSHA256",
        "InitiatingProcessTokenElevation", "InitiatingProcessVersionInfoCompanyName",
        "InitiatingProcessVersionInfoFileDescription", "InitiatingProcessVersionInfoInternalFileName",
        "InitiatingProcessVersionInfoOriginalFileName", "InitiatingProcessVersionInfoProductName",
        "InitiatingProcessVersionInfoProductVersion", "MachineGroup",
      ] + string,
      dynamic: dynamic,
      int: int,
      long: [
        "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId", "ReportId",
      ] + long,
      bool: bool,
      documentation)
  }
}
