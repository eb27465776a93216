// Two streets in one process, each by its own host: a case is handed over, worked there, and comes back ended.
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import { CommandId, PersonId, PlaceId } from '#contract/ids'
import type { Role } from '#contract/roles'
import { here, listed, openTwoStreets, there } from '../suites/two-streets.ts'
import type { TestHouse } from './house.ts'
import { patience } from './pages.ts'
import { rowOf } from './seen.ts'
import type { Stage } from './stage.ts'

/** Every browser finds these at home, and each is an origin of its own. */
const hosts = { [here]: 'wuliqiao.localhost', [there]: 'dapuqiao.localhost' } as const
const soon = { timeout: patience, interval: 100 }

async function openStreets() {
  const list = listed()
  const streets = list.streets.map((one) =>
    one.id in hosts ? { ...one, hosts: [hosts[one.id as keyof typeof hosts]] } : one,
  )
  const two = await openTwoStreets({ list: { ...list, streets } })
  const street = (id: string) => two.system.streets().get(id)!
  const people = { chen: ['陈海峰', 'duty-officer', 'command'], li: ['李志强', 'officer', 'grid'] } as const
  for (const id of [here, there])
    for (const [who, [name, role, post]] of Object.entries(people))
      await street(id).records.accounts.add(
        {
          ...{ id: PersonId.parse(who), name, role, post, body: '城运中心', placeIds: [PlaceId.parse(id)] },
          ...{ skills: [], onDuty: true, password: 'long enough for a test' },
        },
        Date.now(),
      )
  let told = 0
  const cases = (id: string): Case[] => [...street(id).desk.board().cases.values()]
  return {
    close: two.close,
    cases,
    of: (id: keyof typeof hosts): Pick<TestHouse, 'url' | 'cookieOf'> => ({
      url: `http://${hosts[id]}:${two.port}`,
      cookieOf: (who) => street(id).records.sessions.open(PersonId.parse(who), Date.now()),
    }),
    async wishes(id: string, who: 'chen' | 'li', wish: PersonWish) {
      const role: Role = people[who][1]
      const by = { kind: 'person' as const, id: PersonId.parse(who), role }
      const said = await street(id).desk.submit({ id: CommandId.parse(`e2e-${++told}`), by, wish })
      if (!said.ok) throw new Error(`${wish.type}: ${said.refusal}`)
    },
    keep: (id: string, bytes: Buffer) => street(id).records.evidence.keep(bytes, Date.now()),
    cameraOf: (id: string) => [...street(id).ground.cameras.values()][0]!,
  }
}

export function streetsSuite(stage: () => Stage): void {
  it('[BR37] a case is handed over to the next street, said on both desks, worked there, and comes back ended', async () => {
    const { open } = stage()
    const two = await openStreets()
    try {
      const camera = two.cameraOf(here)
      await two.wishes(here, 'chen', {
        type: 'report',
        report: {
          ...{ kind: 'service-ticket', eventId: 'e2e', phase: 'new', matter: 'water-leak', channel: 'staff' },
          ...{ occurredAt: Date.now(), cameraId: camera.id, text: '路边水管在漏', evidence: [] },
        },
      } as PersonWish)
      const ours = two.cases(here)[0]!
      const desk = await open('desk', { of: two.of(here), as: 'chen' })
      await rowOf(desk, ours).click()
      await desk.press('button', '移交街道')
      await desk.sees(desk.page.getByText('移交给哪个街道'))
      await desk.page.getByRole('radio', { name: '打浦桥街道（示意）' }).click()
      await desk.page.getByRole('textbox', { name: /原因|理由/ }).fill('在打浦桥一侧')
      await desk.shot('37-pass-on-desk')
      await desk.press('button', '移交')
      await desk.sees(desk.page.getByText(/等 打浦桥街道（示意） 答复/))

      const theirDesk = await open('desk', { of: two.of(there), as: 'chen' })
      await vi.waitFor(() => expect(two.cases(there)).toHaveLength(1), soon)
      const theirs = two.cases(there)[0]!
      await rowOf(theirDesk, theirs).click()
      await theirDesk.sees(theirDesk.page.getByText(new RegExp(`五里桥街道 ${ours.id}`)))
      await theirDesk.shot('37-came-desk')
      await two.wishes(there, 'chen', { type: 'dispatch', caseId: theirs.id, to: PersonId.parse('li') })
      await desk.sees(desk.page.getByText(/打浦桥街道（示意） 已受理/))
      // What is theirs now is offered to nobody here.
      expect(await desk.page.getByRole('button', { name: /受理派单/ }).count()).toBe(0)
      await desk.shot('37-passed-desk')

      const at = { lon: theirs.wgs84[0], lat: theirs.wgs84[1], crs: 'wgs84' as const }
      await two.wishes(there, 'li', { type: 'take', caseId: theirs.id })
      await two.wishes(there, 'li', { type: 'arrive', caseId: theirs.id, at })
      for (const [n, slot] of (['before-near', 'before-far', 'after-near', 'after-far'] as const).entries()) {
        const picture = sharp({
          create: { width: 64, height: 48, channels: 3, background: { r: 60 * n, g: 90, b: 90 } },
        })
        const evidence = (await two.keep(there, await picture.jpeg().toBuffer()))!
        await two.wishes(there, 'li', { type: 'attach', caseId: theirs.id, evidence, slot, takenAt: Date.now(), at })
      }
      await two.wishes(there, 'li', { type: 'finish', caseId: theirs.id })
      await two.wishes(there, 'chen', { type: 'close', caseId: theirs.id, disposition: 'solved' } as PersonWish)
      await vi.waitFor(() => expect(two.cases(here)[0]).toMatchObject({ stage: 'closed', disposition: 'solved' }), soon)
      // Their number, kept for whoever asks.
      expect(two.cases(here)[0]!.passed?.theirs).toBe(theirs.id)
    } finally {
      await stage().clear(false)
      await two.close()
    }
  })
}
