extension HTMLPage {
  /// For light, dark and paper.
  static let style: StaticString = """
    :root{color-scheme:light dark;--back:#fff;--card:#f6f7f9;--text:#1a1d21;--soft:#586069;--line:#d5d9de;--link:#0b5cad;\
    --mark:#fff0b3;--critical:#a4133c;--high:#c2410c;--medium:#946200;--low:#2563a8;--informational:#5b6470;\
    --s0:#2563a8;--s1:#c2410c;--s2:#2f7d32;--s3:#8e24aa;--s4:#946200;--s5:#00838f;--s6:#ad1457;--s7:#5d4037;--s8:#455a64;--s9:#6b7d00}
    @media (prefers-color-scheme:dark){:root{--back:#14171a;--card:#1d2126;--text:#e6e8eb;--soft:#a3abb5;--line:#3a4149;\
    --link:#7ab7f5;--mark:#5c4a00;--critical:#ff7b95;--high:#ff9a62;--medium:#f2c14e;--low:#7ab7f5;--informational:#aab4bf;\
    --s0:#7ab7f5;--s1:#ff9a62;--s2:#81c784;--s3:#ce93d8;--s4:#f2c14e;--s5:#4dd0e1;--s6:#f48fb1;--s7:#bcaaa4;--s8:#b0bec5;--s9:#dce775}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
    header,main{max-width:1400px;margin:0 auto;padding:0 24px}
    h1{font-size:26px;margin:24px 0 0}h2{font-size:20px;margin:36px 0 10px;border-bottom:1px solid var(--line);padding-bottom:4px}
    h3{font-size:16px;margin:22px 0 6px}
    .subtitle,.note,.soft{color:var(--soft)}.subtitle{margin:2px 0 12px}.note{margin:6px 0}
    a{color:var(--link)}nav{display:flex;flex-wrap:wrap;gap:4px 18px;padding:10px 0;border-bottom:1px solid var(--line)}
    .facts{display:flex;flex-wrap:wrap;gap:8px 28px;margin:10px 0}.facts div{min-width:0}
    .facts dt{color:var(--soft);font-size:12px}.facts dd{margin:0;overflow-wrap:anywhere}
    .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;margin:8px 0}
    table{border-collapse:collapse;width:100%;font-size:13px}
    caption{text-align:left;padding:6px 10px;color:var(--soft)}
    th,td{padding:4px 10px;text-align:left;vertical-align:top;border-top:1px solid var(--line);max-width:520px;min-width:7em;overflow-wrap:anywhere}
    th{background:var(--card);font-weight:600;white-space:nowrap}
    td.n,th.n{text-align:right;min-width:0;font-variant-numeric:tabular-nums}td.t{white-space:nowrap;font-variant-numeric:tabular-nums}
    tbody tr:hover{background:var(--card)}
    .severity{font-size:12px;font-weight:600;border:1px solid currentColor;border-radius:10px;padding:0 8px;white-space:nowrap}
    .critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.informational{color:var(--informational)}
    details{margin:8px 0;border:1px solid var(--line);border-radius:6px;padding:0 12px}summary{cursor:pointer;padding:6px 0;font-weight:600}
    details[open]{padding-bottom:10px}
    .rule{border:1px solid var(--line);border-radius:8px;padding:4px 18px 12px;margin:14px 0;content-visibility:auto;contain-intrinsic-size:auto 400px}
    pre{overflow-x:auto;background:var(--card);padding:10px;border-radius:6px;font:12.5px/1.5 ui-monospace,Menlo,Consolas,monospace;margin:8px 0;white-space:pre-wrap;overflow-wrap:anywhere}
    mark{background:var(--mark);color:inherit;border-radius:2px}
    .count{color:var(--soft);font-style:italic}
    .tools{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;margin:8px 0;font-size:13px}
    .tools label{display:inline-flex;gap:6px;align-items:center}
    input,select,button{font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:4px;padding:2px 6px}
    button{cursor:pointer}th button{border:0;background:none;padding:0;font-weight:600;white-space:nowrap}
    th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
    :focus-visible{outline:2px solid var(--link);outline-offset:1px}
    .tools .columns{position:relative;margin:0;padding:0 8px}.tools .columns summary{padding:2px 0;font-weight:400}
    .columns div{position:absolute;z-index:2;background:var(--back);border:1px solid var(--line);border-radius:6px;padding:6px 12px;max-height:320px;overflow:auto;white-space:nowrap}
    .columns div label{display:flex}
    svg{display:block;width:100%;height:auto;max-width:1100px;margin:8px 0;font:11px system-ui,sans-serif}
    svg text{fill:var(--text)}svg .axis{stroke:var(--line);fill:none}svg .soft{fill:var(--soft)}
    .s0{fill:var(--s0);stroke:var(--s0)}.s1{fill:var(--s1);stroke:var(--s1)}.s2{fill:var(--s2);stroke:var(--s2)}.s3{fill:var(--s3);stroke:var(--s3)}
    .s4{fill:var(--s4);stroke:var(--s4)}.s5{fill:var(--s5);stroke:var(--s5)}.s6{fill:var(--s6);stroke:var(--s6)}.s7{fill:var(--s7);stroke:var(--s7)}
    .s8{fill:var(--s8);stroke:var(--s8)}.s9{fill:var(--s9);stroke:var(--s9)}
    .line{fill:none;stroke-width:1.6}.area{stroke:none}.bar{stroke:none}svg .critical{fill:var(--critical)}svg .high{fill:var(--high)}
    svg .medium{fill:var(--medium)}svg .low{fill:var(--low)}svg .informational{fill:var(--informational)}
    .legend{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;padding:0;margin:4px 0;font-size:12px}
    .legend li{display:flex;gap:6px;align-items:center;overflow-wrap:anywhere}.legend svg{width:12px;height:12px;margin:0;flex:none}
    .spark{letter-spacing:0;font-family:ui-monospace,monospace;white-space:nowrap}
    .fired{color:var(--high);font-weight:600}.new{color:var(--s2);font-weight:600}.lost{color:var(--critical)}.gained{color:var(--s2)}
    [hidden]{display:none!important}.more{display:none}
    @media print{.more{display:table-row}:root{--back:#fff;--card:#f2f2f2;--text:#000;--soft:#444;--line:#bbb;--link:#000;--mark:#eee}
    body{font-size:10pt}header,main{max-width:none;padding:0}.tools,nav{display:none}.scroll{overflow:visible;border:0}
    table{font-size:8pt}tr,svg{break-inside:avoid}thead{display:table-header-group}h2,h3{break-after:avoid}.rule{content-visibility:visible;border:0;padding:0}}
    """
}
