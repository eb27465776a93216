// A scenario's own road: every phase can be reached, from every one an end can, and what is asked for on the way exists.
import type { PhaseNeed } from '#contract/process'
import type { Scenario } from '#contract/scenario'
import { repeated, said, unknown, unknownAmong } from './check-words.ts'
import type { Wrong } from './check-words.ts'

interface Known {
  matters: ReadonlySet<string>
}

export function checkPhases(rule: Scenario, { matters }: Known): Wrong[] {
  const { phases, branches } = rule
  const ids = new Set(phases.map(({ id }) => id))
  return [
    ...repeated(
      phases.map(({ id }) => id),
      'phases',
      '阶段',
      'phases',
    ),
    ...repeated(
      branches.map(({ id }) => id),
      'branches',
      '子案件',
      'branches',
    ),
    ...phases.flatMap(({ next }, i) => [
      ...unknownAmong(
        next.map(({ to }) => to),
        ids,
        `phases[${i}].next`,
        '阶段',
        'phase',
      ),
      ...next.flatMap(({ needs }, j) =>
        needs.flatMap((need, k) => checkNeed(need, rule, `phases[${i}].next[${j}].needs[${k}]`)),
      ),
    ]),
    ...checkRoad(phases),
    ...branches.flatMap((branch, i) => [
      ...unknown(branch.matter, matters, `branches[${i}].matter`, '事项', 'matter'),
      ...unknownAmong(branch.phases, ids, `branches[${i}].phases`, '阶段', 'phase'),
    ]),
    ...(rule.waitsForChildren && branches.length === 0
      ? [said('waitsForChildren', '没有子案件可等', 'there is no branch whose cases it could wait for')]
      : []),
  ]
}

function checkNeed(need: PhaseNeed, { forms, ballots, checklist, branches }: Scenario, path: string): Wrong[] {
  if ('form' in need)
    return forms.some(({ id }) => id === need.form)
      ? []
      : [said(path, `没有表单「${need.form}」`, `there is no form ${need.form}`)]
  if ('ticked' in need)
    return checklist.some(({ id }) => id === need.ticked)
      ? []
      : [said(path, `没有步骤「${need.ticked}」`, `there is no checklist item ${need.ticked}`)]
  if ('children' in need)
    return branches.length > 0 ? [] : [said(path, '没有子案件可等', 'there is no branch whose cases it could wait for')]
  const ballot = ballots.find(({ id }) => id === need.ballot)
  if (!ballot) return [said(path, `没有表决「${need.ballot}」`, `there is no ballot ${need.ballot}`)]
  const decides = ballot.pass.heads !== undefined || ballot.pass.weight !== undefined
  return need.is === 'quorate' || decides
    ? []
    : [said(path, `表决「${need.ballot}」没有写怎样算通过`, `the ballot ${need.ballot} does not say when it is passed`)]
}

function checkRoad(phases: Scenario['phases']): Wrong[] {
  const [first] = phases
  if (!first) return []
  const byId = new Map(phases.map((phase) => [phase.id, phase]))
  const from = (start: string): Set<string> => {
    const met = new Set([start])
    for (const id of met) for (const { to } of byId.get(id)?.next ?? []) met.add(to)
    return met
  }
  const reached = from(first.id)
  const ends = new Set(phases.filter(({ mayFinish }) => mayFinish).map(({ id }) => id))
  return phases.flatMap(({ id }, i) => [
    ...(reached.has(id) ? [] : [said(`phases[${i}]`, `阶段「${id}」走不到`, `the phase ${id} is never reached`)]),
    ...([...from(id)].some((one) => ends.has(one))
      ? []
      : [
          said(
            `phases[${i}]`,
            `从阶段「${id}」走不到能办完的阶段`,
            `from the phase ${id} there is no way to one in which it may be finished`,
          ),
        ]),
  ])
}
