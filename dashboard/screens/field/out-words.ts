// What an item of the outbox is called, and why it has not gone.
import { refusals } from '#contract/refusal'
import type { Matter } from '#contract/scenario'
import type { OutItem, Trouble } from '../../link/outbox-port.ts'
import { sayCase } from '../../words/case.ts'
import { sayField } from '../../words/field.ts'
import { inWords } from '../../words/words.ts'

export function wishWords({ wish }: OutItem, matters: ReadonlyMap<string, Matter>): string {
  if (wish.type === 'attach') return sayField('wish.attach', { slot: sayCase(`slot.${wish.slot}`) })
  if (wish.type === 'report') return sayField('wish.report', { matter: matterWords(wish.report.matter, matters) })
  return wish.type === 'see' ? sayField('wish.see') : sayCase(`verb.${wish.type}`)
}

export function matterWords(code: string, matters: ReadonlyMap<string, Matter>): string {
  const matter = matters.get(code)
  return matter ? inWords(matter.words) : code
}

export function troubleWords(trouble: Trouble): string {
  if (trouble === 'unreachable' || trouble === 'unanswered' || trouble === 'picture-lost')
    return sayField(`trouble.${trouble}`)
  return inWords(refusals[trouble])
}
