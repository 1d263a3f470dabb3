/** How an exported page looks: the colours of Bough, light and dark, on a phone and printed. */
export const style = `
:root{color-scheme:light dark;--paper:#faf9f6;--surface:#fff;--ink:#24261f;--muted:#66695e;--line:#e2e0d8;--leaf:#3d6b35;--soft:#eaf2e6}
@media (prefers-color-scheme:dark){:root{--paper:#171813;--surface:#1f211a;--ink:#e8e8e0;--muted:#a3a698;--line:#34372d;--leaf:#9cc98f;--soft:#26331f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,sans-serif;height:100dvh;display:flex;flex-direction:column}
.bar{display:flex;gap:1rem;align-items:center;padding:.6rem 1rem;border-bottom:1px solid var(--line);flex-wrap:wrap}
.bar h1{font-size:1.05rem;margin:0;flex:1 1 12rem;overflow-wrap:anywhere}
.bar input{font:inherit;padding:.25rem .5rem;border:1px solid var(--line);border-radius:.5rem;background:var(--surface);color:inherit;width:12rem}
#found{color:var(--muted);font-size:.875rem;min-width:4.5rem}
.panes{display:flex;flex:1;min-height:0}
#thread{flex:1 1 60%;min-width:0;overflow:auto;padding:1rem}
#thread>*{max-width:46rem;margin-inline:auto}
#tree{position:relative;flex:0 0 clamp(14rem,30%,24rem);overflow:auto;border-left:1px solid var(--line);padding:.5rem 0}
#tree svg{position:absolute;left:0;top:.5rem}
#tree path{fill:none;stroke:var(--muted);stroke-width:1.5;opacity:.6}
#tree circle{fill:var(--surface);stroke:var(--leaf);stroke-width:2}
#tree circle.user{fill:var(--leaf)}
#tree a{display:block;height:26px;line-height:26px;padding:0 .5rem;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;color:var(--muted);text-decoration:none;font-size:.8125rem}
#tree a.on{color:var(--ink);font-weight:600}
#tree a.hit{background:var(--soft)}
#tree a:hover{text-decoration:underline}
.message{margin:0 0 1.25rem;padding:.25rem 0;overflow-wrap:anywhere;scroll-margin-top:.5rem}
.message.user .body{background:var(--soft);border-radius:1rem;padding:.1rem 1rem}
.message header{display:flex;gap:.75rem;align-items:center;font-size:.8125rem;color:var(--muted);flex-wrap:wrap}
.message header strong{color:var(--ink)}
.versions{display:inline-flex;align-items:center;gap:.25rem;font-variant-numeric:tabular-nums}
.step{font:inherit;min-width:2rem;min-height:2rem;border:0;border-radius:.5rem;background:none;color:inherit;cursor:pointer}
.step:hover:not(:disabled){background:var(--soft)}
.step:disabled{opacity:.35;cursor:default}
.label{border:1px solid var(--line);border-radius:1rem;padding:0 .5rem}
pre{overflow:auto;background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;font-size:.875rem;white-space:pre-wrap}
code{font-family:ui-monospace,monospace;font-size:.9em}
pre code{font-size:1em}
table{border-collapse:collapse;display:block;overflow:auto;margin:.85rem 0}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:start;min-width:4rem;max-width:24rem;overflow-wrap:break-word}
:is(th,td)[align=center]{text-align:center}
:is(th,td)[align=right]{text-align:end}
img{max-width:100%;height:auto;border-radius:.5rem}
li p,blockquote p{unicode-bidi:plaintext}
blockquote{margin:0;padding-inline-start:1rem;border-inline-start:3px solid var(--line);color:var(--muted)}
blockquote[data-alert]{--alert:light-dark(#2a6aa8,#8fbfee);border-color:var(--alert);color:inherit}
blockquote[data-alert=tip]{--alert:light-dark(#2f7d46,#8cc898)}
blockquote[data-alert=important]{--alert:light-dark(#7a4bb5,#c9aef2)}
blockquote[data-alert=warning]{--alert:light-dark(#a06c00,#e6c074)}
blockquote[data-alert=caution]{--alert:light-dark(#b8432f,#f2a18e)}
[data-alert]>p:first-child>strong:only-child{color:var(--alert)}
details summary{cursor:pointer;color:var(--muted)}
a[href]{color:var(--leaf)}
:focus-visible{outline:2px solid var(--leaf);outline-offset:2px}
.note{padding:1rem}
.written{color:var(--muted);font-size:.875rem}
.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.footnotes{border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
.task-list-item{list-style:none}
.task-list-item>input:first-child,.task-list-item>p>input:first-child{margin:0 .4rem 0 -1.3rem}
sup a{text-decoration:none}
@media (max-width:720px){body{height:auto}.panes{flex-direction:column-reverse}#tree{border-left:0;border-bottom:1px solid var(--line);flex:none;max-height:min(30vh,13.5rem)}.bar{gap:.4rem 1rem}.bar label{flex:1;display:flex;gap:.5rem;align-items:center}.bar input{flex:1;min-width:0;width:auto}#thread{overflow:visible}}
@media print{body{height:auto;background:#fff;color:#000}.bar label,#found,#tree,.step{display:none}#thread{overflow:visible;padding:0}#thread>*{max-width:none}.panes{display:block}}
`;
