// What the demo's staff do beside the work itself: a call beforehand, a request, its answer, an urging, a call afterwards.
import type { Case } from '#contract/case'
import { isOpen } from '#contract/stage'
import { as, chiefOf, holderOf, isVisitor, minute, mood, second, waited } from './scene.ts'
import type { Next } from './scene.ts'

/** The first that fits, or nothing beside the work. */
export const chore: Next = (current, scene, load) => {
  for (const one of chores) {
    const move = one(current, scene, load)
    if (move) return move
  }
  return null
}

/** The phone says it itself, some seconds after the word went out. */
const deliver: Next = (current, scene) => {
  if (!isOpen(current.stage)) return null
  for (const receipt of current.told) {
    const person = scene.people.get(receipt.personId)
    if (!person || receipt.deliveredAt !== undefined || (scene.visitors && isVisitor(person.id))) continue
    if (scene.now - receipt.toldAt < 2 * second + mood(current.id, `reach ${person.id}`) * 6 * second) continue
    return { by: as(person), wish: { type: 'deliver', caseId: current.id } }
  }
  return null
}

const isTicket = (current: Case): boolean => current.sources.some((source) => source.kind === 'service-ticket')
const hasDone = (current: Case, verb: string): boolean => current.steps.some((step) => step.verb === verb)

const contact: Next = (current, scene) => {
  const holder = holderOf(current, scene)
  if (!holder || !isTicket(current) || current.stage !== 'handling' || hasDone(current, 'contact')) return null
  return mood(current.id, 'contact') < 0.85 && waited(current, scene, 'call', 30 * second, 90 * second)
    ? { by: as(holder), wish: { type: 'contact', caseId: current.id } }
    : null
}

/** Some things take longer than the limit, some cannot be done today at all. */
const ask: Next = (current, scene) => {
  const holder = holderOf(current, scene)
  if (!holder?.id || current.stage !== 'handling' || !current.holder?.arrivedAt || current.requests?.length) return null
  if (!waited(current, scene, 'ask', 2 * minute, 4 * minute)) return null
  const share = mood(current.id, 'ask')
  if (isTicket(current) && share < 0.08)
    return {
      by: as(holder),
      wish: {
        type: 'ask',
        caseId: current.id,
        what: 'hold',
        reason: '要换的阀门没货，厂家明天送',
        until: scene.now + 24 * 60 * minute,
      },
    }
  return share > 0.95 && current.level > 2
    ? {
        by: as(holder),
        wish: {
          type: 'ask',
          caseId: current.id,
          what: 'extend',
          reason: '住户下午才在家',
          longer: { amount: 2, unit: 'work-hours' },
        },
      }
    : null
}

/** A request's id is its case's own: `extend-1` stands in many. */
const grant: Next = (current, scene) => {
  const request = current.requests?.find((one) => one.answer === undefined)
  const chief = chiefOf(current, scene)
  if (!request || !chief) return null
  if (scene.now - request.at < (3 + mood(current.id, `think ${request.id}`) * 10) * minute) return null
  const answers = { caseId: current.id, request: request.id }
  return mood(current.id, `grant ${request.id}`) < 0.8
    ? { by: as(chief), wish: { type: 'approve', ...answers } }
    : { by: as(chief), wish: { type: 'reject', ...answers, reason: '先做临时处置，今天要见结果' } }
}

/** What ran over is asked about once. */
const urge: Next = (current, scene) => {
  const over = current.steps.find((step) => step.verb === 'over' && step.about === 'handle')
  const chief = over && chiefOf(current, scene)
  if (!over || !chief || current.urged || current.held || current.stage !== 'handling') return null
  return scene.now - over.at > 2 * minute
    ? { by: as(chief), wish: { type: 'urge', caseId: current.id, reason: '已过时限，请说明情况' } }
    : null
}

const answer: Next = (current, scene) => {
  const holder = holderOf(current, scene)
  if (!holder || !current.urged || current.urged.answeredAt !== undefined || !isOpen(current.stage)) return null
  return scene.now - current.urged.at > minute + mood(current.id, 'answer') * 4 * minute
    ? { by: as(holder), wish: { type: 'answer', caseId: current.id, note: '正在收尾，二十分钟内办完' } }
    : null
}

/** The phone says that an order is there; most come, one in ten has the hands full. */
const obey: Next = (current, scene) => {
  if (!isOpen(current.stage)) return null
  for (const order of current.orders ?? [])
    for (const { personId, sentAt, deliveredAt, takenAt, declinedAt } of order.to) {
      const person = scene.people.get(personId)
      if (!person || takenAt !== undefined || declinedAt !== undefined) continue
      if (scene.visitors && isVisitor(person.id)) continue
      const [since, own] = [scene.now - sentAt, `${order.id} ${personId}`]
      const hears = 2 * second + mood(current.id, `reach ${own}`) * 6 * second
      if (deliveredAt === undefined && since > hears)
        return { by: as(person), wish: { type: 'deliver', caseId: current.id } }
      if (since < 20 * second + mood(current.id, `think ${own}`) * 60 * second) continue
      const about = { caseId: current.id, order: order.id }
      return mood(current.id, `come ${own}`) < 0.9
        ? { by: as(person), wish: { type: 'comply', ...about } }
        : { by: as(person), wish: { type: 'decline', ...about, reason: '手上有一件走不开' } }
    }
  return null
}

const callBack: Next = (current, scene) => {
  if (current.stage !== 'closed' || !isTicket(current) || hasDone(current, 'callback')) return null
  const chief = chiefOf(current, scene)
  if (!chief || mood(current.id, 'callback') > 0.7 || !waited(current, scene, 'back', 10 * minute, 40 * minute))
    return null
  const content = mood(current.id, 'stars')
  const stars = content < 0.12 ? 3 : content < 0.4 ? 4 : 5
  return { by: as(chief), wish: { type: 'callback', caseId: current.id, fixed: true, stars } }
}

const chores: readonly Next[] = [deliver, obey, contact, ask, grant, urge, answer, callBack]
