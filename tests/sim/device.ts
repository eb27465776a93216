// One person's device: the product's own line and outbox, on a clock of its own, with a disk that outlives the page.
import type { PersonWish } from '#contract/command'
import type { CommandId, EvidenceId, PersonId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { ScreenBoard } from '#contract/patch'
import type { Viewer } from '#contract/person'
import type { Answer, Line, LineLook } from '../../dashboard/link/line-port.ts'
import { openLine } from '../../dashboard/link/line.ts'
import { openMemoryBody } from '../../dashboard/link/outbox-memory.ts'
import { openOutbox, type Outbox } from '../../dashboard/link/outbox.ts'
import type { OutItem } from '../../dashboard/link/outbox-port.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { openLink } from './link.ts'
import { openDeviceSocket, type SimSockets } from './sockets.ts'
import type { Owner, SimTime } from './time.ts'
import { unpack } from './unpack.ts'

export interface Device {
  readonly person: string
  /** Null before anything was shown, and once signed out. */
  board(): ScreenBoard | null
  viewer(): Viewer | null
  look(): LineLook | null
  /** Kept on the device, then sent until the desk has answered. */
  wishes(wish: PersonWish, picture?: EvidenceId): Promise<CommandId | null>
  items(): Promise<OutItem[]>
  link: ReturnType<typeof openLink>
  /** The wire is cut now; it comes back by itself. */
  cut(): void
  /** It was awake through a quiet stretch; one that slept finds its wire dead as it wakes. */
  stayedAwake(): void
  /** The page is killed, and opened again on what the device kept. */
  reopens(): void
  isOpen(): boolean
  opens(): void
  closes(): void
}

export interface Told {
  person: string
  id: CommandId
  outcome: Outcome
}

interface DeviceNeeds {
  person: string
  time: SimTime
  chance: Chance
  /** How far this device's clock is off. */
  off: number
  cookie: string
  door: () => SimSockets | null
  /** Pictures that lie at the server, which outlives it. */
  pictures: Set<string>
  onTold: (told: Told) => void
  /** Everything that came to be on this screen. */
  onShown: (person: string, board: ScreenBoard) => void
  /** What is sent goes through here: only a planted bug changes it. */
  sends?: ((line: Line) => Line['command']) | undefined
  note: (what: string) => void
}

export function openDevice(needs: DeviceNeeds): Device {
  const { person, time, chance, off, door, pictures, onTold, onShown, note } = needs
  const body = openMemoryBody()
  const link = openLink(chance)
  let { cookie } = needs
  let page: { owner: Owner; line: Line; outbox: Outbox; socket: ReturnType<typeof openDeviceSocket> } | null = null
  let board: ScreenBoard | null = null
  let viewer: Viewer | null = null
  let look: LineLook | null = null

  function opens(): void {
    if (page) return
    const owner: Owner = { kind: 'device', alive: true }
    let socket!: ReturnType<typeof openDeviceSocket>
    const line = openLine({
      connect: () =>
        (socket = openDeviceSocket({
          ...{ time, owner, link, door, random: () => chance.next() },
          cookie: () => cookie,
          setCookie: (given) => void (cookie = given),
        })),
      now: () => time.now() + off,
      unpack,
      random: () => chance.next(),
      every: (milliseconds, run) => time.every(owner, milliseconds, run),
      after: (milliseconds, run) => time.after(owner, milliseconds, run),
      signedIn: async () => (link.up ? true : null),
    })
    const asks = needs.sends?.(line) ?? line.command
    const outbox = openOutbox({
      body,
      uploader: {
        ask: async (id) => (link.up ? { sent: 0, whole: pictures.has(id) } : { trouble: 'unreachable' }),
        async send(id, blob) {
          await time.pause(owner, link.takes())
          if (!link.up) return { trouble: 'unreachable' }
          pictures.add(id)
          // The receipt got lost: it is asked for again.
          return chance.next() < 0.1 ? { trouble: 'unreachable' } : { sent: blob.size, whole: true }
        },
      },
      async command(command) {
        const answer: Answer = await asks(command)
        note(
          `answer ${person} ${command.id} ${answer === 'unanswered' ? answer : answer.ok ? answer.revision : answer.refusal}`,
        )
        if (answer !== 'unanswered') onTold({ person, id: command.id, outcome: answer })
        return answer
      },
      now: () => time.now() + off + (look?.offsetMs ?? 0),
      clock: () => ({ offsetMs: look?.offsetMs ?? 0, heard: look?.lagMs != null }),
      newId: () =>
        `${person}-${chance.whole(0, 0xffffffff).toString(36)}${chance.whole(0, 0xffffff).toString(36)}` as CommandId,
      alone: (run) => run(),
      after: (milliseconds, run) => time.after(owner, milliseconds, run),
      random: () => chance.next(),
      cry: () => {},
    })
    line.follow((told) => {
      if (told.what === 'look') {
        const wasLive = look?.state === 'live'
        look = told.look
        if (look.state === 'signed-out') board = null
        if (look.state === 'live' && !wasLive) outbox.nudge()
      } else if (told.what === 'welcome') viewer = told.welcome.viewer
      else if (told.what === 'board') {
        board = told.board
        onShown(person, told.board)
      }
    })
    outbox.belongTo(person as PersonId)
    page = { owner, line, outbox, socket }
  }

  function closes(): void {
    if (!page) return
    const { owner, line, outbox, socket } = page
    page = null
    socket.cut()
    outbox.close()
    line.close()
    owner.alive = false
    board = null
    look = null
  }

  return {
    ...{ person, link },
    board: () => board,
    viewer: () => viewer,
    look: () => look,
    async wishes(wish, picture) {
      if (!page) return null
      const given = picture && { pictures: [{ id: picture, blob: new Blob(['p']) }] }
      return page.outbox.post(wish, given || {})
    },
    items: async () => (await body.read()).items,
    cut: () => page?.socket.cut(),
    stayedAwake: () => void (board && page?.socket.heardAllAlong(board.revision)),
    reopens() {
      closes()
      opens()
    },
    isOpen: () => page !== null,
    ...{ opens, closes },
  }
}
