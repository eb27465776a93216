// The outbox on screen: what waits on this phone, replaced whole whenever it changes.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CaseId } from '#contract/ids'
import { emptyLook } from '../link/outbox-port.ts'
import type { OutboxLook, OutItem } from '../link/outbox-port.ts'
import type { Outbox } from '../link/outbox.ts'

export const useOutbox = defineStore('outbox', () => {
  const look = shallowRef<OutboxLook>(emptyLook)
  const box = shallowRef<Outbox | null>(null)

  /** 看到 goes by itself and is nobody's tap: it is not counted among what a person sent. */
  const tapped = computed(() => look.value.items.filter((item) => item.wish.type !== 'see'))
  const waiting = computed(() => tapped.value.filter((item) => item.place === 'waiting'))
  const refused = computed(() => tapped.value.filter((item) => item.place === 'refused'))
  const delivered = computed(() => tapped.value.filter((item) => item.place === 'delivered').reverse())

  /** Returns the stop. */
  function attach(outbox: Outbox): () => void {
    box.value = outbox
    const stop = outbox.follow((next) => (look.value = next))
    return () => {
      stop()
      box.value = null
    }
  }
  /** Everything of this case that has not been taken by the desk yet. */
  const of = (id: CaseId): OutItem[] =>
    look.value.items.filter((item) => item.place !== 'delivered' && item.lane === (id as string))

  return { look, box, waiting, refused, delivered, attach, of }
})
