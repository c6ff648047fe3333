/** All that the page looks like; it follows the system's light or dark, and prints in light. */
export const reportStyle = `
:root { color-scheme: light dark; --bg: #f6f7f9; --surface: #fff; --line: #e2e5ea; --text: #14171c; --quiet: #4b5462;
  --ok: #2f9e63; --warn: #d08a12; --bad: #d4373c; --warn-text: #8f5700; --bad-text: #c0262d; --track: #e6e9ee; --sunken: #eff1f4; }
@media screen and (prefers-color-scheme: dark) { :root { --bg: #0e1013; --surface: #15181d; --line: #242932; --text: #e7e9ed; --quiet: #a6aebb;
  --ok: #3fae79; --warn: #e0a63c; --bad: #f0625f; --warn-text: #eeb54d; --bad-text: #ff7b78; --track: #262b34; --sunken: #0b0d10; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 13px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 24px 48px; }
h1 { font-size: 22px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 14px; margin: 0 0 10px; }
h2 small { font-weight: 400; color: var(--quiet); margin-left: 6px; }
header p { margin: 0; color: var(--quiet); }
header time { color: var(--text); font-weight: 600; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px 16px; margin-top: 16px; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: 1px 10px; margin-top: 8px; color: var(--quiet); }
.gauges { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px 20px; }
.gauge b { font-size: 20px; font-weight: 650; font-variant-numeric: tabular-nums; display: block; line-height: 1.3; }
.gauge span { color: var(--quiet); }
.bar { height: 6px; border-radius: 3px; background: var(--track); overflow: hidden; margin: 4px 0; min-width: 60px; print-color-adjust: exact; }
.bar i { display: block; height: 100%; background: var(--ok); }
.bar.warn i { background: var(--warn); } .bar.bad i { background: var(--bad); }
.warn-text { color: var(--warn-text); } .bad-text { color: var(--bad-text); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px; align-items: start; margin-top: 16px; }
.columns section { margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; color: var(--quiet); border-bottom: 1px solid var(--line); padding: 3px 10px 3px 0; white-space: nowrap; }
td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.n { text-align: right; white-space: nowrap; }
code, pre { font: 12px/1.45 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
td code { overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 18px; }
details { border-top: 1px solid var(--line); }
details:first-of-type { border-top: 0; }
summary { cursor: pointer; padding: 5px 0; display: grid; grid-template-columns: 84px minmax(0, 1fr) auto; gap: 12px; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary span:first-child::before { content: "▸"; display: inline-block; width: 1.1em; color: var(--quiet); }
details[open] summary span:first-child::before { content: "▾"; }
summary code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
details[open] summary code { white-space: pre-wrap; overflow-wrap: anywhere; }
summary .n { color: var(--quiet); }
pre { margin: 0 0 10px; padding: 10px 12px; background: var(--sunken); border-radius: 6px; overflow-x: auto; max-height: 420px; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.err { border-left: 3px solid var(--warn); }
footer { color: var(--quiet); margin-top: 20px; }
@media print { :root { color-scheme: light; } section { break-inside: avoid; } pre { max-height: none; } }
@media (max-width: 560px) { main { padding: 16px 12px; } .columns { grid-template-columns: minmax(0, 1fr); } summary { grid-template-columns: 78px minmax(0, 1fr); } summary .n { display: none; } }
`;
