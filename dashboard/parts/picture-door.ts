// What a picture asks of the screen it hangs on: why it did not come, where to ask for it, and whether to come anew.
import type { InjectionKey, Ref } from 'vue'
import type { CaseId, Instant } from '#contract/ids'

export type PictureTrouble = 'failed' | 'gone' | 'ask'

export interface PictureDoor {
  why(url: string): Promise<{ trouble: PictureTrouble; caseId: CaseId | null }>
  /** Absent where nobody asks from this screen. */
  ask?(caseId: CaseId): void
  /** All of them come anew. */
  again(): void
  /** And once more then, whoever still has a sheet open: what was shown for a while is shown no longer. */
  againAt(then: Instant): void
  /** Counts up where what may be seen has changed: the same name is another picture then. */
  turn: Readonly<Ref<number>>
}

export const pictureDoor: InjectionKey<PictureDoor> = Symbol('picture door')
