// No text of anybody's becomes a page, a script or an address that runs: held against every line of the screens and of the server.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { safeHref } from '../dashboard/parts/safe-href.ts'

const root = resolve(import.meta.dirname, '..')

/** What makes a page out of text, wherever it stands; and what to do instead. */
const forbidden: readonly [what: RegExp, instead: string][] = [
  [/\bv-html\b/, 'interpolation'],
  [/\.(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bcreateContextualFragment\b/, 'textContent'],
  [/\bdocument\.write(?:ln)?\(/, 'elements'],
  [/\bsetHTML(?:Unsafe)?\b|\bDOMParser\b|\bsrcdoc\b|\bparseHTMLUnsafe\b/, 'elements; setDOMContent in a map'],
  [/\beval\(|\bnew Function\b|\bFunction\(['"`]/, 'a function'],
  [/\bset(?:Timeout|Interval)\(\s*['"`]/, 'a function'],
  [/['"`]\s*javascript:/i, 'a listener'],
  // ECharts writes its tooltips as HTML unless told otherwise.
  [/\btooltip\s*:(?!.*richText)/, "renderMode: 'richText'"],
  [/\bwindow\.open\((?!.*noopener)/, 'noopener'],
  [/target=["']_blank["'](?!.*noopener)/, 'rel="noopener"'],
  [/\bdangerously\w*HTML/i, 'text'],
]

/** Addresses out of a variable: each was read, and leads nowhere but to a page of ours. A new one is looked at before it is written here. */
const ownAddresses: Readonly<Record<string, readonly string[]>> = {
  'dashboard/parts/SignIn.vue': ['sso'],
  'dashboard/screens/desk/pages/SourceStanding.vue': ["addressOf('quarantine', source.id)"],
  'dashboard/screens/desk/pages/AuditPage.vue': ['auditSheet(search)'],
  'dashboard/screens/field/LookSheet.vue': ['dial(reporter.phone)'],
  'dashboard/screens/gallery/GalleryBar.vue': ['link.address', 'other', 'addressOf({ ...sheet, part: null })'],
  'dashboard/screens/gallery/GalleryPart.vue': ['alone'],
  'dashboard/screens/resident/ResidentReceived.vue': ['`#${answer.link}`'],
}

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue|html)$/.test(file))
    .map((file) => join(folder, file))
const plainOf = (file: string): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/|\*|\/\*|<!--).*/, ''))

const findIn = (files: readonly string[]): string[] =>
  files.flatMap((file) =>
    plainOf(file).flatMap((line, nth) =>
      forbidden.filter(([what]) => what.test(line)).map(([, instead]) => `${file}:${nth + 1} → ${instead}`),
    ),
  )

describe('no HTML out of text', () => {
  it('[SC48] an address from outside is a page of the web or none', () => {
    const here = 'https://sanping.example/desk'
    for (const good of ['https://a.example/x', 'http://10.0.0.1:8787/wall', '/desk', '#/x', 'tel:110'])
      expect(safeHref(good, here)).toBe(good)
    for (const bad of [
      'javascript:1',
      ' JaVa\tScript:1',
      '\u0001javascript:1',
      'data:text/html,x',
      'vbscript:1',
      'blob:x',
      '',
      null,
    ])
      expect([bad, safeHref(bad, here)]).toEqual([bad, undefined])
  })

  it('[SC48] no screen and no door makes a page or a script out of text', () => {
    const files = [...filesBelow('dashboard'), ...filesBelow('ingest-server')]
    expect(files.length).toBeGreaterThan(500)
    expect(findIn(files)).toEqual([])
  })

  it('[SC48] the rule sees each of what it forbids', () => {
    const planted = [
      ...['<p v-html="x" />', 'a.innerHTML = b', "a.insertAdjacentHTML('x', b)", 'document.write(b)'],
      ...['popup.setHTML(b)', 'new DOMParser()', 'eval(b)', "new Function('x')", "setTimeout('x', 1)"],
      ...['<a href="javascript:x">', 'tooltip: { show: true }', "window.open('x')", '<a target="_blank">'],
    ]
    for (const line of planted) expect([line, forbidden.some(([what]) => what.test(line))]).toEqual([line, true])
  })

  it('[SC48] an address out of a variable stands on a list of those that were read', () => {
    const found: Record<string, string[]> = {}
    for (const file of filesBelow('dashboard').filter((name) => name.endsWith('.vue')))
      for (const [, to] of readFileSync(join(root, file), 'utf8').matchAll(
        /\s(?::|v-bind:)(?:href|action|formaction|xlink:href)="([^"]+)"/g,
      ))
        if (!/^'\/[^']*'$|^safeHref\([^)]*\)$/.test(to!)) (found[file] ??= []).push(to!)
    for (const [file, all] of Object.entries(found))
      expect([file, all.filter((to) => !ownAddresses[file]?.includes(to))]).toEqual([file, []])
  })

  it('[SC48] no page carries a script, a style or a listener of its own', () => {
    for (const file of filesBelow('dashboard').filter((name) => name.endsWith('.html'))) {
      const text = readFileSync(join(root, file), 'utf8')
      expect(text.match(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/gi), file).toBeNull()
    }
  })
})
