// The life cycle against a model: whatever anybody wishes in whatever order, the table is kept and every edge of it walked.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mayDo } from '../../ingest-server/case-engine/scope.ts'
import { transitions } from '../../ingest-server/case-engine/stages.ts'
import type { PersonId } from '#contract/ids'
import { isOpen, verbs } from '#contract/stage'
import type { Stage, Verb } from '#contract/stage'
import { aStreet, people } from '../suites/builders.ts'

/** Written again by hand, apart from the engine: from where to where each verb leads, walks and all. */
const model: Record<Verb, Partial<Record<Stage, Stage>>> = {
  accept: { reported: 'accepted' },
  file: { accepted: 'filed' },
  dispatch: { reported: 'dispatched', accepted: 'dispatched', filed: 'dispatched' },
  take: { dispatched: 'handling' },
  arrive: { handling: 'handling' },
  finish: { handling: 'verification' },
  verify: { verification: 'verified' },
  close: { verification: 'closed', verified: 'closed' },
  return: {
    accepted: 'reported',
    filed: 'reported',
    dispatched: 'filed',
    handling: 'filed',
    verification: 'dispatched',
    verified: 'dispatched',
  },
  // From 待接单 on it takes a request that another grants: life-model.test.ts walks that.
  void: { reported: 'void', accepted: 'void', filed: 'void' },
}

const who = people.map((person) => person.id)
const anyStep = fc.record({
  verb: fc.constantFrom(...verbs),
  // Those who have most to say come up most often.
  by: fc.oneof(
    fc.constantFrom<PersonId>(...who),
    fc.constantFrom('chen' as PersonId, 'shen' as PersonId, 'li' as PersonId),
  ),
  to: fc.constantFrom<PersonId>(...who),
  reason: fc.constantFrom(undefined, '派错人了'),
  photos: fc.boolean(),
})
type AnyStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

const sensible = (verb: Verb, by: string): AnyStep => ({
  verb,
  by: by as PersonId,
  to: 'li' as PersonId,
  reason: undefined,
  photos: true,
})
/** Most random wishes are refused, and a life that never moves shows nothing: so often the next sensible step is taken. */
const likely: Partial<Record<Stage, AnyStep>> = {
  reported: sensible('accept', 'chen'),
  accepted: sensible('file', 'shen'),
  filed: sensible('dispatch', 'chen'),
  dispatched: sensible('take', 'li'),
  handling: sensible('finish', 'li'),
  verification: sensible('verify', 'shen'),
  verified: sensible('close', 'chen'),
}

const wishOf = ({ verb, to, reason }: AnyStep) => ({
  type: verb,
  ...(reason && { reason }),
  ...(verb === 'dispatch' && { to }),
  ...(verb === 'close' && { disposition: 'solved' }),
})

it('[CA21] no wish leaves the table; every edge of it is walked, everything else refused', () => {
  const walked = new Set<string>()
  const life = fc.array(fc.tuple(anyStep, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(life, (steps) => {
      const street = aStreet()
      street.reports()
      let picture = 0
      for (const [random, sense] of steps) {
        const before = street.only()
        const step = sense === 0 ? random : (likely[before.stage] ?? random)
        if (step.photos && before.holder)
          for (const slot of ['before-near', 'before-far', 'after-near', 'after-far'])
            street.says(before.holder.personId, {
              type: 'attach',
              evidence: String(++picture).padStart(64, '0'),
              slot,
              takenAt: street.now,
            })
        if (step.verb === 'finish' && before.holder) street.says(before.holder.personId, { type: 'arrive' })
        const stood = street.only()
        const decision = street.says(step.by, wishOf(step))
        const after = street.only()
        const leads = model[step.verb][before.stage]
        if ('refusal' in decision) {
          expect(after).toBe(stood)
          continue
        }
        // Who was told may arrive at any open case: that moves nothing.
        if (step.verb === 'arrive') expect(after.stage).toBe(before.stage)
        else expect(after.stage).toBe(leads)
        walked.add(`${step.verb} ${before.stage}`)
        const held: Stage[] = ['dispatched', 'handling', 'verification', 'verified']
        expect(after.holder !== undefined).toBe(held.includes(after.stage))
        expect(after.endedAt !== undefined).toBe(!isOpen(after.stage))
        street.pass(1)
      }
    }),
    { numRuns: 1500, seed: 7 },
  )
  const edges = verbs.flatMap((verb) => Object.keys(model[verb]).map((from) => `${verb} ${from}`))
  expect(edges.filter((edge) => !walked.has(edge))).toEqual([])
})

it('[CA21] the table has no row that the model does not know', () => {
  for (const { verb, from, to, needs } of transitions)
    for (const stage of from) if (!needs.includes('granted')) expect(model[verb][stage]).toBe(to)
})

it('[CA22] what mayDo allows is never refused for role or stage, what it refuses is refused so', () => {
  const anybody = fc.constantFrom(...people)
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 8 }), anybody, fc.constantFrom(...verbs), (steps, person, verb) => {
      const street = aStreet()
      street.reports()
      for (const step of steps) street.says(step.by, wishOf(step))
      if (verb === 'arrive') return
      const may = mayDo(verb, person, street.only())
      const decision = street.says(person.id, wishOf({ verb, by: person.id, to: 'li' as PersonId, reason: '派错人了', photos: false })) // prettier-ignore
      const refusal = 'refusal' in decision ? decision.refusal : null
      const ofScope = ['stage-not-allowed', 'role-not-allowed', 'not-your-area', 'not-assigned-to-you']
      if (may) expect(refusal).toBe(may)
      else expect(ofScope).not.toContain(refusal)
    }),
    { numRuns: 500 },
  )
})
