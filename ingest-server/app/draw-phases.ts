// A scenario's own road as boxes and arrows: where each phase leads, who may go on, and what must be so before.
import type { PhaseNeed } from '#contract/process'
import type { Scenario } from '#contract/scenario'
import { padTo, postNames, widthOf } from './draw-words.ts'

const verdicts = { quorate: '达到法定人数', passed: '通过', 'not-passed': '未通过' } as const

export function drawPhases(scenario: Scenario): string[] {
  const { phases } = scenario
  const wordsOf = (id: string) => phases.find((phase) => phase.id === id)?.words.zh ?? id
  const wide = Math.max(...phases.map(({ words }) => widthOf(words.zh)))
  return phases.flatMap(({ words, next, mayFinish }) => [
    `┌─${'─'.repeat(wide)}─┐`,
    `│ ${padTo(words.zh, wide)} │${mayFinish ? ' ◎ 可办完' : ''}`,
    `└─${'─'.repeat(wide)}─┘`,
    ...next.map(({ to, by, needs }, i) => {
      const posts = by ? ` 由${by.map((post) => postNames[post]).join('、')}` : ''
      const asks = needs.map((need) => needInWords(need, scenario)).join('、')
      return `  ${i === next.length - 1 ? '└' : '├'}─▶ ${wordsOf(to)}${posts}${asks ? `  要：${asks}` : ''}`
    }),
  ])
}

function needInWords(need: PhaseNeed, { forms, ballots, checklist }: Scenario): string {
  const named = (all: readonly { id: string; words: { zh: string } }[], id: string) =>
    `「${all.find((one) => one.id === id)?.words.zh ?? id}」`
  if ('form' in need) return `表单${named(forms, need.form)}`
  if ('ticked' in need) return `勾选${named(checklist, need.ticked)}`
  if ('children' in need) return '子案件全部结束'
  return `表决${named(ballots, need.ballot)}${verdicts[need.is]}`
}
