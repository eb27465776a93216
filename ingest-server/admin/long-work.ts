// Long work of the command line: how far it is, now and then; stopped without harm; its no in the caller's language.
import { NotUsable } from '../engines/fault.ts'
import { Stopped, type Step, type Work } from '../backup/work.ts'
import { no, type Answer, type SystemCall } from './call.ts'

const saidEvery = 2000

const names: Readonly<Record<Step, { zh: string; en: string }>> = {
  journal: { zh: '日志', en: 'journal' },
  records: { zh: '账目', en: 'records' },
  keys: { zh: '居民密钥', en: 'residents’ keys' },
  pictures: { zh: '图片', en: 'pictures' },
  files: { zh: '文件', en: 'files' },
  proof: { zh: '核对日志', en: 'walking the journal' },
}

/** Says what it is at, at most every two seconds and once for each step's end. */
export function workOf(call: SystemCall): Work {
  let saidAt = call.now()
  return {
    stopped: call.stopped,
    onStep(what, done, of) {
      if (call.now() - saidAt < saidEvery) return
      saidAt = call.now()
      call.complain(`${names[what][call.language]} ${done} / ${of}`)
    },
  }
}

/** A no of the rooms below as the command line says one; `left` stands behind the word that it was stopped. */
export async function orNo(work: () => Promise<Answer>, left: { zh: string; en: string }): Promise<Answer> {
  try {
    return await work()
  } catch (fault) {
    if (fault instanceof Stopped) return no(`停下了：${left.zh}`, `Stopped: ${left.en}`)
    if (!(fault instanceof NotUsable)) throw fault
    const [zh = '', en = zh] = fault.message.split('\n')
    return no(zh, en)
  }
}

export const sizeInWords = (bytes: number): string =>
  bytes < 1e6
    ? `${Math.ceil(bytes / 1e3)} KB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(2)} GB`
