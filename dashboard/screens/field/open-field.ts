// The phone put together: outbox, line, position, and what was last known; gives back one stop.
import { watch } from 'vue'
import { boardFrom } from '#contract/patch'
import type { CommandId } from '#contract/ids'
import type { Point } from '#contract/point'
import type { Welcome } from '#contract/wire'
import { forgetBoard, keepBoard, keptBoard } from '../../link/kept-board.ts'
import { browserHost, openHost } from '../../link/host.ts'
import type { LineState } from '../../link/line-port.ts'
import { followPlace } from '../../link/locate.ts'
import { newId } from '../../link/new-id.ts'
import { openIndexedBody } from '../../link/outbox-indexed.ts'
import { openMemoryBody } from '../../link/outbox-memory.ts'
import type { OutboxBody } from '../../link/outbox-port.ts'
import { openOutbox } from '../../link/outbox.ts'
import { askRoom } from '../../link/room.ts'
import { signOut } from '../../link/session.ts'
import { browserWorld } from '../../link/socket.ts'
import { deviceStorage as storage } from '../../link/storage.ts'
import { openUploader } from '../../link/upload.ts'
import { useBoard } from '../../stores/board.ts'
import { connectScreen } from '../../stores/connect.ts'
import { useDevice } from '../../stores/device.ts'
import { useGround } from '../../stores/ground.ts'
import { useHere } from '../../stores/here.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { sayField } from '../../words/field.ts'
import { undelivered } from './calls.ts'
import { keepPlace, keptPlace } from './kept-place.ts'
import { myTasks } from './my-tasks.ts'
import { isOwnSos } from './sos.ts'

const keepEveryMs = 5_000
const roomEveryMs = 60_000

export interface Field {
  /** After signing in. */
  again(): void
  leave(): Promise<void>
  close(): void
}

export async function openField(): Promise<Field> {
  const board = useBoard()
  const outboxes = useOutbox()
  const here = useHere()
  const ground = useGround()
  const device = useDevice()
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('sanping-outbox') : null
  const world = browserWorld

  const kept = keptBoard(storage)
  if (kept) show(kept.welcome)
  // A webview that has no IndexedDB, or refuses it, gets an outbox that lives as long as the page and says so.
  const body = await openBody()
  const { line, close } = connectScreen({ ...world, ...(kept && { clock: kept.clock, rules: kept.welcome }) })
  const outbox = openOutbox({
    body,
    uploader: openUploader((...asked) => fetch(...asked)),
    command: line.command,
    // Times on the phone are the server's as far as they are known: a phone's own clock may be wrong by hours.
    now: () => board.serverTime(world.now()),
    clock: () => ({ offsetMs: board.serverTime(world.now()) - world.now(), heard }),
    newId,
    alone: (run) => ('locks' in navigator ? navigator.locks.request('sanping-outbox', run) : run()),
    after: world.after,
    random: world.random,
    cry: () => tabs?.postMessage('changed'),
  })
  if (tabs) {
    tabs.onmessage = ({ data: said }) => {
      if (said === 'changed') return outbox.nudge()
      device.hasTabs = true
      if (said === 'here?') tabs.postMessage('here')
    }
    tabs.postMessage('here?')
  }

  let welcome: Welcome | null = kept?.welcome ?? null
  let keptRevision = -1
  /** What was kept of the server's clock may be of another day, and this phone's set since. */
  let heard = false
  function show(last: Welcome) {
    board.hear({ what: 'welcome', welcome: last })
    if (last.board) board.hear({ what: 'board', board: boardFrom(last.board) })
  }
  function keep() {
    const now = board.board
    if (!now || !welcome || now.revision === keptRevision || board.line.state !== 'live') return
    const tasks = myTasks(board.cases, welcome.viewer.personId, board.now)
    const me = welcome.viewer.personId
    const cases = [...tasks.told, ...tasks.now, ...tasks.later, ...board.cases.filter((one) => isOwnSos(one, me))]
    const { journal, revision, at } = now
    keepBoard(
      storage,
      { ...welcome, at, board: { journal, revision, at, cases, tallies: [], duty: now.duty, linkage: now.linkage } },
      board.line,
    )
    keptRevision = now.revision
  }

  /** Said by the phone itself, past the outbox: it is worth saying only while it is true, and once. */
  const said = new Set<string>()
  function deliver() {
    const me = board.viewer?.personId
    if (!me || board.line.state !== 'live') return
    for (const { id, toldAt } of undelivered(board.cases, me)) {
      const key = `deliver:${id}:${me}:${toldAt}`
      if (said.has(key)) continue
      said.add(key)
      void line.command({ id: key as CommandId, wish: { type: 'deliver', caseId: id } })
    }
  }

  function forgetPhone() {
    forgetBoard(storage)
    keepPlace(storage, null)
  }
  function turned(state: LineState) {
    if (state === 'live') outbox.nudge()
    // A phone that lies still is told its place once, mostly before the line is there: so it is said again.
    if (state === 'live' && here.point) line.where(here.point)
    if (state !== 'signed-out') return
    forgetPhone()
    board.forget()
  }

  function move(point: Point) {
    here.move(point, world.now())
    keepPlace(storage, here.last)
    line.where(point)
  }
  const place = keptPlace(storage)
  if (place) here.recall(place)
  device.isSecure = window.isSecureContext ?? true
  // The app it runs in may know the place where the browser is not let; what comes later is the browser's own watch.
  void openHost(window, browserHost(window)).then((host) => {
    device.host = host
    host.title(sayField('screen'))
    if (host.name === 'browser') return
    void host.locate().then((point) => point && move(point))
    void import('../../link/host-photos.ts').then(({ photosBy }) => photosBy(host, document)).catch(() => {})
  })
  const lookForRoom = () => void askRoom(navigator.storage).then((room) => (device.room = room))
  lookForRoom()

  const stops = [
    outboxes.attach(outbox),
    line.follow((told) => {
      if (told.what !== 'welcome') return
      welcome = told.welcome
      heard = true
    }),
    watch(() => board.line.state, turned),
    watch(() => board.cases, deliver),
    watch(
      () => board.viewer?.personId ?? null,
      (person) => {
        outbox.belongTo(person)
        if (person !== null) void ground.loadPlaces()
        if (person !== null && 'Notification' in window && Notification.permission === 'granted')
          void import('../../link/push.ts').then(({ keepMine }) => keepMine(navigator, fetch)).catch(() => {})
      },
      { immediate: true },
    ),
    world.every(keepEveryMs, keep),
    world.every(roomEveryMs, lookForRoom),
    followPlace(navigator.geolocation, move),
  ]
  return {
    again: line.again,
    async leave() {
      forgetPhone()
      // While it is still known who asks. Without signal the next to sign in takes it over.
      await import('../../link/push.ts').then(({ takeBack }) => takeBack(navigator, fetch)).catch(() => {})
      await signOut(fetch)
      location.reload()
    },
    close() {
      stops.forEach((stop) => stop())
      outbox.close()
      tabs?.close()
      close()
    },
  }
}

/** Even to look at it may be forbidden. */
async function openBody(): Promise<OutboxBody> {
  try {
    return await openIndexedBody(window.indexedDB)
  } catch {
    return openMemoryBody()
  }
}
