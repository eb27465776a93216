// The checklist of OWASP ASVS 5.0.0, levels 1 and 2: whole, and nothing claimed that does not stand in SPEC or in a file.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const Requirement = z.strictObject({
  id: z.string().regex(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/),
  level: z.union([z.literal(1), z.literal(2)]),
  asks: z.string().min(3),
  answer: z.enum(['met', 'not-met', 'not-applicable']),
  rules: z.array(z.string()).min(1).optional(),
  files: z.array(z.string()).min(1).optional(),
  why: z.string().min(3).optional(),
})
const Checklist = z.strictObject({
  standard: z.string(),
  says: z.string(),
  requirements: z.array(Requirement),
})
const { requirements } = Checklist.parse(JSON.parse(read('security/asvs.json')))

/** How many each chapter has at level 1 and at level 2 in the standard's own list. */
const chapters: Record<string, readonly [number, number]> = {
  1: [8, 19],
  2: [4, 7],
  3: [8, 11],
  4: [2, 8],
  5: [4, 5],
  6: [13, 22],
  7: [6, 12],
  8: [4, 3],
  9: [4, 3],
  10: [5, 24],
  11: [3, 11],
  12: [3, 6],
  13: [1, 12],
  14: [2, 7],
  15: [3, 10],
  16: [0, 16],
  17: [0, 7],
}

it('[SU7] each requirement of both levels is answered once', () => {
  const ids = requirements.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  for (const [chapter, counts] of Object.entries(chapters)) {
    const own = requirements.filter(({ id }) => id.startsWith(`${chapter}.`))
    expect(
      [1, 2].map((level) => own.filter((one) => one.level === level).length),
      `chapter ${chapter}`,
    ).toEqual(counts)
  }
  expect(requirements).toHaveLength(253)
})

it('[SU7] what is met is met by a rule or a file that is there; what is not, or does not apply, says why', () => {
  const rules = new Set(
    [...read('ingest-server/SPEC.md').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1]),
  )
  for (const { id, answer, rules: cited = [], files = [], why } of requirements) {
    expect(cited.filter((rule) => !rules.has(rule)), id).toEqual([]) // prettier-ignore
    expect(files.filter((file) => !existsSync(join(root, file))), id).toEqual([]) // prettier-ignore
    if (answer === 'met') expect(cited.length + files.length, id).toBeGreaterThan(0)
    else expect(why, id).toBeDefined()
  }
})
