// What somebody who wishes us ill might write into any field: our own list. Each that a browser would run says so in `window.__xss`.
const run = 'window.__xss=1'
const breaksOut = [
  '"',
  "'",
  '>',
  '-->',
  '</textarea>',
  '</title>',
  '</style>',
  '</script>',
  '`',
  '\\"',
  '&quot;',
  ']]>',
]

/** A browser that takes them for a page runs them. */
const asPage: readonly string[] = [
  `<script>${run}</script>`,
  `<SCRIPT >${run}</SCRIPT\t>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<script src=data:text/javascript,${run}></script>`,
  `<script src=//127.0.0.1:1/x.js></script>`,
  `<script type=module>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `<img src=x:x onerror="${run}" alt='`,
  `<img/src=x/onerror=${run}//`,
  `<image href=x onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg/onload=${run}//`,
  `<svg><script>${run}</script></svg>`,
  `<svg><script href=data:,${run} /></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href=1 onerror=${run} /></svg>#x">`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.__xss=1</script>">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`,
  `<math href="javascript:${run}">x</math>`,
  `<body onload=${run}>`,
  `<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>`,
  `<iframe src="javascript:parent.__xss=1"></iframe>`,
  `<object data="data:text/html,<script>parent.__xss=1</script>">`,
  `<embed src="javascript:${run}">`,
  `<video><source onerror=${run}>`,
  `<audio src=x onerror=${run}>`,
  `<details open ontoggle=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}>`,
  `<button popovertarget=x>x</button><p popover id=x onbeforetoggle=${run}>`,
  `<marquee onstart=${run}>`,
  `<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart=${run}>`,
  `<p style="background:url(javascript:${run})">`,
  `<link rel=stylesheet href="data:text/css,*{display:none!important}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  `<base href=//127.0.0.1:1/>`,
  `<form action="javascript:${run}"><button>x</button></form>`,
  `<template shadowrootmode=open><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<!--><img src=x onerror=${run}>-->`,
  `<![CDATA[<script>${run}</script>]]>`,
  `]]><script>${run}</script><![CDATA[`,
  `\\u003cimg src=x onerror=${run}\\u003e`,
  `&lt;img src=x onerror=${run}&gt;`,
  `%3Cimg%20src=x%20onerror=${run}%3E`,
  `＜img src=x onerror=${run}＞`,
  `<img src=x one\u0000rror=${run}>`,
  ...breaksOut.map((end) => `${end}><img src=x onerror=${run}>`),
]

/** A browser, or a template, that takes them for words of its own. */
const asCode: readonly string[] = [
  `{{constructor.constructor('${run}')()}}`,
  `{{_openBlock.constructor('${run}')()}}`,
  `\${${run}}`,
  `#{${run}}`,
  `<%= ${run} %>`,
  `[[${run}]]`,
  `javascript:${run}`,
  `JaVaScRiPt:${run}//`,
  `java\tscript:${run}`,
  `\u0001javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `vbscript:msgbox(1)`,
  `');${run};('`,
  `";${run};//`,
  `\u2028${run}\u2029`,
  `__proto__`,
  `constructor`,
]

/** A spreadsheet runs them, a reader of XML follows them, a terminal obeys them. */
const asOther: readonly string[] = [
  `=HYPERLINK("http://127.0.0.1:1/?"&A1,"x")`,
  `=cmd|'/c calc'!A1`,
  `+1+cmd|'/c calc'!A1`,
  `-2+3+cmd|'/c calc'!A1`,
  `@SUM(1+1)*cmd|'/c calc'!A1`,
  `\t=1+1`,
  `＝1+1`,
  `x","=1+1`,
  `x;=1+1`,
  `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`,
  `&e;&#x41;&amp;`,
  `\u001b]0;owned\u0007\u001b[2J\u001b[31m`,
  `\u009b31m`,
  `\u202Egnp.exe\u202C`,
  `\u2066x\u2069`,
  `\u200b\u200c\u200d\ufeff`,
  `one\nrow\r\nmore`,
  `\ud83d\ude00\ud83d`,
  `${'长'.repeat(400)}${run}`,
  `'; DROP TABLE people; --`,
  `../../../../etc/passwd`,
]

export const payloads: readonly string[] = [...asPage, ...asCode, ...asOther]

/** What a door takes at all: half a sign and a NUL are refused before anything is read. */
export const sayable = payloads.filter((one) => !/\p{Surrogate}|\u0000/u.test(one))

/** As many as go into one field of so many letters, and then the next so many: the whole list, however short the field. */
export function packed(most: number): string[] {
  const fields: string[] = []
  for (const one of sayable) {
    const last = fields.at(-1)
    if (last !== undefined && last.length + one.length + 1 <= most) fields[fields.length - 1] = `${last} ${one}`
    else fields.push(one.slice(0, most))
  }
  return fields
}
