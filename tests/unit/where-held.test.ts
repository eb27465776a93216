// What one process of many may have open: it follows the desk, and two are never open under one name in one process.
import { expect, it, vi } from 'vitest'
import { whereHeld } from '../../ingest-server/app/where-held.ts'

it('[ND45] the site’s broker is asked by the process that holds the desk, and by it alone', async () => {
  let holds = false
  let look = () => {}
  const [opened, closed] = [vi.fn(), vi.fn()]
  let letGo = () => {}
  const guest = whereHeld({
    desk: { holds: () => holds },
    every: (_ms, run) => {
      look = run
      return () => (look = () => {})
    },
    open() {
      opened()
      return { close: () => new Promise<void>((gone) => (letGo = () => (closed(), gone()))) }
    },
    onFault: (fault) => expect.unreachable(String(fault)),
  })
  expect(opened).not.toHaveBeenCalled()

  holds = true
  look()
  look()
  expect(opened).toHaveBeenCalledTimes(1)

  holds = false
  look()
  holds = true
  look()
  // The one before is not gone yet.
  expect(opened).toHaveBeenCalledTimes(1)
  letGo()
  await vi.waitFor(() => {
    look()
    expect(opened).toHaveBeenCalledTimes(2)
  })

  const closing = guest.close()
  letGo()
  await closing
  expect(closed).toHaveBeenCalledTimes(2)
  look()
  expect(opened).toHaveBeenCalledTimes(2)
})
