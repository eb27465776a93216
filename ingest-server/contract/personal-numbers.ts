// Numbers that are somebody's: phones, identity cards, bank cards, found in what people type. No zod.

export type NumberKind = 'identity-card' | 'bank-card' | 'phone'

// Full-width digits too: they come from Chinese keyboards.
const digit = '[0-9０-９]'
const gap = '[-\\s－—·]?'

/** `holds`: what only looks like one is left as it stands. */
interface Rule {
  kind: NumberKind
  pattern: RegExp
  mark: string
  holds?: (plain: string) => boolean
}

const rules: readonly Rule[] = [
  {
    kind: 'identity-card',
    pattern: new RegExp(
      `(?<!${digit})${digit}{6}(?:1[89]|20|１[８９]|２０)${digit}{9}[0-9０-９XxＸｘ](?!${digit})`,
      'g',
    ),
    mark: '［身份证］',
  },
  // Written in groups, and whatever its middle says: the last figure vouches for the rest (GB 11643).
  {
    kind: 'identity-card',
    pattern: new RegExp(
      `(?<!${digit})${digit}{6}(?:${gap}${digit}){11}${gap}[0-9０-９XxＸｘ](?![0-9A-Za-z０-９])`,
      'g',
    ),
    mark: '［身份证］',
    holds: isIdentityCard,
  },
  // Cards of the UnionPay world begin with 62, others with 4 or 5; the last figure vouches for the rest (Luhn).
  {
    kind: 'bank-card',
    pattern: new RegExp(`(?<![0-9A-Za-z０-９])[4-6４-６](?:${gap}${digit}){15,18}(?![0-9A-Za-z０-９])`, 'g'),
    mark: '［银行卡］',
    holds: isBankCard,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<!${digit})(?:[+＋]?(?:86|８６)${gap})?[1１][3-9３-９]${digit}(?:${gap}${digit}{4}){2}(?!${digit})`,
      'g',
    ),
    mark: '［电话］',
  },
  {
    kind: 'phone',
    pattern: new RegExp(`(?<!${digit})[0０]${digit}{2,3}${gap}${digit}{4}${gap}${digit}{3,4}(?!${digit})`, 'g'),
    mark: '［电话］',
  },
  // Eight bare digits are a phone only where the words say so: else they may be a day or a case's number.
  {
    kind: 'phone',
    pattern: new RegExp(
      `((?:电话|座机|致电|联系|拨打|tel|phone)\\D{0,4})${digit}{4}${gap}${digit}{4}(?!${digit})`,
      'gi',
    ),
    mark: '$1［电话］',
  },
]

/** The text with a mark in the place of every such number. */
export const scrubbed = (text: string): string =>
  rules.reduce(
    (rest, { pattern, mark, holds }) =>
      rest.replace(pattern, (found: string, lead: unknown) => {
        if (holds && !holds(plainOf(found))) return found
        return mark.replace('$1', typeof lead === 'string' ? lead : '')
      }),
    text,
  )

/** Mobile numbers in it, as eleven plain digits: what a resident may be found by. */
export function mobilesIn(text: string): string[] {
  const found = [...text.matchAll(new RegExp(rules.find(({ kind }) => kind === 'phone')!.pattern))]
  return [...new Set(found.map(([number]) => plainOf(number).replace(/\D/g, '').slice(-11)))]
}

/** A number as somebody is found by it, however it was written: no spaces, no hyphens, no country. */
export function plainPhone(text: string): string | null {
  const digits = plainOf(text)
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '')
  return digits.length >= 7 && digits.length <= 15 ? digits : null
}

/**
 * What is certainly such a number in a text that nobody typed: identifiers are full of digits, so letters beside it or a wrong last
 * figure make it none. Land lines are not looked for.
 */
export function surelyPersonal(text: string): NumberKind[] {
  const certain: [NumberKind, RegExp, ((plain: string) => boolean)?][] = [
    ['identity-card', /(?<![\w.-])\d{17}[\dXx](?![\w.-])/g, isIdentityCard],
    ['bank-card', /(?<![\w.-])[4-6]\d{15,18}(?![\w.-])/g, isBankCard],
    ['phone', /(?<![\w.:-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\w.-])/g],
  ]
  return certain.flatMap(([kind, pattern, holds]) =>
    [...text.matchAll(pattern)].flatMap(([found]) => (!holds || holds(found) ? [kind] : [])),
  )
}

/** Narrow, and without what people put between. */
const plainOf = (text: string): string => text.normalize('NFKC').replace(/[-\s—·]/g, '')

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Of 18 figures: a day of birth that can be, and the right last figure. */
export function isIdentityCard(plain: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(plain)) return false
  const [month, day] = [Number(plain.slice(10, 12)), Number(plain.slice(12, 14))]
  if (!/^(18|19|20)/.test(plain.slice(6, 8)) || month < 1 || month > 12 || day < 1 || day > 31) return false
  const sum = weights.reduce((total, weight, nth) => total + weight * Number(plain[nth]), 0)
  return '10X98765432'[sum % 11] === plain[17]!.toUpperCase()
}

export function isBankCard(plain: string): boolean {
  if (!/^\d{16,19}$/.test(plain)) return false
  const sum = [...plain].toReversed().reduce((total, figure, nth) => {
    const value = Number(figure) * (nth % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
