// The mapping files that make a new box or a new table data: what a dialect asks of whoever reads them.
import { z } from 'zod'
import type { Words } from '#contract/language'
import type { BoxMap } from './box-map.ts'
import type { TableMap } from './table-map.ts'
import type { No } from './reading.ts'

/** What stands behind the dot in `edge-box.sophon`, and in the file's name. */
export const MappingName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)

export interface MappingKinds {
  boxes: BoxMap
  tables: TableMap
}
export type MappingKind = keyof MappingKinds

/** In one sentence, with the file and the line it is about. */
export interface MappingFault {
  file: string
  line: number
  words: Words
}

/** Live: what is asked now is what the files say now. */
export interface Mappings {
  find<K extends MappingKind>(kind: K, name: string): MappingKinds[K] | undefined
  names(kind: MappingKind): string[]
  /** Why a file of that name is not in force, where there is one. */
  fault(kind: MappingKind, name: string): MappingFault | undefined
}

export const noMappings: Mappings = { find: () => undefined, names: () => [], fault: () => undefined }

/** The mapping, or why there is none. */
export function mappingFor<K extends MappingKind>(
  mappings: Mappings,
  kind: K,
  name: string | undefined,
): MappingKinds[K] | No {
  const found = name === undefined ? undefined : mappings.find(kind, name)
  if (found) return found
  const fault = name === undefined ? undefined : mappings.fault(kind, name)
  return fault ? brokenFile(fault) : noSuchFile(mappings, kind, name)
}

export const faultInWords = ({ file, line, words }: MappingFault): Words => ({
  zh: `${file} 第 ${line} 行：${words.zh}`,
  en: `${file}, line ${line}: ${words.en}`,
})

function brokenFile(fault: MappingFault): No {
  const { zh, en } = faultInWords(fault)
  return {
    refusal: 'dialect-unknown',
    words: { zh: `映射文件不对，${zh}。`, en: `The mapping file is not right: ${en}.` },
  }
}

const dialectOf: Record<MappingKind, string> = { boxes: 'edge-box', tables: 'table' }

function noSuchFile(mappings: Mappings, kind: MappingKind, name = ''): No {
  const known = mappings.names(kind).map((one) => `${dialectOf[kind]}.${one}`)
  return {
    refusal: 'dialect-unknown',
    words: {
      zh: `没有映射文件 ${kind}/${name || '名称'}.json；现有：${known.join('、') || '无'}。`,
      en: `There is no mapping file ${kind}/${name || 'NAME'}.json; there are: ${known.join(', ') || 'none'}.`,
    },
  }
}
