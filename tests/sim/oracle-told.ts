// What the platform above heard, held against itself: one event under one name, a case's events in their order, and the last one there.
import type { Heard } from './neighbour.ts'

export function judgeTold(heard: readonly Heard[], lastOf: ReadonlyMap<string, number>): string[] {
  const wrong: string[] = []
  const ids = new Map<string, string>()
  const newest = new Map<string, number>()
  for (const { id, subject, sequence } of heard) {
    const event = `${subject} ${sequence}`
    const known = ids.get(event)
    ids.set(event, known ?? id)
    if (known !== undefined && known !== id) wrong.push(`told: ${event} under two names`)
    const before = newest.get(subject) ?? 0
    // What was on its way as another process took over comes a second time, however late: whoever hears it knows its name.
    if (known === undefined && sequence < before) wrong.push(`told: ${subject} ${sequence} after ${before}`)
    newest.set(subject, Math.max(before, sequence))
  }
  for (const [subject] of lastOf) if (!newest.has(subject)) wrong.push(`told: nobody was told of ${subject}`)
  return wrong
}
