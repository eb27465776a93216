// The built phone held against a browser of the class of Chrome 90: what it cannot read, and what it does not have.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPaths } from '../../ingest-server/app/paths.ts'
import { newerCss, newerSyntax, newerUses, partsOf } from '../suites/old-browser.ts'

const { screens } = findPaths(import.meta.dirname)
const isBuilt = existsSync(join(screens, 'field.html'))

/** What may stand in the built phone though Chrome 90 has it not, and why it does no harm there. */
const borne: Record<string, string> = {
  '.toReversed': 'Vue forwards it on a reactive array to whoever calls it; none of ours does',
  '.toSorted': 'the same',
  '.toSpliced': 'the same',
  '.hasOwn': 'Pinia; filled in before anything runs (map/old-browsers.ts)',
  '.at': 'filled in before anything runs (map/old-browsers.ts)',
  '.throwIfAborted': 'where it is filled in',
  DecompressionStream: 'asked for first; without it rules come unpacked',
  BarcodeDetector: 'asked for first; without it a decoder is fetched, which brings a class of that name',
}
const bornStyles: Record<string, string> = { 'accent-color': 'a box keeps the colour of the browser' }

it('[SN309] the check itself sees what it is to see', () => {
  expect(newerSyntax('class A { static { f() } }')).toContain('Unexpected token')
  expect(newerSyntax('a ||= b?.c ?? 1n')).toBeNull()
  const text = `[1].at(0); Object.hasOwn(a, 'b'); structuredClone(x); AbortSignal.timeout(1); new window.CompressionStream('gzip')`
  const more = `({ at: 1 }).at; f(BarcodeDetector); Promise.withResolvers(); subject.at = 2; [].toSorted(); x.scheduler`
  expect(newerUses(`${text};${more}`)).toEqual(
    ['.at', '.hasOwn', '.toSorted', '.withResolvers', 'AbortSignal.timeout', 'BarcodeDetector', 'CompressionStream', 'structuredClone'].sort(), // prettier-ignore
  )
  expect(newerCss('a:has(b){} .c{height:100dvh;color:color-mix(in srgb, red, blue)} .d{& .e{top:0}}')).toEqual([
    ':has',
    'nesting',
    'dvh, svh, lvh',
    'color-mix',
  ])
})

if (!isBuilt && process.env.CI) it('in CI nothing is skipped', () => expect(isBuilt).toBe(true))

describe.skipIf(!isBuilt)('the built phone', () => {
  const parts = isBuilt ? partsOf(screens, 'field.html', ['field-worker.js']) : { scripts: [], styles: [] }
  const read = (file: string) => readFileSync(join(screens, file), 'utf8')

  it('[SN309] is found whole: the first page, its later parts, the decoder, both hosts and the service worker', () => {
    for (const name of ['field-worker', 'SosPage', 'TaskPage', 'PlateScan', 'decode', 'host-wecom', 'host-dingtalk'])
      expect(parts.scripts.filter((file) => file.includes(name))).toHaveLength(1)
    expect(parts.styles.length).toBeGreaterThan(5)
  })
  it('[SN309] is written in what a browser of 2021 reads', () => {
    expect(parts.scripts.flatMap((file) => newerSyntax(read(file)) ?? [])).toEqual([])
  })
  it('[SN309] uses nothing newer that is not filled in or asked for first', () => {
    const uses = parts.scripts.flatMap((file) => newerUses(read(file)).map((use) => `${use} in ${file}`))
    expect(uses.filter((use) => !borne[use.split(' ')[0]!])).toEqual([])
  })
  it('[SN309] is styled in what it knows', () => {
    const styles = parts.styles.flatMap((file) => newerCss(read(file)).map((what) => `${what} in ${file}`))
    expect(styles.filter((what) => !bornStyles[what.split(' in ')[0]!])).toEqual([])
  })
})
