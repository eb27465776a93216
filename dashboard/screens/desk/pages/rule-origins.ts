// Where a rule comes from, and what each level says otherwise than the one above it, in words.
import type { RuleOrigin } from '#contract/rules'
import { sayRules } from '../../../words/desk-rules.ts'
import { sayStreets } from '../../../words/streets.ts'
import { inWords } from '../../../words/words.ts'

/** 「黄浦区」; of the street itself 「本街道」. */
const levelSaid = ({ kind, words }: RuleOrigin['level']): string =>
  kind === 'street' ? sayStreets('level.street') : `${sayStreets(`level.${kind}`)} ${inWords(words)}`

/** Of a row in the list: the levels that had a say, the widest first; as shipped where none had. */
export function whenceSaid(origins: readonly RuleOrigin[] | undefined, isOwn: boolean): string {
  if (origins?.length) return origins.map(({ level }) => sayStreets(`level.${level.kind}`)).join(' → ')
  return isOwn ? sayRules('own') : sayStreets('shipped')
}

export const originSaid = ({ level, isNew, lines }: RuleOrigin): string =>
  isNew
    ? sayStreets('newHere', { level: levelSaid(level) })
    : sayStreets('changes', { level: levelSaid(level), n: lines.length })

/** As it stands in the file; what is not there says so. */
export const valueSaid = (value: unknown): string =>
  value === undefined ? sayStreets('none') : typeof value === 'string' ? value : JSON.stringify(value)
