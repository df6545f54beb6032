/** The style of the page, whole: nothing is fetched. Light and dark follow what the reader's system says. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --card: #ffffff; --ink: #1d2327; --muted: #5f6b73; --line: #d9dee2;
  --accent: #1f5fbf; --good: #1a7f4b; --warn: #96650a; --bad: #b3261e;
  --c2: #5b8c98; --c3: #c2571a; --c4: #8a4fb0; --c5: #4d7d2a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181b; --card: #1c2226; --ink: #e6eaec; --muted: #9aa6ae; --line: #39434a;
    --accent: #7db0ff; --good: #5fcf95; --warn: #e5b55a; --bad: #ff8a80;
    --c2: #7fb7c4; --c3: #f0985f; --c4: #cba0ea; --c5: #a2cc78;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 44px 0 12px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 20px 0 6px; }
p { margin: 8px 0; max-width: 72ch; overflow-wrap: anywhere; }
a { color: var(--accent); }
.lead { color: var(--muted); white-space: pre-line; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 20px 0; padding: 0; }
.numbers > div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.numbers dt { color: var(--muted); font-size: 13px; }
.numbers dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.numbers dd small { display: block; font-size: 13px; color: var(--muted); }
nav { font-size: 14px; margin: 12px 0; }
nav a { margin-right: 14px; white-space: nowrap; }
.badge { display: inline-block; border: 1px solid; border-radius: 999px; padding: 0 9px; font-size: 13px; white-space: nowrap; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .plain { color: var(--muted); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
.caption { color: var(--muted); font-size: 13px; margin: 16px 0 4px; }
th { text-align: left; font-weight: 600; color: var(--muted); }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.long { min-width: 16ch; overflow-wrap: anywhere; }
tr.chosen td:first-child { font-weight: 700; color: var(--accent); }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; white-space: pre-wrap; overflow-wrap: anywhere; }
.findings { list-style: none; padding: 0; margin: 8px 0; }
.findings li { background: var(--card); border: 1px solid var(--line); border-left: 4px solid; border-radius: 6px; padding: 8px 12px; margin: 8px 0; overflow-wrap: anywhere; }
.findings .note { border-left-color: var(--muted); }
.findings .warning { border-left-color: var(--warn); }
.findings .suspicious { border-left-color: var(--bad); }
.findings p { margin: 2px 0; }
.remedy, .quiet { color: var(--muted); font-size: 14px; }
figure { margin: 16px 0; }
figure h3 { margin: 0 0 4px; }
figcaption { color: var(--muted); font-size: 13px; max-width: 72ch; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 4px; padding: 0; font-size: 13px; color: var(--muted); }
.key { width: 10px; height: 10px; margin-right: 6px; }
.plot { display: block; max-width: 100%; height: auto; color: var(--ink); overflow: visible; }
.plot text { white-space: pre; font-size: 12px; }
.narrow { display: none; }
details { margin: 10px 0; }
summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 48px; color: var(--muted); font-size: 13px; }
@media (max-width: 700px) {
  main { padding: 16px 14px 48px; }
  .wide { display: none; }
  .narrow { display: block; }
}
@media print {
  body { background: none; }
  figure, .findings li, tr { break-inside: avoid; }
}
`;
