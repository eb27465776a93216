// A scenario's forms and ballots: fields that can be filled in, shares that can be reached, votes that decide something.
import type { Ballot, Field, Shares } from '#contract/process'
import type { Scenario } from '#contract/scenario'
import { repeated, said } from './check-words.ts'
import type { Wrong } from './check-words.ts'

export function checkForms({ forms, ballots }: Pick<Scenario, 'forms' | 'ballots'>): Wrong[] {
  return [
    ...repeated(
      forms.map(({ id }) => id),
      'forms',
      '表单',
      'forms',
    ),
    ...repeated(
      ballots.map(({ id }) => id),
      'ballots',
      '表决',
      'ballots',
    ),
    ...forms.flatMap(({ fields }, i) => [
      ...repeated(
        fields.map(({ id }) => id),
        `forms[${i}].fields`,
        '字段',
        'fields',
      ),
      ...fields.flatMap((field, j) => checkField(field, `forms[${i}].fields[${j}]`)),
    ]),
    ...ballots.flatMap((ballot, i) => checkBallot(ballot, `ballots[${i}]`)),
  ]
}

function checkField({ kind, options, least, most, unit }: Field, path: string): Wrong[] {
  const isChosen = kind === 'choice' || kind === 'choices'
  const isNumber = kind === 'number'
  const ids = (options ?? []).map(({ id }) => id)
  return [
    ...(isChosen && ids.length === 0 ? [said(path, '选择题要有选项', 'a choice needs options')] : []),
    ...(!isChosen && options ? [said(`${path}.options`, '不是选择题，不写选项', 'only a choice has options')] : []),
    ...(!isNumber && (least !== undefined || most !== undefined || unit !== undefined)
      ? [said(path, '只有数字才有范围和单位', 'only a number has a range and a unit')]
      : []),
    ...(least !== undefined && most !== undefined && least > most
      ? [said(`${path}.least`, '最小值比最大值还大', 'the least is more than the most')]
      : []),
    ...repeated(ids, `${path}.options`, '选项', 'options'),
  ]
}

function checkBallot({ choices, quorum, pass }: Ballot, path: string): Wrong[] {
  const isDecided = pass.heads !== undefined || pass.weight !== undefined
  return [
    ...repeated(
      choices.map(({ id }) => id),
      `${path}.choices`,
      '选项',
      'choices',
    ),
    ...unreachable(quorum, `${path}.quorum`),
    ...unreachable(pass, `${path}.pass`),
    ...(isDecided && !choices.some(({ counts }) => counts === 'for')
      ? [said(`${path}.choices`, '没有一个选项算赞成，永远不会通过', 'no choice counts for it: it could never pass')]
      : []),
  ]
}

const unreachable = (shares: Shares, path: string): Wrong[] =>
  (['heads', 'weight'] as const).flatMap((by) => {
    const share = shares[by]
    if (!share || share.of[0] < share.of[1] || (share.of[0] === share.of[1] && !share.over)) return []
    return [said(`${path}.${by}`, '超过全部，永远达不到', 'more than all of them: it can never be reached')]
  })
