// The outbox's rules: kept before sent, in order per lane, again with the same id until answered, nothing let go before the receipt.
import type { PersonWish, ScreenCommand } from '#contract/command'
import type { CommandId, EvidenceId, Instant, PersonId } from '#contract/ids'
import type { Answer } from './line-port.ts'
import { nextItem, setRight, settleItem } from './outbox-rules.ts'
import type { Draft, OutboxBody, OutboxLook, OutItem, Picture } from './outbox-port.ts'
import type { Uploader } from './upload.ts'

const dayMs = 86_400_000
const patienceMs = [1_000, 2_000, 5_000, 10_000, 20_000, 40_000]

export interface OutboxWorld {
  body: OutboxBody
  uploader: Uploader
  command(command: ScreenCommand): Promise<Answer>
  /** The server's, as far as it is known. */
  now(): Instant
  /** How far the server's clock is from this device's; `heard`: since this page was opened, not only guessed. */
  clock?(): { offsetMs: number; heard: boolean }
  newId(): CommandId
  /** One tab at a time: everything inside runs alone. */
  alone(run: () => Promise<void>): Promise<void>
  after(ms: number, run: () => void): () => void
  random(): number
  /** Tells the other tabs that something changed. */
  cry(): void
}

export interface Posting {
  pictures?: Picture[]
  /** The draft this came from goes in the same breath. */
  draft?: string
  /** Goes before everything else, and does not wait for the picture that is just under way. */
  first?: boolean
  /** Goes after what lies in this lane already. */
  lane?: string
}

export interface Outbox {
  follow(tell: (look: OutboxLook) => void): () => void
  /** Resolves once it is kept on the device. Rejects where it could not be kept: the device is full. */
  post(wish: PersonWish, posting?: Posting): Promise<CommandId>
  keepDraft(draft: Omit<Draft, 'owner'>, pictures?: Picture[]): Promise<void>
  dropDraft(id: string): Promise<void>
  /** The desk said no and somebody looked: send it once more, or let it go. */
  retry(id: CommandId): Promise<void>
  dismiss(id: CommandId): Promise<void>
  blob(id: EvidenceId): Promise<Blob | null>
  /** Who is signed in; nobody: nothing is sent. */
  belongTo(owner: PersonId | null): void
  /** Something changed outside: the line is back, another tab wrote. */
  nudge(): void
  close(): void
}

export function openOutbox(world: OutboxWorld): Outbox {
  const { body } = world
  const listeners = new Set<(look: OutboxLook) => void>()
  let look: OutboxLook = {
    items: [],
    drafts: [],
    pictures: [],
    lasting: body.lasting,
    sending: false,
    lastDeliveredAt: null,
  }
  let owner: PersonId | null = null
  let patience = 0
  let stopWaiting = () => {}
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  /** Pictures whose offset on the server this page knows for sure; after any trouble it asks. */
  const sure = new Set<EvidenceId>()

  async function reread(change: Partial<OutboxLook> = {}) {
    const kept = await body.read()
    const items = kept.items.filter((item) => item.owner === owner).sort((a, b) => a.order - b.order)
    const drafts = kept.drafts.filter((draft) => draft.owner === owner)
    const lastDeliveredAt = items.reduce<Instant | null>((last, item) => later(last, item.deliveredAt), null)
    look = { ...look, ...change, items, drafts, pictures: kept.pictures, lastDeliveredAt }
    listeners.forEach((listener) => listener(look))
  }
  async function changed(write: Parameters<OutboxBody['write']>[0]) {
    await body.write(write)
    world.cry()
    await reread()
  }

  /** One run at a time in this tab, one tab at a time on this device; a nudge while it runs means once more. */
  function pump() {
    if (closed || owner === null) return
    again = true
    running ??= world.alone(drain).finally(() => {
      running = null
      if (again) pump()
    })
  }
  /** What cannot be read now is read once more where it is to be sent. */
  const seeAgain = () =>
    void reread()
      .catch(() => {})
      .then(pump)

  async function drain() {
    again = false
    stopWaiting()
    try {
      await reread({ sending: true })
      let moved = true
      while (moved && !closed) moved = await step()
    } catch {
      // Unreadable, or no room to keep what came of it: the same is asked again later under the same id, and counts once.
      waitABit()
    }
    await reread({ sending: false }).catch(waitABit)
  }
  /** One piece of one picture, or one command; false when there is nothing to do or no use in trying on. */
  async function step(): Promise<boolean> {
    const next = nextItem(look)
    if (!next) return false
    const picture = next.pictures.map(lookOf).find((one) => one?.receivedAt === null)
    const trouble = picture ? await upload(picture.id) : await send(next)
    if (trouble === null) {
      patience = 0
      return true
    }
    const settled = settleItem(next, { trouble }, world.now())
    await changed({ items: [settled] })
    if (settled.place === 'refused') return true
    waitABit()
    return false
  }
  function waitABit() {
    const wait = patienceMs[Math.min(patience++, patienceMs.length - 1)]!
    stopWaiting()
    stopWaiting = world.after(wait * (0.75 + world.random() / 2), pump)
  }
  const lookOf = (id: EvidenceId) => look.pictures.find((one) => one.id === id)

  async function upload(id: EvidenceId) {
    const blob = await body.blob(id)
    const held = lookOf(id)
    if (!blob || !held) return 'picture-lost' as const
    const there = sure.has(id) ? { sent: held.sent, whole: false } : await world.uploader.ask(id)
    const sent = 'trouble' in there || there.whole ? there : await world.uploader.send(id, blob, there.sent)
    if ('trouble' in sent) {
      sure.delete(id)
      return sent.trouble
    }
    sure.add(id)
    await changed({ pictures: [{ ...held, sent: sent.sent, receivedAt: sent.whole ? world.now() : null }] })
    return null
  }
  async function send(item: OutItem) {
    const { wish, tappedAt } = setRight(item, world.clock?.())
    const answer = await world.command({ id: item.id, wish, claimedAt: tappedAt })
    const settled = settleItem(item, answer === 'unanswered' ? { trouble: answer } : { outcome: answer }, world.now())
    if (settled.place === 'waiting') return settled.trouble
    // Only what the desk has taken is let go; a refused one keeps its pictures until somebody has looked.
    const done = settled.place === 'delivered' ? item.pictures.filter((id) => !neededElsewhere(id, item)) : []
    const old = look.items.filter((one) => one.deliveredAt !== null && one.deliveredAt < world.now() - dayMs)
    await changed({ items: [settled], dropPictures: done, dropItems: old.map((one) => one.id) })
    return null
  }
  /** Beside whatever is under way here or in another tab: one id is answered once, so both roads may be gone. */
  const ahead = (item: OutItem) => send(item).catch(() => 'unanswered')

  const neededElsewhere = (id: EvidenceId, item: OutItem) =>
    look.drafts.some((draft) => draft.pictures.includes(id)) ||
    look.items.some((one) => one.id !== item.id && one.place !== 'delivered' && one.pictures.includes(id))

  const fresh = (pictures: Picture[] = []) =>
    pictures.map(({ id, blob }) => ({ id, blob, bytes: blob.size, sent: 0, receivedAt: null }))
  const mine = () => {
    if (owner === null) throw new Error('nobody is signed in on this device')
    return owner
  }
  const find = (id: CommandId) => look.items.filter((item) => item.id === id)

  return {
    follow(listener) {
      listeners.add(listener)
      listener(look)
      return () => listeners.delete(listener)
    },
    async post(wish, { pictures = [], draft, first = false, lane } = {}) {
      // At once: while the disk is read the server's clock may be heard, and would be taken for the one this was tapped by.
      const tapped = { tappedAt: world.now(), ...guessed(world.clock?.()) }
      const { items, drafts } = await body.read()
      const begun = drafts.find((one) => one.id === draft)?.pictures ?? []
      const id = world.newId()
      const item: OutItem = {
        id,
        owner: mine(),
        lane: lane ?? ('caseId' in wish ? wish.caseId : id),
        order: 1 + items.reduce((highest, one) => Math.max(highest, one.order), 0),
        wish,
        ...(first && { first: true as const }),
        pictures: [...new Set([...begun, ...pictures.map((one) => one.id)])],
        ...tapped,
        place: 'waiting',
        trouble: null,
        tries: 0,
        deliveredAt: null,
        outcome: null,
      }
      pictures.forEach((picture) => sure.add(picture.id))
      const kept = changed({ items: [item], pictures: fresh(pictures), dropDrafts: draft ? [draft] : [] })
      // A call for help goes out even where there is no room to keep it.
      if (first) void kept.catch(() => {}).then(() => ahead(item))
      await kept
      pump()
      return id
    },
    async keepDraft(draft, pictures) {
      await changed({ drafts: [{ ...draft, owner: mine() }], pictures: fresh(pictures) })
    },
    async dropDraft(id) {
      const gone = look.drafts.find((draft) => draft.id === id)
      await changed({ dropDrafts: [id], dropPictures: gone?.pictures ?? [] })
    },
    async retry(id) {
      await changed({
        items: find(id).map(({ refusedAt: _refusedAt, ...item }) => ({
          ...item,
          id: world.newId(),
          place: 'waiting',
          trouble: null,
        })),
        dropItems: [id],
      })
      pump()
    },
    async dismiss(id) {
      const pictures = find(id).flatMap((item) => item.pictures.filter((one) => !neededElsewhere(one, item)))
      await changed({ dropItems: [id], dropPictures: pictures })
    },
    blob: (id) => body.blob(id),
    belongTo(person) {
      owner = person
      seeAgain()
    },
    nudge() {
      patience = 0
      seeAgain()
    },
    close() {
      closed = true
      stopWaiting()
      listeners.clear()
    },
  }
}

type Heard = ReturnType<NonNullable<OutboxWorld['clock']>>
const guessed = (clock: Heard | undefined) => (clock && !clock.heard ? { guessedMs: clock.offsetMs } : {})

const later = (a: Instant | null, b: Instant | null): Instant | null => (a !== null && (b === null || a > b) ? a : b)
