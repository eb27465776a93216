// What a screen on the line asks for: one id however often it is tried, and the desk's own time.
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import type { ScreenCommand } from '#contract/command'
import type { CaseId } from '#contract/ids'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'

it('[SY45] a tablet whose clock is three hours behind says when it was tapped by the time of the desk', async () => {
  setActivePinia(createPinia())
  const behind = 3 * 3_600_000
  useBoard().hear({
    what: 'look',
    look: { state: 'live', since: 0, lastAt: null, lagMs: 9, offsetMs: behind, pace: 1 },
  })
  const sent: ScreenCommand[] = []
  const requests = useRequests()
  requests.attach(async (command) => {
    sent.push(command)
    return { ok: true, commandId: command.id, revision: 1 }
  })

  const before = Date.now()
  await requests.wish({ type: 'acknowledge', caseId: '20261121-001' as CaseId })

  expect(sent).toHaveLength(1)
  expect(sent[0]!.claimedAt).toBeGreaterThanOrEqual(before + behind)
  expect(sent[0]!.claimedAt).toBeLessThanOrEqual(Date.now() + behind)
})
