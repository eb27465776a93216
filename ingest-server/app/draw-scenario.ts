// A scenario as a picture made of letters: its stages with the limits under them, its own road, whom it calls; to be read over coffee.
import type { Scenario } from '#contract/scenario'
import { drawPhases } from './draw-phases.ts'
import { drawStages } from './draw-stages.ts'
import { levelNames, limitInWords, markNames, postNames, whoNames } from './draw-words.ts'

const kinds: Record<Scenario['kind'], string> = { alarm: '报警', process: '办事', device: '设备', 'self-check': '自检' }

/** Chinese, in lines that a terminal shows. Each part only where the scenario has something of it. */
export function drawScenario(scenario: Scenario): string {
  const { words, id, version, kind } = scenario
  const parts = [
    [`【${words.zh}】 ${id}  ${version}  ${kinds[kind]}`],
    part(
      '事项',
      scenario.matters.map(({ words: { zh }, code, level }) => `${levelNames[level]}  ${zh}  ${code}`),
    ),
    ['', ...drawStages(scenario)],
    part(
      '告知',
      scenario.tell.map((rule) => `开案 → ${whoIsTold(rule)}`),
    ),
    part('催叫', scenario.ladder.map(rungInWords)),
    part(
      '签收',
      scenario.ackHolds.map(({ limit, levels }) => `${limitInWords(limit)}内无人行动即失效${ofLevels(levels)}`),
    ),
    part('自动派遣', scenario.autoDispatch ? [`${limitInWords(scenario.autoDispatch.after)}后派给最合适的人${ofLevels(scenario.autoDispatch.levels)}`] : []), // prettier-ignore
    part(
      '申请',
      Object.entries(scenario.asks).map(([what, rule]) => askInWords(what, rule)),
    ),
    part('阶段', drawPhases(scenario)),
    part('表单', scenario.forms.map(({ words: { zh }, fields }) => `${zh}：${fields.map((field) => field.words.zh + (field.required ? '*' : '')).join('、')}`)), // prettier-ignore
    part('表决', scenario.ballots.map(ballotInWords)),
    part(
      '子案件',
      scenario.branches.map(({ words: { zh }, matter }) => `└─▶ ${zh}  ${matter}`),
    ),
    part('累计', scenario.feeds.map(feedInWords)),
    part(
      '步骤',
      scenario.checklist.map(({ words: { zh }, required }) => `${required ? '必勾' : '可勾'}  ${zh}`),
    ),
  ]
  return parts.flat().join('\n')
}

const part = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

const ofLevels = (levels: readonly (keyof typeof levelNames)[] | undefined): string =>
  levels ? `（${levels.map((level) => levelNames[level]).join('、')}）` : ''

const whoIsTold = ({ post, within, levels, pick }: Scenario['tell'][number]): string =>
  `${postNames[post]}${pick === 'next' ? '的下一位' : ''}（${whoNames[within]}以内）${ofLevels(levels)}`

function rungInWords({ words, after, every, atMost, tell, again, until, levels }: Scenario['ladder'][number]): string {
  const often = every ? `，之后每${limitInWords(every)}，最多 ${atMost} 次` : ''
  const whom = [...(again ? ['已告知的人再叫一次'] : []), ...tell.map(whoIsTold)].join('、')
  return `+${limitInWords(after)}${often} ─▶ ${words.zh}：${whom}；到${markNames[until]}为止${ofLevels(levels)}`
}

const askNames: Record<string, string> = { extend: '延时', hold: '挂账', void: '作废', appeal: '申诉' }

const askInWords = (what: string, { longest, times }: NonNullable<Scenario['asks']['extend']>): string =>
  [askNames[what], longest && `每次最长${limitInWords(longest)}`, times !== undefined && `最多 ${times} 次`]
    .filter(Boolean)
    .join('，')

const shareInWords = (share: Scenario['ballots'][number]['quorum']['heads'], what: string): string[] =>
  share ? [`${what}${share.over ? '超过' : '达到'} ${share.of[0]}/${share.of[1]}`] : []

function ballotInWords({ words, quorum, pass, choices }: Scenario['ballots'][number]): string {
  const there = [...shareInWords(quorum.heads, '人数'), ...shareInWords(quorum.weight, '面积')]
  const agree = [...shareInWords(pass.heads, '人数'), ...shareInWords(pass.weight, '面积')]
  return [
    `${words.zh}（${choices.map((choice) => choice.words.zh).join(' / ')}）`,
    ...(there.length > 0 ? [`参加${there.join('、')}`] : []),
    ...(agree.length > 0 ? [`其中同意${agree.join('、')}`] : []),
  ].join('：')
}

const feedInWords = ({ matters, times, days, within, opens }: Scenario['feeds'][number]): string =>
  `同一${whoNames[within]} ${days} 天内 ${times} 次（${matters.join('、')}）─▶ ${opens}`
