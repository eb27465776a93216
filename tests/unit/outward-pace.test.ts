// When what was not taken is tried again: seconds, then half days, for five days; and when the other side says when.
import { describe, expect, it } from 'vitest'
import { usually } from '../../ingest-server/doors/outward-kind.ts'
import { isGivenUp, quietFor, waitBefore } from '../../ingest-server/doors/outward-pace.ts'
import { OutwardUrl } from '#contract/neighbour'

const [second, hour, day] = [1000, 3_600_000, 86_400_000]

describe('trying again', () => {
  it('[EX44] the first wait is at most 5 s, each later one twice as long, none longer than 12 hours', () => {
    expect(waitBefore(1, 1)).toBe(5 * second)
    expect(waitBefore(2, 1)).toBe(10 * second)
    expect(waitBefore(12, 1)).toBe(5 * second * 2 ** 11)
    expect(waitBefore(14, 1)).toBe(5 * second * 2 ** 13)
    for (const tries of [15, 20, 500]) expect(waitBefore(tries, 1)).toBe(12 * hour)
  })

  it('[EX44] half of each wait is drawn, so that a thousand do not come back in one moment', () => {
    expect(waitBefore(3, 0)).toBe(10 * second)
    expect(waitBefore(3, 0.5)).toBe(15 * second)
    expect(waitBefore(3, 1)).toBe(20 * second)
  })

  it('[EX44] five days after its first try it is given up, and no sooner', () => {
    expect(isGivenUp(null, 9 * day)).toBe(false)
    expect(isGivenUp(0, 5 * day)).toBe(false)
    expect(isGivenUp(0, 5 * day + 1)).toBe(true)
  })

  it('[EX45] a 429 or 503 says how long it wants quiet: in seconds or as a date', () => {
    const now = Date.parse('2026-11-21T01:31:00Z')
    const said = (status: number, after: string) =>
      quietFor({ status, headers: new Headers({ 'retry-after': after }) }, now)
    expect(said(429, '120')).toBe(120 * second)
    expect(said(503, 'Sat, 21 Nov 2026 01:41:00 GMT')).toBe(600 * second)
    expect(said(503, '99999999')).toBe(12 * hour)
    for (const nonsense of ['-5', 'soon', '', '0', 'Sat, 21 Nov 2020 01:41:00 GMT'])
      expect(said(503, nonsense)).toBeNull()
    expect(said(500, '120')).toBeNull()
  })

  it.each([
    [200, 'taken'],
    [202, 'taken'],
    [204, 'taken'],
    [301, 'again'],
    [401, 'again'],
    [403, 'again'],
    [404, 'again'],
    [408, 'again'],
    [409, 'again'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
    [400, 'never'],
    [413, 'never'],
    [415, 'never'],
    [422, 'never'],
    [410, 'gone'],
  ] as const)('[EX46] an answer of %i is %s', (status, meant) => expect(usually({ status })).toBe(meant))
})

it('[EX49] only http(s) is posted to, and never with a name, a password or a fragment in the address', () => {
  for (const fine of ['https://district.example/in', 'http://10.1.2.3:8080/a?b=c'])
    expect(OutwardUrl.safeParse(fine).success).toBe(true)
  for (const wrong of [
    ...['file:///etc/passwd', 'ftp://a.example/', 'gopher://a.example/', 'javascript:alert(1)', 'data:text/plain,a'],
    ...[
      'https://name:word@district.example/',
      'https://name@district.example/',
      'https://a.example/#b',
      'district',
      '',
    ],
  ])
    expect([wrong, OutwardUrl.safeParse(wrong).success]).toEqual([wrong, false])
})

it('[EX76] this machine and its network may be told; link-local and nobody’s addresses may not, however they are written', () => {
  for (const fine of [
    'http://127.0.0.1:9000/',
    'http://localhost/',
    'http://192.168.1.9/',
    'http://[fd00::1]/',
    'https://0.example/',
  ])
    expect([fine, OutwardUrl.safeParse(fine).success]).toEqual([fine, true])
  for (const wrong of [
    ...['http://169.254.169.254/latest/meta-data', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://169.254.43518/'],
    ...['http://[::ffff:169.254.169.254]/', 'http://[fe80::1]/', 'http://0.0.0.0/', 'http://0/', 'http://[::]/'],
    ...['http://224.0.0.1/', 'http://255.255.255.255/', 'http://[ff02::1]/'],
  ])
    expect([wrong, OutwardUrl.safeParse(wrong).success]).toEqual([wrong, false])
})
