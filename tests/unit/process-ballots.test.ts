// Votes counted by head and by floor area, exactly; and who may write down whose.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ballot, Member, Vote } from '#contract/process'
import { countVotes, turnout } from '#contract/tally-votes'
import { aTrial } from '../suites/a-process.ts'

const choice = (id: string, counts: 'for' | 'against' | 'neither') => ({ id, words: { zh: id, en: id }, counts })
const share = (part: number, whole: number, over = false) => ({ of: [part, whole] as [number, number], over })
const both = (part: number, whole: number) => ({ heads: share(part, whole), weight: share(part, whole) })
/** 加装电梯: 2/3 of all take part, 3/4 of those agree, by household and by floor area. */
const lift: Pick<Ballot, 'choices' | 'quorum' | 'pass'> = {
  choices: [choice('agree', 'for'), choice('against', 'against'), choice('abstain', 'neither')],
  quorum: both(2, 3),
  pass: both(3, 4),
}
const homes = (count: number, weight = 1): Member[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${i + 1}`, weight }))
const says = (...groups: [string, number][]): Record<string, Pick<Vote, 'choice'>> =>
  Object.fromEntries(
    groups.flatMap(([said, count]) => Array<string>(count).fill(said)).map((said, i) => [`${i + 1}`, { choice: said }]),
  )

describe('a ballot counted', () => {
  it('[SE1] two thirds of nine households is six: five are too few, six are enough', () => {
    expect(countVotes(lift, homes(9), says(['agree', 5]))).toMatchObject({ quorate: false, passed: false })
    expect(countVotes(lift, homes(9), says(['agree', 6]))).toMatchObject({ quorate: true, passed: true })
  })

  it('[SE1] of twelve who took part three quarters are nine: eight are one too few', () => {
    expect(countVotes(lift, homes(12), says(['agree', 8], ['against', 4]))).toMatchObject({ quorate: true, passed: false }) // prettier-ignore
    expect(countVotes(lift, homes(12), says(['agree', 9], ['against', 3]))).toMatchObject({ quorate: true, passed: true }) // prettier-ignore
  })

  it('[SE1] enough doors but too little floor: the area alone can stop it, a hundredth of a square metre short', () => {
    const roll = [...homes(6, 60), ...homes(3, 60.01).map(({ weight }, i) => ({ id: `${i + 7}`, weight }))]
    expect(countVotes(lift, roll, says(['agree', 6]))).toMatchObject({ quorate: false })
    expect(countVotes(lift, homes(9, 60.01), says(['agree', 6]))).toMatchObject({ quorate: true, passed: true })
  })

  it('[SE1] who abstains took part and is not for it', () => {
    const count = countVotes(lift, homes(4), says(['agree', 2], ['abstain', 1], ['against', 1]))
    expect(count).toMatchObject({ took: { heads: 4 }, for: { heads: 2 }, neither: { heads: 1 }, passed: false })
    expect(count.byChoice['abstain']).toEqual({ heads: 1, weight: 1 })
  })

  it('[SE1] more than half is not half', () => {
    const most = { ...lift, quorum: {}, pass: { heads: share(1, 2, true) } }
    expect(countVotes(most, homes(4), says(['agree', 2], ['against', 2])).passed).toBe(false)
    expect(countVotes(most, homes(5), says(['agree', 3], ['against', 2])).passed).toBe(true)
  })

  it('[SE1] nobody on the roll, or nobody there, is no quorum, whatever is asked for', () => {
    const any = { ...lift, quorum: {}, pass: {} }
    expect(countVotes(any, [], {})).toMatchObject({ quorate: false, passed: false })
    expect(countVotes(any, homes(3), {})).toMatchObject({ quorate: false, passed: false })
    expect(turnout(countVotes(any, [], {}))).toEqual({ heads: 0, weight: 0 })
  })

  it('[SE1] a vote of somebody who is not on the roll counts for nothing', () => {
    expect(countVotes(lift, homes(3), { 9: { choice: 'agree' } }).took.heads).toBe(0)
  })

  it('[SE1] whatever the areas, it agrees with whole numbers of hundredths', () => {
    const areas = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(areas, fc.nat(), (hundredths, seed) => {
        const roll = hundredths.map((area, i) => ({ id: `${i}`, weight: area / 100 }))
        const part = hundredths.filter((_, i) => (seed >> (i % 31)) & 1)
        const votes = Object.fromEntries(
          roll.flatMap(({ id }, i) => ((seed >> (i % 31)) & 1 ? [[id, { choice: 'agree' }]] : [])),
        )
        const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
        const enough = part.length * 3 >= roll.length * 2 && sum(part) * 3 >= sum(hundredths) * 2 && part.length > 0
        expect(countVotes(lift, roll, votes).quorate).toBe(enough)
      }),
    )
  })
})

describe('rolls and votes of a case', () => {
  const roll = { type: 'enroll' as const, roll: 'homes', members: homes(3) }
  const vote = (member: string, said: string, ballot = 'wish') => ({
    ...{ type: 'vote' as const, ballot, member },
    choice: said,
  })

  it('[SE2] who is on the roll votes, thinks again, and the last word counts; the roll is closed from the first vote on', () => {
    const street = aTrial()
    expect(street.says('li', roll)).toMatchObject({ events: [{ type: 'marked', step: { verb: 'enroll', about: 'homes' } }] }) // prettier-ignore
    street.says('li', { ...roll, members: homes(4) })
    street.says('li', vote('1', 'no'))
    street.says('chen', vote('1', 'yes'))
    expect(street.only().votes?.['wish']).toEqual({ '1': { choice: 'yes', by: 'chen', at: street.now } })
    expect(street.only().steps.at(-1)?.verb).toBe('enroll')
    // The other ballot is of the same roll: it is closed as well.
    expect(street.says('li', roll)).toEqual({ refusal: 'roll-closed' })
  })

  it('[SE2] what no ballot knows is refused', () => {
    const street = aTrial()
    expect(street.says('li', { ...roll, roll: 'ghosts' })).toEqual({ refusal: 'roll-unknown' })
    expect(street.says('li', vote('1', 'yes'))).toEqual({ refusal: 'not-on-the-roll' })
    street.says('li', roll)
    expect(street.says('li', vote('9', 'yes'))).toEqual({ refusal: 'not-on-the-roll' })
    expect(street.says('li', vote('1', 'perhaps'))).toEqual({ refusal: 'ballot-unknown' })
    expect(street.says('li', vote('1', 'yes', 'ghost'))).toEqual({ refusal: 'ballot-unknown' })
    expect(street.says('li', { ...roll, members: [...homes(1), ...homes(1)] })).toEqual({ refusal: 'wrong-shape' })
    street.says('li', vote('1', 'yes'))
    expect(street.says('li', vote('1', 'yes'))).toEqual({ refusal: 'already-so' })
  })

  it('[SE2] only who works on the case, and only of the posts that are named', () => {
    const ballots = [
      { id: 'wish', words: { zh: '表决', en: 'Vote' }, roll: 'homes', by: ['station'], choices: lift.choices },
    ]
    const street = aTrial({ ballots, phases: [], forms: [] })
    expect(street.says('zhou', roll)).toEqual({ refusal: 'not-assigned-to-you' })
    expect(street.says('ma', roll)).toEqual({ refusal: 'not-your-area' })
    expect(street.says('li', roll)).toEqual({ refusal: 'role-not-allowed' })
    expect(street.says('shen', roll)).toHaveProperty('events')
    expect(street.says('li', vote('1', 'agree'))).toEqual({ refusal: 'role-not-allowed' })
  })
})
