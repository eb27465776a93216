// The devices of GB/T 28181: which source each belongs to, and the password it registers with.
import { SourceId } from '#contract/ids'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { oneCell } from './plain.ts'

async function add(call: Call): Promise<Answer> {
  const [id = '', device = ''] = call.words
  if (!/^(?:\d{20}|\d{18})$/.test(device))
    return wrong('设备编码是 20 位（或 18 位）数字。', 'The number of a device has 20 (or 18) digits.')
  const source = SourceId.safeParse(id)
  if (!source.success || !call.records.sources.live().has(source.data))
    return no(`没有在用的来源「${id}」，请先 source add。`, `No source ${id} is in use: add it first with source add.`)
  const password = await call.records.sipDevices.add(device, source.data, call.now())
  await note(call, 'sip-device-added', `${device} ${id}`)
  tell(
    call,
    `设备 ${device} 可以注册，归来源 ${id}。用户名就是设备编码，密码只显示这一次：`,
    `Device ${device} may register, for the source ${id}. Its user name is its number; its password, shown this once:`,
  )
  call.say(password)
  return null
}

async function list(call: Call): Promise<Answer> {
  const wanted = textOf(call, 'source')
  for (const { device, sourceId, addedAt } of await call.records.sipDevices.list())
    if (wanted === undefined || wanted === sourceId)
      call.say([device, sourceId, localTime(addedAt)].map(oneCell).join('\t'))
  return null
}

async function remove(call: Call): Promise<Answer> {
  const [device = ''] = call.words
  if (!(await call.records.sipDevices.remove(device)))
    return no(`没有登记设备「${device}」，请用 sip list 查看。`, `No device ${device} is named: see sip list.`)
  await note(call, 'sip-device-removed', device)
  tell(call, `设备 ${device} 不能再注册。`, `Device ${device} may no longer register.`)
  return null
}

export const sipCommands: Record<string, AdminCommand> = {
  'source sip': {
    usage: 'source sip ID 设备编码',
    says: {
      zh: '国标设备可以用 SIP 注册，归这个来源；密码只显示一次，再来一次就换新密码',
      en: 'a GB/T 28181 device may register by SIP, for this source; its password is shown once, and once more is a new one',
    },
    standsOn: 'records.db',
    takes: 2,
    run: add,
  },
  'sip list': {
    usage: 'sip list [--source ID]',
    says: { zh: '所有能注册的国标设备', en: 'all devices that may register by SIP' },
    standsOn: 'records.db',
    takes: 0,
    options: { source: { type: 'string' } },
    run: list,
  },
  'sip remove': {
    usage: 'sip remove 设备编码',
    says: { zh: '设备不能再注册', en: 'a device may no longer register' },
    standsOn: 'records.db',
    takes: 1,
    run: remove,
  },
}
