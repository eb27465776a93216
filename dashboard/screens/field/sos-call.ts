// 求助 goes out: at once from where the phone last was; without any place it is asked for, and goes from one's own area if nobody answers.
import { ref, shallowRef } from 'vue'
import type { Instant, PlaceId } from '#contract/ids'
import { newId } from '../../link/new-id.ts'
import { useBoard } from '../../stores/board.ts'
import { useDevice } from '../../stores/device.ts'
import { useHere } from '../../stores/here.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { sayField } from '../../words/field.ts'
import { spanInWords } from '../../words/times.ts'
import { open } from './pages.ts'
import { post } from './post.ts'
import { mendedSos, mySos, sosWish } from './sos.ts'
import type { MySos, SosPlace } from './sos.ts'

/** Whoever can still tap has time to say where; whoever cannot is not left waiting. */
const askMs = 20_000
const nowMs = 60_000

/** By this device's clock; null while nothing is asked. */
export const sosAskedUntil = ref<Instant | null>(null)
const timer = shallowRef<ReturnType<typeof setTimeout>>()

const home = (): PlaceId | undefined => useBoard().viewer?.placeIds[0]

export function callForHelp() {
  const { last } = useHere()
  useDevice().host?.vibrate([80])
  open({ name: 'sos' })
  if (last) {
    const { point, at } = last
    const old = Date.now() - at
    const age = old < nowMs ? sayField('sos.now') : sayField('sos.ago', { span: spanInWords(old) })
    const { name } = useBoard().viewer!
    return void send({ at: point }, sayField('sos.text', { name, accuracy: point.accuracy ?? '?', age }))
  }
  sosAskedUntil.value = Date.now() + askMs
  timer.value = setTimeout(() => callFrom({}), askMs)
}

/** Said by hand, or by nobody in time. */
export function callFrom(place: SosPlace) {
  if (sosAskedUntil.value === null) return
  clearTimeout(timer.value)
  sosAskedUntil.value = null
  const { name } = useBoard().viewer!
  const isSaid = place.at !== undefined || place.placeId !== undefined
  const placeId = home()
  void send(isSaid ? place : placeId ? { placeId } : {}, sayField(isSaid ? 'sos.textPin' : 'sos.textHome', { name }))
}

/** Asked where, and thought better of it before anything went out. */
export function callOff() {
  clearTimeout(timer.value)
  sosAskedUntil.value = null
}

const send = (place: SosPlace, text: string) =>
  post(sosWish(newId(), place, text, useBoard().serverTime(Date.now())), { first: true })

export function mySosNow(): MySos | null {
  const { viewer, board, now } = useBoard()
  if (!viewer) return null
  return mySos(useOutbox().look.items, board?.cases ?? new Map(), viewer.personId, now)
}

/** A call that was refused for where or when it says it is goes out again by itself. */
export async function mend(call: MySos | null) {
  const { box } = useOutbox()
  const wish = call && mendedSos(call.item, home(), useBoard().serverTime(Date.now()), sayField('sos.textMended'))
  if (!wish) return
  await post(wish, { first: true })
  await box?.dismiss(call.item.id)
}
