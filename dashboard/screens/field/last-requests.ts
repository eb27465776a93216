// What became of what was asked for: shown over every task, so it comes with the first of the phone. Pure.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'

/** The last of each kind, the newest first: what waits, and what was said. */
export function lastRequests({ requests = [] }: Pick<Case, 'requests'>): Request[] {
  const last = new Map(requests.map((request) => [request.what, request]))
  return [...last.values()].sort((a, b) => b.at - a.at)
}
