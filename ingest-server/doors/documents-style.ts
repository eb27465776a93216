// How the page of routes looks: warm paper, ink, one quiet column beside the text.

export const styleOfDocuments = `
:root { --ground: #f5f4f0; --surface: #fff; --line: #dedbd3; --ink: #1c1e20; --ink-2: #565c62; --ink-3: #656b72;
  --ok: #2b773e; --no: #a95300; --fault: #c62a2f; --blue: #2463ad;
  font: 15px/1.65 "Noto Sans CJK SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; display: grid; grid-template-columns: 320px minmax(0, 1fr); background: var(--ground); color: var(--ink); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 24px; border-right: 1px solid var(--line); }
nav h1 { font-size: 17px; margin: 0; }
nav h2 { font-size: 12px; color: var(--ink-3); margin: 20px 0 4px; font-weight: 500; }
nav ul { list-style: none; margin: 0; padding: 0; font-size: 13px; }
nav li a { display: flex; gap: 8px; padding: 3px 0; color: var(--ink-2); text-decoration: none; overflow-wrap: anywhere; }
nav li a:hover, nav li a:focus-visible { color: var(--ink); text-decoration: underline; }
nav b { flex: 0 0 46px; font-weight: 500; color: var(--ink-3); }
main { max-width: 940px; padding: 24px 32px 96px; }
main > h2 { font-size: 20px; margin: 48px 0 12px; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 20px 24px; margin: 0 0 16px; }
h3 { display: flex; align-items: baseline; gap: 12px; margin: 0; font-size: 16px; overflow-wrap: anywhere; }
h3 b { font-size: 13px; text-transform: uppercase; color: var(--blue); min-width: 48px; }
h3 b.post, h3 b.put { color: var(--ok); } h3 b.delete { color: var(--no); }
h4 { font-size: 13px; color: var(--ink-3); font-weight: 500; margin: 20px 0 6px; }
p { margin: 4px 0; } .summary { font-size: 16px; font-weight: 600; margin-top: 6px; } .who { color: var(--ink-3); font-size: 13px; }
section > p:not(.summary):not(.who), header p { color: var(--ink-2); }
code, pre { font: 13px/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
table { width: 100%; border-collapse: collapse; font-size: 13px; margin: 4px 0; }
td, th { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.fields td:first-child, section > table td:first-child { width: 190px; } .fields td:nth-child(3) { width: 52px; color: var(--no); }
.d1 td:first-child { padding-left: 16px; } .d2 td:first-child { padding-left: 32px; }
.answers th { width: 56px; font-variant-numeric: tabular-nums; } .s2 { color: var(--ok); } .s4 { color: var(--no); } .s5 { color: var(--fault); }
.answers td p { color: var(--ink-2); } .answers code { color: var(--ink); }
figure { margin: 8px 0; } figcaption { font-size: 12px; color: var(--ink-3); }
pre { margin: 4px 0; padding: 12px 14px; background: var(--ground); border-radius: 4px; overflow-x: auto; }
a { color: var(--blue); } :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
@media (max-width: 860px) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 16px; } section { padding: 16px; } }
`
