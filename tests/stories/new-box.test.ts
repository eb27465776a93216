// "Add a vendor in 20 lines", as the README has it: its file put into the folder of the house that runs, its alarm sent, and it is a report.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mappingsAt } from '../suites/mappings.ts'
import { projectRoot } from '../suites/server-process.ts'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

const readme = await readFile(join(projectRoot, 'README.md'), 'utf8')
const block = (marker: string) => new RegExp(`<!-- ${marker} -->\\s*\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1]
const [box, alarm] = [block('new-box'), block('new-box-alarm')]
if (!box || !alarm)
  console.warn('README.md 里没有「new-box」的例子，这个故事跳过。/ README.md has no new-box example: skipped.')

it('[IN105] the README has the example of a new box', { skip: !process.env['CI'] }, () => {
  expect([typeof box, typeof alarm]).toEqual(['string', 'string'])
})

it(
  '[IN105] a new box is a file of at most twenty lines, read by the house that runs',
  { skip: !box || !alarm },
  async () => {
    expect(box!.trim().split('\n').length).toBeLessThanOrEqual(20)
    const site = await mkdtemp(join(tmpdir(), 'sanping-readme-'))
    const maps = await mappingsAt(site)
    const door = await doorOnTheWire(aSource(), maps.book)
    try {
      expect((await door.post('edge-box.my-box', alarm!)).status).toBe(404)
      await mkdir(join(site, 'boxes'))
      await writeFile(join(site, 'boxes/my-box.json'), box!)
      maps.look()
      await expect.poll(() => maps.book.names('boxes')).toContain('my-box')
      const { status, results } = await door.post('edge-box.my-box', alarm!)
      expect([status, results]).toMatchObject([200, [{ ok: true, how: 'opened' }]])
      expect(door.reports()).toMatchObject([{ kind: 'camera-alert', matter: 'smoke' }])
      expect(maps.faults).toEqual([])
    } finally {
      await door.close()
      await rm(site, { recursive: true })
    }
  },
)
