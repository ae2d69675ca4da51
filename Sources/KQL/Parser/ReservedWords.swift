/// Words that Kusto reads as keywords where a name is meant: such a name stands in brackets, `['first']`.
enum ReservedWords {
  /// Never a name by themselves.
  private static let everywhere = words(
    """
    and anomalychart areachart asc bagexpansion barchart between bin_legacy boolean byte cachingpolicy callout cancel
    card char columnchart contains_cs containscs cycles dataexport datascope date datetime decimal decodeblocks desc
    double dynamic encodingpolicy endswith endswith_cs expandoutput extent_tags_retention external_data first flags
    float force_remote harddelete hardretention has has_all has_any has_cs hasprefix hasprefix_cs hassuffix
    hassuffix_cs hotcache int int16 int32 int64 int8 isfuzzy journal ladderchart last like likecs linechart long
    missing nooptimization notcontains notcontainscs notlike notlikecs or others pathformat piechart pivotchart
    project queries query_results real relaxed restricted_view_access row_level_security rowstore
    rowstore_references rowstore_sealinfo rowstorepolicy rowstores scatterchart seal seals shards simple softdelete
    softretention stackedareachart startswith startswith_cs statistics storedqueryresultcontainers string tablepurge
    time timechart timeline timepivot timespan treemap uint uint16 uint32 uint64 uint8 ulong union uniqueid
    unrestrictedviewers views true True TRUE false False FALSE where with_itemindex with_match_id with_step_name writeaheadlog
    """)

  /// Names of new columns, and nothing else.
  private static let onlyNew = words(
    """
    accumulate as by contains datatable earliest externaldata find in invoke latest materialize mdm of print sample
    search set sql title to toscalar totable verbose viewers
    """)

  /// Names of columns that are there already, and nothing else.
  private static let onlyOld = words("kind with_source withsource")

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  /// Where a name stands.
  enum Place {
    /// `extend name = …`, a column of `datatable`, a target of `parse`.
    case newColumn
    /// `where name == 1`, `d.name`.
    case use
    /// `let name = …`, `as name`.
    case binding
  }

  static func holds(_ word: String, as place: Place) -> Bool {
    if everywhere.contains(word) { return true }
    switch place {
    case .newColumn: return onlyOld.contains(word)
    case .use: return onlyNew.contains(word)
    case .binding: return onlyNew.contains(word) || onlyOld.contains(word)
    }
  }
}

extension KQLParser {
  /// A name; one that Kusto would read as a keyword is reported.
  func name(_ what: String = "a name", after context: String = "", as place: ReservedWords.Place)
    -> NameSyntax
  {
    let name = self.name(what, after: context)
    check(name, as: place)
    return name
  }

  func check(_ name: NameSyntax, as place: ReservedWords.Place) {
    guard !name.isBracketed, !isRecovering, ReservedWords.holds(name.text, as: place) else { return }
    report(KQLMessages.reservedName(name.text, at: name.span))
  }
}
