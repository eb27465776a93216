// The requests of a case: how one is named, found and answered. Each is kept, whatever became of it.
import type { Request } from '#contract/approval'
import { isWaiting, ofKind } from '#contract/asks'
import type { Case } from '#contract/case'
import type { Instant, RequestId } from '#contract/ids'
import type { Ask } from '#contract/stage'

type Asked = Pick<Case, 'requests'>

export const waitingAs = (current: Asked, id: RequestId): Request | undefined =>
  current.requests?.find((request) => request.id === id && isWaiting(request))

/** Unique within its case: `extend-1`. */
export const nextRequestId = (current: Asked, what: Ask): RequestId =>
  `${what}-${ofKind(current, what).length + 1}` as RequestId

export const withAnswer = (
  current: Asked,
  id: RequestId,
  answer: NonNullable<Request['answer']>,
): { requests: Request[] } => ({
  requests: (current.requests ?? []).map((request) => (request.id === id ? { ...request, answer } : request)),
})

/** What can no longer be granted where the case stands now waits for nobody: it falls away as if it were withdrawn. */
export function fallenAway(
  current: Asked,
  isMeant: (request: Request) => boolean,
  now: Instant,
): { requests?: Request[] } {
  const falls = (request: Request) => isWaiting(request) && !isMeant(request)
  if (!current.requests?.some(falls)) return {}
  return {
    requests: current.requests.map((request) =>
      falls(request) ? { ...request, answer: { withdrawn: true, at: now } } : request,
    ),
  }
}
