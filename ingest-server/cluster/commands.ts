// What may be typed to a running constellation, one line at a time, and what is said to it: Chinese first.
import type { Words } from '#contract/language'
import type { Constellation } from './constellation.ts'
import type { Part } from './part.ts'

/** `quit`: whoever reads the lines ends everything. */
export type Said = { words: Words; quit?: true }

const verbs = ['kill', 'stop', 'start', 'flush', 'state', 'quit', 'help'] as const
type Verb = (typeof verbs)[number]

const chinese: Record<string, Verb> = {
  杀: 'kill',
  停: 'stop',
  启动: 'start',
  清空: 'flush',
  看: 'state',
  退出: 'quit',
  帮助: 'help',
}

export const helpInWords: Words = {
  zh:
    '可以输入：kill 1（像断电一样杀掉节点 1）、stop 2（让节点 2 好好退出）、start 1，' +
    'kill redis、start redis、kill postgres、start postgres、kill mosquitto，flush（清空 Redis）、state（现在怎样）、quit（全部退出）',
  en:
    'type: kill 1 (as a power cut), stop 2 (ends well), start 1, kill redis, start redis, kill postgres, start postgres, ' +
    'kill mosquitto, flush (empties Redis), state, quit',
}

/** Never rejects: what fails is said. */
export async function obey(line: string, all: Constellation): Promise<Said> {
  const [typed = '', name = ''] = line.trim().toLowerCase().split(/\s+/)
  const verb = chinese[typed] ?? verbs.find((one) => one === typed)
  switch (verb) {
    case undefined:
    case 'help':
      return { words: helpInWords }
    case 'quit':
      return { words: { zh: '正在退出。', en: 'Ending.' }, quit: true }
    case 'state':
      return { words: stateInWords(all) }
    case 'flush':
      return attempt('redis', { zh: 'Redis 已清空', en: 'Redis is empty' }, () => all.redis.flush())
    case 'kill':
    case 'stop':
    case 'start': {
      const part = partsOf(all).find((one) => one.name === name)
      if (!part) return { words: unknownPart(name, all) }
      return attempt(part.name, done[verb](part.name), () => part[verb]())
    }
    default:
      return verb satisfies never
  }
}

const partsOf = ({ nodes, postgres, redis, mosquitto }: Constellation): Part[] => [
  ...nodes,
  ...[postgres, redis],
  ...(mosquitto ? [mosquitto] : []),
]

const done: Record<'kill' | 'stop' | 'start', (name: string) => Words> = {
  kill: (name) => ({ zh: `「${name}」已杀掉`, en: `${name} is killed` }),
  stop: (name) => ({ zh: `「${name}」已退出`, en: `${name} has ended` }),
  start: (name) => ({ zh: `「${name}」已就绪`, en: `${name} is ready` }),
}

async function attempt(name: string, words: Words, act: () => Promise<unknown>): Promise<Said> {
  const began = performance.now()
  try {
    await act()
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`
    return { words: { zh: `${words.zh}（${took}）。`, en: `${words.en} (${took}).` } }
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault)
    return { words: { zh: `「${name}」没有做到：${why}`, en: `${name} failed: ${why}` } }
  }
}

function unknownPart(name: string, all: Constellation): Words {
  const names = partsOf(all).map((part) => part.name)
  return {
    zh: `没有「${name}」；有：${names.join('、')}。`,
    en: `There is no ${name}; there are: ${names.join(', ')}.`,
  }
}

function stateInWords(all: Constellation): Words {
  const ready = new Set(all.balancer.ready())
  const rows = partsOf(all).map((part) => {
    const isOut = 'port' in part && all.nodes.some((node) => node === part) && !ready.has(part.port as number)
    return { name: part.name, pid: part.pid(), isOut }
  })
  const row = (words: { runs: string; out: string; off: string }) =>
    rows
      .map(
        ({ name, pid, isOut }) => `${name}  ${pid === null ? words.off : `${isOut ? words.out : words.runs} ${pid}`}`,
      )
      .join('\n')
  return {
    zh: row({ runs: '在运行，进程', out: '在运行但还不接活，进程', off: '没在运行' }),
    en: row({ runs: 'runs, process', out: 'runs and takes no work yet, process', off: 'does not run' }),
  }
}
