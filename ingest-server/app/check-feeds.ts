// What adds up to a case of its own: known matters, no two sums that would be one, and nothing that feeds itself.
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { said, unknown, unknownAmong } from './check-words.ts'

interface Checked {
  file: string
  rule: Scenario
}

export function checkFeeds(all: readonly Checked[]): RuleFault[] {
  const matters = new Set(all.flatMap(({ rule }) => rule.matters.map(({ code }) => code)))
  const fed = new Set(all.flatMap(({ rule }) => rule.feeds.map(({ opens }) => opens)))
  const sums = new Set<string>()
  return all.flatMap(({ file, rule }) =>
    rule.feeds
      .flatMap((feed, i) => {
        const path = `feeds[${i}]`
        const sum = `${feed.opens} ${feed.within}`
        const isTwice = sums.has(sum)
        sums.add(sum)
        return [
          ...unknownAmong(feed.matters, matters, `${path}.matters`, '事项', 'matter'),
          ...unknown(feed.opens, matters, `${path}.opens`, '事项', 'matter'),
          ...feed.matters
            .filter((matter) => fed.has(matter))
            .map((matter) =>
              said(`${path}.matters`, `「${matter}」本身就是累计出来的`, `${matter} is itself a sum of others`),
            ),
          ...(isTwice
            ? [
                said(
                  path,
                  `已有一条在同一层累计「${feed.opens}」`,
                  `another sums up to ${feed.opens} at the same level`,
                ),
              ]
            : []),
        ]
      })
      .map((wrong) => ({ file, ...wrong })),
  )
}
