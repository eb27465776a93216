// The requests of a case: which wait, which count, and how one is answered. Each is kept, whatever became of it.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { Instant, RequestId } from '#contract/ids'
import type { Ask } from '#contract/stage'

type Asked = Pick<Case, 'requests'>

export const isWaiting = (request: Request): boolean => request.answer === undefined

export const waitingFor = (current: Asked, what: Ask): Request | undefined =>
  current.requests?.find((request) => request.what === what && isWaiting(request))

export const waitingAs = (current: Asked, id: RequestId): Request | undefined =>
  current.requests?.find((request) => request.id === id && isWaiting(request))

/** Unique within its case: `extend-1`. */
export const nextRequestId = (current: Asked, what: Ask): RequestId =>
  `${what}-${ofKind(current, what).length + 1}` as RequestId

export const ofKind = (current: Asked, what: Ask): Request[] =>
  (current.requests ?? []).filter((request) => request.what === what)

export const isGranted = ({ answer }: Request): boolean => answer !== undefined && 'yes' in answer && answer.yes

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
