// What lies in quarantine, as who keeps the system may read it: enough to mend a mapping, and nothing of anybody.
import { expect, it } from 'vitest'
import { maskedBody, maskedLabel, maskedReason } from '../../ingest-server/doors/quarantine-masked.ts'

const canaries = [
  '钱小满',
  '小满',
  'Qian',
  '13912340000',
  '64001234',
  '702',
  '家里',
  '110101199003074477',
  'Q0FOQVJZ',
  '31.2075',
]
const clean = (text: string | null) => canaries.filter((one) => text?.includes(one))

it('[AU62] of JSON the names, codes and times stay; words, numbers, places, pictures and whoever it is about do not', () => {
  const body = {
    ...{
      eventId: 'e-1',
      matter: 'smoke',
      cameraIndexCode: 'cam_047',
      happenTime: '2026-11-21T09:31:00+08:00',
      level: 2,
    },
    ...{ at: { lon: 121.4725, lat: 31.2075 }, text: '家里漏水，9 号 702 室', 联系人: 'Qian', phone: 13912340000 },
    ...{ caller: { id: 'Qian', alias: 'Qian' }, callback: '021-64001234', snapUrl: 'http://10.0.0.9/702.jpg' },
    ...{ faceFeature: 'Q0FOQVJZ', list: [{ title: '钱小满', code: '110101199003074477' }], at_ms: 1763692800000 },
  }
  const masked = maskedBody(JSON.stringify(body), 'zh')
  expect(clean(masked)).toEqual([])
  for (const kept of [
    '"eventId": "e-1"',
    '"matter": "smoke"',
    '"cam_047"',
    '09:31:00+08:00',
    '"level": 2',
    '1763692800000',
  ])
    expect(masked).toContain(kept)
  expect(masked).toContain('［略 12 字］')
  expect(maskedBody(JSON.stringify(body), 'en')).toContain('[12 characters withheld]')
})

it('[AU62] of XML likewise, tag by tag; what cannot be told apart is not shown at all', () => {
  const xml = `<?xml version="1.0"?><Notify><CmdType>Alarm</CmdType><DeviceID>34020000001340000001</DeviceID>
    <!-- 钱小满 --><Name>Qian</Name><Info tel="13912340000" kind='fire'>家里<![CDATA[ 702 ]]></Info></Notify>`
  const masked = maskedBody(xml, 'zh')
  expect(clean(masked)).toEqual([])
  expect(masked).toContain('<CmdType>Alarm</CmdType>')
  expect(masked).toContain('kind="fire"')
  for (const body of ['name=Qian&phone=13912340000', '事项,联系人\n漏水,钱小满', ''])
    expect(maskedBody(body, 'zh')).toBeNull()
})

it('[AU62] the reason keeps the word that is to be mapped, and quotes nothing else of anybody', () => {
  const said = (refusal: 'matter-unknown' | 'wrong-shape' | 'outside-subdistrict', words: string) =>
    maskedReason({ refusal, words }, 'zh')
  expect(said('matter-unknown', 'matter「垃圾暴露」：没有这个事项')).toBe('matter「垃圾暴露」：没有这个事项')
  expect(clean(said('wrong-shape', 'tel：「钱小满 13912340000」不是电话'))).toEqual([])
  expect(said('wrong-shape', 'time: 「2026-11-21 09:31」不是有效的日期时间')).toContain('2026-11-21 09:31')
  expect(clean(said('outside-subdistrict', 'at 121.4725, 31.2075（wgs84）：不在街道内'))).toEqual([])
  const answers = [{ ok: false, refusal: 'wrong-shape', words: '「钱小满」不对' }] as never
  const label = { refusal: 'wrong-shape', words: '「钱小满」不对', replayed: { at: 1, by: 'chen', answers } } as never
  expect(clean(JSON.stringify(maskedLabel(label, 'zh')))).toEqual([])
})
