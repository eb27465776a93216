// What of a case can be looked at: its pictures with what the machine saw in them, or the words of whoever told it.
import type { Case, CaseSource } from '#contract/case'
import type { EvidenceId } from '#contract/ids'
import { whyInWords } from '#contract/why-words'
import { sayDesk } from '../../words/desk.ts'
import { timeOf } from '../../words/times.ts'
import { language } from '../../words/words.ts'
import { personName, sourceMatter } from './facts.ts'
import type { Facts } from './facts.ts'

export interface Still {
  evidence: EvidenceId
  box: readonly [number, number, number, number] | undefined
  boxWords: string | undefined
  caption: string
  sourceKey: string
}

/** Every picture of the case: first what a machine drew a box on, then in the order they came. */
export function stillsOf(facts: Facts, subject: Case): Still[] {
  const stills = subject.sources.flatMap((source) =>
    source.evidence.map((evidence, i) => ({
      evidence,
      // The box belongs to the picture it came with.
      box: i === 0 ? source.box : undefined,
      boxWords: i === 0 ? boxWords(facts, source) : undefined,
      caption: `${teller(facts, source)}·${timeOf(source.firstAt, true)}`,
      sourceKey: source.key,
    })),
  )
  return [...stills.filter((still) => still.box), ...stills.filter((still) => !still.box)]
}

function boxWords(facts: Facts, source: CaseSource): string {
  const sure = source.confidence === undefined ? '' : ` ${source.confidence.toFixed(2)}`
  return `${sourceMatter(facts, source.matter)}${sure}`
}

/** 镜头 桥一-07，居民 随手报，网格 李强. */
function teller(facts: Facts, source: CaseSource): string {
  if (source.cameraId)
    return sayDesk('cameraNamed', { camera: facts.cameras.get(source.cameraId)?.name ?? source.cameraId })
  if (source.by.kind === 'person') return personName(facts, source.by.id)
  return kindOf(source)
}

function kindOf({ kind, channel }: CaseSource): string {
  switch (kind) {
    case 'camera-alert':
      return sayDesk('source.camera')
    case 'grid-report':
      return sayDesk('source.grid')
    case 'device-report':
      return sayDesk('source.device')
    case 'service-ticket':
      return sayDesk(channel === 'hotline' ? 'source.hotline' : 'source.resident')
    default:
      return kind satisfies never
  }
}

export interface SourceSays {
  key: string
  kind: string
  what: string
  time: string
  /** The first one carries no reason: it opened the case. */
  isFirst: boolean
  why: string
  isOrigin: boolean
  text: string
  pictures: number
}

/** Not joined: the case began with it. */
const origins = new Set<CaseSource['why']['rule']>(['split', 'reopened', 'branched', 'repeated'])

export function sourcesSay(facts: Facts, subject: Case): SourceSays[] {
  return subject.sources.map((source) => ({
    key: source.key,
    kind: kindOf(source),
    what: whatOf(facts, source),
    time: timeOf(source.firstAt, true),
    isFirst: source.why.rule === 'first',
    why: whyInWords(source.why, language.value),
    isOrigin: origins.has(source.why.rule),
    text: source.text ?? '',
    pictures: source.evidence.length,
  }))
}

function whatOf(facts: Facts, source: CaseSource): string {
  const parts = [whoTold(facts, source), sourceMatter(facts, source.matter)]
  if (source.confidence !== undefined) parts.push(source.confidence.toFixed(2))
  if (source.floor !== undefined) parts.push(sayDesk('floor', { n: source.floor }))
  return parts.filter(Boolean).join('　')
}

function whoTold(facts: Facts, source: CaseSource): string {
  if (source.cameraId) return facts.cameras.get(source.cameraId)?.name ?? source.cameraId
  if (source.by.kind === 'person') return personName(facts, source.by.id)
  return source.kind === 'service-ticket' ? sayDesk(`channel.${source.channel ?? 'page'}`) : ''
}

/** What a person wrote, where nothing was photographed. */
export const wordsOf = (subject: Case): string => subject.sources.find((source) => source.text)?.text ?? ''
