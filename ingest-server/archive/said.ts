// Paths and people that many facts name, kept once each under a number.
import type { CaseFacts, Who } from '#contract/case-facts'
import type { MeantBy, NumberOf } from './packing.ts'
import type { ArchiveDb } from './tables.ts'

type Meant = CaseFacts['path'] | Who

export interface Said {
  numberOf: NumberOf
  meantBy: MeantBy
  /** Writes what got its number since; within the transaction that writes who names it. */
  keep(db: ArchiveDb): Promise<void>
  /** As the store has it: after a start, and after a transaction that did not hold. */
  reload(db: ArchiveDb): Promise<void>
}

export function openSaid(): Said {
  const numbers = new Map<string, number>()
  const meant: Meant[] = []
  let fresh: { number: number; text: string }[] = []

  function add(text: string, one: Meant): number {
    const number = meant.push(one) - 1
    numbers.set(text, number)
    return number
  }

  return {
    numberOf(one) {
      const text = JSON.stringify(one)
      const known = numbers.get(text)
      if (known !== undefined) return known
      const number = add(text, one)
      fresh.push({ number, text })
      return number
    },
    meantBy: <T extends Meant>(number: number) => meant[number] as T,
    async keep(db) {
      if (fresh.length > 0) await db.insertInto('said').values(fresh).execute()
      fresh = []
    },
    async reload(db) {
      numbers.clear()
      meant.length = 0
      fresh = []
      const rows = await db.selectFrom('said').selectAll().orderBy('number').execute()
      for (const { text } of rows) add(text, JSON.parse(text) as Meant)
    },
  }
}
