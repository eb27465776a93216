// A test of a source down the road: read and judged as if it were real, then kept as a synthetic alarm that reaches nobody.
import type { Decision } from '../case-engine/decision.ts'
import type { Command } from '#contract/command'
import type { Ground } from '#contract/ground'
import type { CameraId, Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import { refusals } from '#contract/refusal'
import { Report, type IncomingReport } from '#contract/report'
import type { SourceTested, TestStation, TestStep } from '#contract/source-test'
import { whyInWords } from '#contract/why-words'
import type { Desk } from '../desk/port.ts'
import type { Source } from '../records/port.ts'
import { commandFor } from './intake-command.ts'
import { withoutPersonal } from './intake-personal.ts'
import type { Parcel } from './intake-road.ts'
import { explained, objection } from './intake-settle.ts'
import { probeMatter } from './probe-paths.ts'
import { dialectOf, openDialects } from './vendors/dialects.ts'
import { isNo, type Item, type No } from './vendors/reading.ts'

interface TestNeeds {
  desk: Pick<Desk, 'submit'>
  /** What the desk would make of it now; nothing is kept. */
  wouldDecide: (command: Command) => Decision
  ground?: Pick<Ground, 'cameras'> | undefined
  knowsMatter: (matter: string) => boolean
  /** What a matter is called; undefined where it is none of ours. */
  matterWords: (matter: string) => Words | undefined
  now: () => Instant
  /** Runs ever forwards. */
  seconds: () => number
  newId: () => string
}

interface Passed {
  words: Words
}
type Station<T> = (T & Passed) | No

export function openIntakeTest(needs: TestNeeds): (parcel: Parcel) => Promise<SourceTested> {
  const { ground, now, seconds } = needs

  return async function test(parcel) {
    // A memory of its own: what is made up must not mix with an alarm that goes on.
    const dialects = openDialects()
    const steps: TestStep[] = []

    async function pass<T>(station: TestStation, run: () => Promise<Station<T>> | Station<T>) {
      const began = seconds()
      const came = await run()
      const words = isNo(came) ? (came.words ?? refusals[came.refusal]) : came.words
      steps.push({ station, ok: !isNo(came), words, milliseconds: Math.round((seconds() - began) * 10_000) / 10 })
      return isNo(came) ? null : came
    }
    const tested = (ok: boolean): SourceTested => ({ ok, dialect: parcel.dialect, steps })

    await pass('proved', () => ({
      words: {
        zh: `来源「${parcel.source.name}」，用一次性测试令牌`,
        en: `the source ${parcel.source.name}, by a token good for one test`,
      },
    }))
    const seen = await pass('read', () => read(parcel, dialects))
    if (!seen) return tested(false)
    if (seen.report && !(await pass('judged', () => judge(parcel.source, seen.report!)))) return tested(false)
    return tested((await pass('kept', () => keepProbe(parcel.source))) !== null)
  }

  async function read(parcel: Parcel, dialects: ReturnType<typeof openDialects>): Promise<Station<Seen>> {
    const dialect = dialectOf(dialects, parcel.dialect)
    if (!dialect) return { refusal: 'dialect-unknown' }
    const { body, contentType, headers, topic, source: sender } = parcel
    const reading = await dialect({ body, contentType, headers, topic, sender, now: now() })
    return isNo(reading) ? reading : seenIn(reading, needs)
  }

  /** The sample's camera is the vendor's own; where the site has no such one, another of its cameras stands in for it. */
  function judge(source: Source, given: IncomingReport): Station<object> {
    const stranger = given.cameraId && ground && !ground.cameras.has(given.cameraId) ? given.cameraId : null
    const ours = stranger && standIn(source)
    const incoming = {
      ...given,
      ...(ours && { cameraId: ours }),
      ...{ eventId: `test-${needs.newId()}`, phase: 'new' as const, evidence: [], occurredAt: now() },
    }
    const no = objection(incoming, now(), { knowsMatter: needs.knowsMatter, evidence: { has: () => true } })
    if (no) return no
    const decision = needs.wouldDecide(commandFor(source.id, Report.parse(withoutPersonal(incoming).report)))
    if ('refusal' in decision) return explained(decision.refusal, incoming)
    return { words: together(ours ? stoodIn(stranger, ours) : null, wouldBe(decision)) }
  }

  function standIn({ cameras }: Source): CameraId | null {
    const mapped = Object.values(cameras).find((id) => ground?.cameras.has(id as CameraId))
    return (mapped as CameraId | undefined) ?? ground?.cameras.keys().next().value ?? null
  }

  async function keepProbe(source: Source): Promise<Station<object>> {
    const probe = Report.parse({
      ...{ kind: 'device-report', eventId: `test-${needs.newId()}`, matter: probeMatter, occurredAt: now() },
    })
    const command = commandFor(source.id, probe)
    const decision = needs.wouldDecide(command)
    // Only what makes no case may be made up.
    if ('refusal' in decision || decision.events.some(({ type }) => type !== 'probed')) return noScenario
    const outcome = await needs.desk.submit(command)
    if (!outcome.ok) return outcome
    return {
      words: {
        zh: `合成告警写进了日志第 ${outcome.revision} 行；不立案，也不通知任何人`,
        en: `the synthetic alarm is line ${outcome.revision} of the journal; no case, and nobody was told`,
      },
    }
  }
}

interface Seen {
  report: IncomingReport | null
}

function seenIn(items: readonly Item[], { matterWords }: Pick<TestNeeds, 'matterWords'>): Station<Seen> {
  const refused = items.find((item) => item.kind === 'refused')
  if (refused) return refused.no
  const reports = items.flatMap((item) => (item.kind === 'report' ? [item.report] : []))
  const [report = null] = reports
  if (report) {
    const { matter, cameraId } = report
    const called = matterWords(matter) ?? { zh: matter, en: matter }
    const [zhWhere, enWhere] = cameraId ? [`，镜头「${cameraId}」`, `, camera ${cameraId}`] : ['', '']
    return {
      report,
      words: {
        zh: `读出 ${reports.length} 条，第一条是「${called.zh}」${zhWhere}`,
        en: `${reports.length} read, the first one ${called.en}${enWhere}`,
      },
    }
  }
  const what = items.some(({ kind }) => kind === 'sign')
    ? { zh: '读出的是心跳，不必判断', en: 'a heartbeat: nothing to be judged' }
    : { zh: '读懂了，但都不是要管的事', en: 'understood, and none of it is ours' }
  return { report, words: what }
}

const levels: Record<number, Words> = {
  1: { zh: '一级', en: 'level I' },
  2: { zh: '二级', en: 'level II' },
  3: { zh: '三级', en: 'level III' },
  4: { zh: '四级', en: 'level IV' },
}

function wouldBe(decision: Exclude<Decision, { refusal: unknown }>): Words {
  const opened = decision.events.find((event) => event.type === 'opened')
  if (opened) {
    const level = levels[opened.subject.level] ?? { zh: '', en: '' }
    return { zh: `会立一件新案件，${level.zh}`, en: `it would open a case, ${level.en}` }
  }
  const why = (language: 'zh' | 'en') => (decision.why ? whyInWords(decision.why, language) : '')
  return {
    zh: `会并入案件 ${decision.caseId ?? ''}（${why('zh')}）`,
    en: `it would join the case ${decision.caseId ?? ''} (${why('en')})`,
  }
}

const stoodIn = (theirs: string, ours: string): Words => ({
  zh: `样例里的镜头「${theirs}」不在地图上，用「${ours}」代替；`,
  en: `the sample's camera ${theirs} is not on the map, ${ours} stands in for it; `,
})

const together = (lead: Words | null, rest: Words): Words =>
  lead ? { zh: lead.zh + rest.zh, en: lead.en + rest.en } : rest

const noScenario: No = {
  refusal: 'matter-unknown',
  words: {
    zh: '没有自检场景，合成告警无处可去；请恢复 alarm-path-check 场景。',
    en: 'No scenario takes the synthetic alarm: restore alarm-path-check.',
  },
}
