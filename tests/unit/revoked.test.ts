// Rights taken away by another process, on a real server; and a quiet window's reason, told where the thing stands and nowhere else.
import { expect, it } from 'vitest'
import type { PersonId } from '#contract/ids'
import { openRooms } from '../stories/story.ts'
import { revoked } from '../trial/revoked.ts'

const aRoom = openRooms()

it('[AU10] who was withdrawn, demoted, moved, signed out, and whatever sent or hung by a key or a link, has nothing a second later', async () => {
  const measured: string[] = []
  const [figure] = await revoked.run({
    seed: 1,
    runs: undefined,
    say: (words) => measured.push(words),
    stopped: () => false,
  })
  console.log(`revoked: ${figure!.value} at worst\n${measured.join('\n')}`)
  expect(measured).toHaveLength(13)
  expect(figure).toMatchObject({ ok: true })
}, 120_000)

it('[AU11] why a camera of the north is kept quiet is not told in the south, though the window names no place', async () => {
  const room = await aRoom({ staff: ['chen', 'li', 'wu', 'shen'] })
  const [north, south, chief] = [await room.opens('li'), await room.opens('wu'), await room.opens('shen')]
  const [from, reason] = [room.clock.now(), '屋顶动火，已报备']
  const window = { ...{ id: 'w-1', kind: 'shelved', cameraId: 'cam-1', from, until: from + 600_000 }, reason }
  const wish = { type: 'open-window', window } as never
  const by = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
  expect(await room.desk.submit({ id: 'w' as never, by, wish })).toMatchObject({ ok: true })
  await north.sees(({ bytes }) => bytes().includes(reason))
  await chief.sees(({ bytes }) => bytes().includes(reason))
  await south.asks('echo')
  await south.returns()
  expect(south.board().duty.windows).toEqual([])
  expect(south.bytes()).not.toContain(reason)
})
