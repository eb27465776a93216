// The answer the standard wants to an alarm, beside that of SIP: a MANSCDP message of its own.
import { isDeviceNumber } from './gb28181-device.ts'
import { leafOf } from './gb28181-leaf.ts'
import { manscdpText } from './gb28181-text.ts'
import { isNo } from './reading.ts'
import { parseXml } from './xml.ts'

/** Null for what is no alarm, or says too little to be answered. */
export function replyTo(body: Buffer, taken: boolean): Buffer | null {
  const text = manscdpText(body)
  const parsed = isNo(text) ? text : parseXml(text)
  if (isNo(parsed)) return null
  const [root = '', notify] = Object.entries(parsed.value)[0] ?? []
  const [command, serial, device] = ['CmdType', 'SN', 'DeviceID'].map((name) => leafOf(notify, name) ?? '') as [
    string,
    string,
    string,
  ]
  const isAlarm = /^notify$/i.test(root) && /^alarm$/i.test(command)
  // Only digits are written back: what a device sends is never repeated into a message of ours.
  if (!isAlarm || !/^\d{1,20}$/.test(serial) || !isDeviceNumber(device)) return null
  const lines = [
    '<?xml version="1.0" encoding="GB2312"?>',
    ...['<Response>', '<CmdType>Alarm</CmdType>', `<SN>${serial}</SN>`, `<DeviceID>${device}</DeviceID>`],
    ...[`<Result>${taken ? 'OK' : 'ERROR'}</Result>`, '</Response>'],
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}
