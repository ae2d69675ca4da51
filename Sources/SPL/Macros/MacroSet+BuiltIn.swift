extension MacroSet {
  /// The macros that detections for CloudTrail take for granted.
  package static let builtIn: MacroSet = {
    var macros = MacroSet()
    macros.define("cloudtrail", text: "sourcetype=aws:cloudtrail")
    macros.define(
      "security_content_ctime", parameters: ["field"],
      text: #"convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)"#)
    macros.define(
      "security_content_summariesonly",
      text: "summariesonly=false allow_old_summaries=true fillnull_value=null")
    // The macro of the Common Information Model by the same name.
    macros.define("summariesonly", text: "summariesonly=false")
    macros.define("drop_dm_object_name", parameters: ["name"], text: "rename $name$.* as *")
    // Splunk's own way to comment a search before there were triple backticks.
    macros.define("comment", parameters: ["text"], text: "")
    return macros
  }()
}
