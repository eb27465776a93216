// Walls: a link for each, which makes the first device that opens it the wall.
import { AccountName } from '../records/names.ts'
import { NameTaken } from '../records/port-people.ts'
import { listOf, no, note, tell, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { siteCommand } from './kiosk-site.ts'
import { placeIdsOf } from './places.ts'
import { noPlace } from './users.ts'
import { oneCell } from './plain.ts'

async function add(call: Call): Promise<Answer> {
  const name = AccountName.safeParse(call.words[0])
  if (!name.success)
    return wrong(
      '大屏名称只能用文字、数字和 . _ -，最多 40 个字。',
      "A wall's name is up to 40 letters, figures, dots, hyphens or underscores.",
    )
  const named = listOf(call, 'places')
  const placeIds = named.length === 0 ? [] : placeIdsOf(call.places(), named)
  if ('unclear' in placeIds) return noPlace(placeIds.unclear)
  try {
    const link = await call.records.kiosks.add(name.data, placeIds, call.now())
    await note(call, 'kiosk-added', name.data)
    tell(
      call,
      `大屏「${name.data}」已建。在那台设备上打开下面的链接，只能用一次：`,
      `Wall ${name.data}: open this link on its device. It works once.`,
    )
    call.say(`${call.address}/wall?kiosk=${link}`)
    return null
  } catch (fault) {
    if (!(fault instanceof NameTaken)) throw fault
    return no(
      `大屏「${name.data}」已有。要换设备，请先 kiosk withdraw 再 kiosk add。`,
      `There is a wall ${name.data}. For another device withdraw it, then add it again.`,
    )
  }
}

async function list(call: Call): Promise<Answer> {
  for (const wall of await call.records.kiosks.list()) {
    const bound = wall.boundAt === null ? '' : localTime(wall.boundAt)
    const seen = wall.seenAt === null ? '' : localTime(wall.seenAt)
    call.say(
      [wall.boundAt === null ? '○' : '●', wall.name, wall.placeIds.join(','), bound, seen].map(oneCell).join('\t'),
    )
  }
  tell(call, '● 已绑定（绑定于、最近在线） ○ 链接还没打开', '● bound (when, last seen) ○ its link was not opened yet')
  return null
}

async function withdraw(call: Call): Promise<Answer> {
  const walls = await call.records.kiosks.list()
  const wall = walls.find((one) => one.name === call.words[0])
  if (!wall)
    return no(
      `没有大屏「${call.words[0]}」，请用 kiosk list 查看。`,
      `There is no wall ${call.words[0]}: see kiosk list.`,
    )
  await call.records.kiosks.withdraw(wall.name)
  await note(call, 'kiosk-withdrawn', wall.name)
  tell(call, `大屏「${wall.name}」已停用。`, `Wall ${wall.name} is withdrawn.`)
  return null
}

export const kioskCommands: Record<string, AdminCommand> = {
  'kiosk add': {
    usage: 'kiosk add NAME [--places A,B]',
    says: { zh: '建大屏，链接只显示一次、只绑一台设备', en: 'a wall; its link is shown once and binds one device' },
    takes: 1,
    options: { places: { type: 'string' } },
    run: add,
  },
  'kiosk list': {
    usage: 'kiosk list',
    says: { zh: '所有大屏', en: 'all walls' },
    standsOn: 'records.db',
    takes: 0,
    run: list,
  },
  'kiosk site': siteCommand,
  'kiosk withdraw': {
    usage: 'kiosk withdraw NAME',
    says: { zh: '停用大屏', en: 'ends a wall' },
    standsOn: 'records.db',
    takes: 1,
    run: withdraw,
  },
}
