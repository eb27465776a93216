// What a street keeps, brought to the version of this program: said from where to where, or only looked at.
import { stepsOf } from '../app/migrating.ts'
import type { Standing } from '../engines/migrate.ts'
import { tell, textOf, type Answer, type SystemCall, type SystemCommand } from './call.ts'
import { whichStreet } from './which-street.ts'

async function migrate(call: SystemCall): Promise<Answer> {
  const street = await whichStreet(call, textOf(call, 'street'))
  if ('no' in street) return street
  const onlyLook = call.options.check === true
  for (const { what, go } of await stepsOf(street)) say(call, what, await go(onlyLook), onlyLook)
  return null
}

function say(call: SystemCall, what: string, { ran, pending }: Standing, onlyLook: boolean): void {
  const [from, to] = [ran.at(-1) ?? '—', [...ran, ...pending].toSorted().at(-1) ?? '—']
  if (pending.length === 0) return tell(call, `${what}：已是最新（${to}）`, `${what}: up to date (${to})`)
  if (onlyLook)
    return tell(
      call,
      `${what}：现为 ${from}，还差 ${pending.length} 步到 ${to}：${pending.join('、')}`,
      `${what}: at ${from}, ${pending.length} steps short of ${to}: ${pending.join(', ')}`,
    )
  tell(call, `${what}：由 ${from} 升到 ${to}`, `${what}: brought from ${from} to ${to}`)
}

export const migrateCommands: Record<string, SystemCommand> = {
  migrate: {
    usage: 'migrate [--check] [--street 编码]',
    says: {
      zh: '把数据目录（或数据库里的街道）升到本程序的版本，说明由哪到哪；--check 只看不动',
      en: 'brings the data folder (or the street in the database) to this version and says from where to where; --check only looks',
    },
    takes: 0,
    options: { check: { type: 'boolean' }, street: { type: 'string' } },
    runs: migrate,
  },
}
