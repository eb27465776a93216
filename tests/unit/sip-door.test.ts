// GB/T 28181 devices at the SIP door, by real sockets: they register, live, alarm, and are answered once what they said is kept.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { aDevice, byTcp, byUdp, nvr, server, sipOnTheWire } from '../suites/sip-gateway.ts'
import { noon } from '../suites/torture/fakes.ts'
import { turns } from '../world/test-clock.ts'

const samples = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const sample = (name: string): Buffer => readFileSync(join(samples, `gb28181-${name}.xml`))
const smoke = sample('smoke-gb2312')
const keepalive = sample('keepalive')

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Door = Awaited<ReturnType<typeof sipOnTheWire>>
async function open(...needs: Parameters<typeof sipOnTheWire>): Promise<Door> {
  const door = await sipOnTheWire(...needs)
  closing.push(door.close)
  return door
}
async function deviceAt({ port }: Door, given: Parameters<typeof aDevice>[1] = {}) {
  const wire = given.transport === 'TCP' ? await byTcp(port) : await byUdp(port)
  closing.push(wire.close)
  return aDevice(wire, given)
}
const serial = (number: number): Buffer =>
  Buffer.from(smoke.toString('latin1').replace('<SN>17430<', `<SN>${number}<`), 'latin1')

describe('a device', () => {
  it.each([
    ['UDP', false],
    ['UDP', true],
    ['TCP', false],
    ['TCP', true],
  ])('[IN92] registers over %s with its password, qop %s, and is heard', async (transport, qop) => {
    const door = await open()
    const device = await deviceAt(door, { transport })
    const answer = await device.registers(3600, qop)
    expect(answer.start).toBe('SIP/2.0 200 OK')
    expect(answer.headers).toMatchObject({
      expires: '3600',
      date: '2026-11-21T12:00:00.000',
      contact: expect.stringContaining(nvr),
    })
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({
      heardAt: noon,
      offline: null,
      sourceId: 'gb-gateway',
    })
  })

  it('[IN92] with a wrong password is turned away and never heard', async () => {
    const door = await open()
    const device = await deviceAt(door, { password: 'guess' })
    const answer = await device.registers()
    expect([answer.start, answer.headers['warning']]).toEqual([
      'SIP/2.0 403 Forbidden',
      expect.stringContaining('密码不对'),
    ])
    expect(door.room.hearing.find('gateway', nvr)).toBeUndefined()
  })

  it('[IN92] nobody has named is turned away, and so is one that speaks for another', async () => {
    const door = await open()
    const stranger = await deviceAt(door, { device: '31010100001180000009' })
    expect((await stranger.registers()).start).toBe('SIP/2.0 403 Forbidden')
    const device = await deviceAt(door)
    const other = device.write('REGISTER').toString().replace(`To: <sip:${nvr}`, 'To: <sip:31010100001180000009')
    expect((await device.says(other)).start).toBe('SIP/2.0 403 Forbidden')
  })

  it('[IN92] that plays a listened-to answer back is asked anew', async () => {
    const door = await open()
    const device = await deviceAt(door)
    const asked = await device.says(device.write('REGISTER'))
    const proof = device.credentials(asked.headers['www-authenticate']!, 'REGISTER')
    expect((await device.says(device.write('REGISTER', { headers: [proof] }))).start).toContain('200')
    const again = await device.says(device.write('REGISTER', { headers: [proof] }))
    expect([again.start, again.headers['www-authenticate']]).toEqual([
      'SIP/2.0 401 Unauthorized',
      expect.stringContaining('stale=true'),
    ])
    await door.pass(6 * 60_000)
    const old = await device.says(device.write('REGISTER', { headers: [proof] }))
    expect(old.headers['www-authenticate']).toContain('stale=true')
  })

  it('[IN92] that guesses is not listened to after twenty wrong passwords, not even with the right one', async () => {
    const door = await open()
    const thief = await deviceAt(door, { password: 'guess' })
    for (let nth = 0; nth < 20; nth++) await thief.registers()
    expect((await (await deviceAt(door)).registers()).start).toContain('403')
    await door.pass(5 * 60_000)
    expect((await (await deviceAt(door)).registers()).start).toContain('200')
  })

  it('[IN95] says by expires=0 that it goes, and is gone at once', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    expect((await device.registers(0)).headers['expires']).toBe('0')
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({ offline: { how: 'offline' } })
    expect((await device.sends(keepalive)).start).toContain('401')
  })

  it('[IN95] whose registration runs out is gone, and back with the next', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers(60)
    await door.pass(50_000)
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({ offline: null })
    await door.pass(20_000)
    await expect.poll(() => door.room.hearing.find('gateway', nvr)).toMatchObject({ offline: { how: 'last-will' } })
    await device.registers(60)
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({ offline: null })
  })

  it('[IN95] says that it lives, and which of its own do not', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    await door.pass(60_000)
    expect((await device.sends(keepalive)).start).toBe('SIP/2.0 200 OK')
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({ heardAt: noon + 60_000 })
    expect(door.room.hearing.find('camera', '31010100001310000007')).toMatchObject({ offline: { how: 'offline' } })
  })
})

describe('an alarm', () => {
  it.each(['UDP', 'TCP'])(
    '[IN96] in GB2312 over %s is kept before it is answered, and answered by a message of its own',
    async (transport) => {
      const door = await open()
      const device = await deviceAt(door, { transport })
      await device.registers()
      expect((await device.sends(smoke)).start).toBe('SIP/2.0 200 OK')
      expect(door.room.reports()).toMatchObject([{ matter: 'smoke', cameraId: '31010100001310000003' }])
      await expect.poll(device.told).toHaveLength(1)
      const [reply] = device.told()
      expect(reply!.start).toBe(`MESSAGE sip:${nvr}@${server.realm} SIP/2.0`)
      expect(reply!.body).toMatch(
        /<Response>\s*<CmdType>Alarm<.*<SN>17430<.*<DeviceID>31010100001310000003<.*<Result>OK</s,
      )
    },
  )

  it('[IN96] the answer of our own is sent again until it is heard, ten times at most', async () => {
    const door = await open()
    const [deaf, device] = [await deviceAt(door), await deviceAt(door)]
    await deaf.registers()
    await deaf.sends(smoke)
    for (let nth = 0; nth < 20; nth++) await door.pass(4000)
    await expect.poll(deaf.told).toHaveLength(11)
    expect(new Set(deaf.told().map(({ headers }) => headers['via'])).size).toBe(1)
    await device.registers()
    await device.sends(serial(2))
    await expect.poll(device.told).toHaveLength(1)
    device.answers(device.told()[0]!)
    // What is said after it has been heard before it: one packet after the other.
    await device.says(device.write('OPTIONS'))
    for (let nth = 0; nth < 20; nth++) await door.pass(4000)
    await device.says(device.write('OPTIONS'))
    expect(device.told()).toHaveLength(1)
  })

  it('[IN93] sent again because its answer was lost is the same one, with the same answer', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    const bytes = device.write('MESSAGE', { body: smoke })
    const answers = [await device.says(bytes), await device.says(bytes), await device.says(bytes)]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(door.room.commands).toHaveLength(1)
  })

  it('[IN93] sent again while it is still being kept is kept once and answered once', async () => {
    let go = (): void => {}
    const held = new Promise<void>((over) => (go = over))
    const door = await open()
    const take = door.room.road.take
    let times = 0
    const slow = await open({
      road: {
        ...door.room.road,
        take: async (parcel) => {
          if (parcel.dialect === 'gb28181') await held
          if (parcel.dialect === 'gb28181') times++
          return take(parcel)
        },
      },
    })
    const device = await deviceAt(slow)
    await device.registers()
    const before = device.wire.heard.length
    const bytes = device.write('MESSAGE', { body: smoke })
    for (let nth = 0; nth < 3; nth++) device.wire.send(bytes)
    // An answer behind them shows that they have been looked at.
    await device.says(device.write('OPTIONS'))
    expect(device.wire.heard).toHaveLength(before + 1)
    go()
    await expect
      .poll(
        () =>
          device.wire.heard.filter(
            ({ headers }) => headers['cseq']?.endsWith('MESSAGE') && headers['from']?.includes(nvr),
          ).length,
      )
      .toBe(1)
    expect(times).toBe(1)
  })

  it('[IN92] from elsewhere than where its device registered must prove itself', async () => {
    const door = await open()
    await (await deviceAt(door)).registers()
    const elsewhere = await deviceAt(door)
    const asked = await elsewhere.sends(smoke)
    expect(asked.start).toBe('SIP/2.0 401 Unauthorized')
    expect(door.room.commands).toEqual([])
    expect((await elsewhere.proves('MESSAGE', { body: smoke })).start).toBe('SIP/2.0 200 OK')
    expect(door.room.commands).toHaveLength(1)
  })

  it('[IN97] that cannot be understood is 400 in words, kept whole, and its answer says ERROR', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    const answer = await device.sends(sample('input-2011'))
    expect([answer.start, answer.headers['warning']]).toEqual([
      'SIP/2.0 400 Bad Request',
      expect.stringContaining('设备报警'),
    ])
    expect(door.room.rows).toHaveLength(1)
    await expect.poll(() => device.told()[0]?.body).toContain('<Result>ERROR<')
    const broken = await device.sends('<Notify><CmdType>Alarm')
    expect([broken.start, broken.headers['warning']]).toEqual([
      'SIP/2.0 400 Bad Request',
      expect.stringContaining('XML'),
    ])
    expect(door.room.rows).toHaveLength(2)
  })

  it('[IN97] to a house that is too busy is 503 with when to come again, and taken then', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    door.room.told.waiting = 1000
    const bytes = device.write('MESSAGE', { body: smoke })
    const answer = await device.says(bytes)
    expect([answer.start, Number(answer.headers['retry-after'])]).toEqual([
      'SIP/2.0 503 Service Unavailable',
      expect.any(Number),
    ])
    door.room.told.waiting = 0
    expect((await device.says(bytes)).start).toBe('SIP/2.0 200 OK')
    expect(door.room.commands).toHaveLength(1)
  })

  it('[IN97] on which the house itself breaks is 500 with a number, and not done', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    door.room.told.breaks = new Error('disk')
    const answer = await device.sends(smoke)
    expect([answer.start, answer.headers['warning']]).toEqual([
      'SIP/2.0 500 Server Internal Error',
      expect.stringMatching(/编号 id\d+/),
    ])
    expect(door.faults).toHaveLength(1)
  })

  it('[IN96] by NOTIFY is taken like one by MESSAGE', async () => {
    const door = await open()
    const device = await deviceAt(door)
    await device.registers()
    expect((await device.says(device.write('NOTIFY', { body: smoke }))).start).toBe('SIP/2.0 200 OK')
    expect(door.room.commands).toHaveLength(1)
  })
})

describe('the door', () => {
  it.each([
    ['OPTIONS', 200],
    ['SUBSCRIBE', 489],
    ['INVITE', 405],
    ['PUBLISH', 405],
    ['BYE', 481],
  ])('[IN98] answers %s with %i', async (method, code) => {
    const door = await open()
    const device = await deviceAt(door)
    const answer = await device.says(device.write(method))
    expect(answer.start).toContain(` ${code} `)
    if (code === 405) expect(answer.headers['allow']).toContain('MESSAGE')
  })

  it('[IN98] never answers an answer, an ACK, or what is no SIP', async () => {
    const door = await open()
    const device = await deviceAt(door)
    device.wire.send('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9\r\n\r\n')
    device.wire.send(device.write('ACK'))
    device.wire.send('hello')
    device.wire.send('\r\n\r\n')
    await device.says(device.write('OPTIONS'))
    expect(device.wire.heard).toHaveLength(1)
  })

  it('[IN91] follows a stream torn and glued anywhere, and answers a keep-alive of empty lines', async () => {
    const door = await open()
    const wire = await byTcp(door.port)
    closing.push(wire.close)
    const device = aDevice(wire, { transport: 'TCP' })
    await device.registers()
    const both = Buffer.concat([device.write('MESSAGE', { body: smoke }), device.write('MESSAGE', { body: keepalive })])
    for (let at = 0; at < both.length; at += 97) {
      wire.send(both.subarray(at, at + 97))
      await new Promise((turn) => setImmediate(turn))
    }
    const codes = () => wire.heard.filter(({ start }) => start === 'SIP/2.0 200 OK').length
    await expect.poll(codes).toBe(3)
    wire.send('\r\n\r\n')
    await expect.poll(() => wire.raw.at(-1)).toBe('\r\n')
    wire.send(Buffer.concat([device.write('MESSAGE', { body: keepalive }), device.write('OPTIONS')]))
    await expect.poll(codes).toBe(5)
  })

  it('[IN91] says why and hangs up where a stream can no longer be followed', async () => {
    const door = await open()
    const wire = await byTcp(door.port)
    closing.push(wire.close)
    const device = aDevice(wire, { transport: 'TCP' })
    wire.send(
      device
        .write('MESSAGE', { body: smoke })
        .toString('latin1')
        .replace(/Content-Length: \d+/, 'Content-Length: 999999999'),
    )
    await expect.poll(() => wire.heard.map(({ start }) => start)).toEqual(['SIP/2.0 413 Request Entity Too Large'])
    await expect.poll(wire.ended).toBe(true)
  })

  it('[IN94] hangs up on who begins a message and does not end it, and on who says nothing at all', async () => {
    const door = await open()
    const [slow, idle] = [await byTcp(door.port), await byTcp(door.port)]
    slow.send('MESSAGE sip:a@b SIP/2.0\r\nVia:')
    idle.send(aDevice(idle, { transport: 'TCP' }).write('OPTIONS'))
    await expect.poll(() => idle.heard).toHaveLength(1)
    await door.pass(50_000)
    await expect.poll(slow.ended).toBe(true)
    expect(idle.ended()).toBe(false)
    await door.pass(16 * 60_000)
    await expect.poll(idle.ended).toBe(true)
  })

  it('[IN94] holds no more than 64 lines of one address', async () => {
    const door = await open()
    const wires = await Promise.all(Array.from({ length: 70 }, () => byTcp(door.port)))
    await expect.poll(() => wires.filter((wire) => wire.ended()).length).toBe(6)
    for (const wire of wires) wire.close()
  })

  it('[IN94] says nothing to a flood of packets past what anybody has to say', async () => {
    const door = await open()
    const device = await deviceAt(door)
    const bytes = device.write('OPTIONS')
    for (let nth = 0; nth < 600; nth++) {
      device.wire.send(bytes)
      if (nth % 20 === 0) await turns()
    }
    const other = await byUdp(door.port, '127.0.0.2')
    closing.push(other.close)
    // The others are answered, behind all of the flood.
    await aDevice(other).says(aDevice(other).write('OPTIONS'))
    expect(device.wire.heard.length).toBeLessThanOrEqual(300)
    const before = device.wire.heard.length
    await door.pass(1000)
    await device.says(device.write('OPTIONS'))
    expect(device.wire.heard.length).toBe(before + 1)
  })
})

/** Debian's own SIP client; a bare machine goes without, CI does not. */
const hasSipsak = (() => {
  try {
    execFileSync('sipsak', ['--version'])
    return true
  } catch (fault) {
    return (fault as { code?: string }).code !== 'ENOENT'
  }
})()
if (!hasSipsak && !process.env.CI)
  console.warn('sipsak is not installed: its stories are skipped (apt-get install sipsak)')

describe.skipIf(!hasSipsak && !process.env.CI)('sipsak', () => {
  const run = promisify(execFile)
  const folder = mkdtempSync(join(tmpdir(), 'sanping-sipsak-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** What it printed of all that came back. Its own way of sending a MESSAGE crashes, so it is given the message whole. */
  async function calls({ port }: Door, ...more: string[]): Promise<string> {
    const call = [...more, '-u', nvr, '-s', `sip:${nvr}@127.0.0.1:${port}`, '-vvv']
    const done = await run('sipsak', call, { timeout: 20_000 }).catch((fault: { stdout: string }) => fault)
    return done.stdout
  }
  function alarmFile(): string {
    const head = [
      `MESSAGE sip:${server.id}@${server.realm} SIP/2.0`,
      'Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK731488522',
      `From: <sip:${nvr}@${server.realm}>;tag=174592740`,
      `To: <sip:${server.id}@${server.realm}>`,
      'Call-ID: 887872640',
      'CSeq: 20 MESSAGE',
      'Content-Type: Application/MANSCDP+xml',
      'Max-Forwards: 70',
      `Content-Length: ${smoke.length}`,
    ]
    const file = join(folder, 'alarm.sip')
    writeFileSync(file, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), smoke]))
    return file
  }

  it.each(['udp', 'tcp'])(
    '[IN99] sends an alarm in GB2312 by %s: challenged, proved, kept and 200',
    async (transport) => {
      const door = await open()
      const printed = await calls(door, '-f', alarmFile(), '-E', transport, '-a', 'secret')
      expect(printed).toContain('SIP/2.0 200 OK')
      expect(door.room.reports()).toMatchObject([{ matter: 'smoke', text: '瑞南一村3号车棚 烟雾报警（1 级警情）' }])
    },
  )

  it('[IN99] registers with its password, and with another it does not', async () => {
    const door = await open()
    expect(await calls(door, '-U', '-i', '-a', 'secret')).toContain('successful')
    expect(door.room.hearing.find('gateway', nvr)).toMatchObject({ offline: null })
    expect(await calls(door, '-U', '-i', '-a', 'guess')).not.toContain('successful')
    expect(await calls(door, '-f', alarmFile(), '-a', 'guess')).toContain('403 Forbidden')
    expect(door.room.commands).toEqual([])
  })
})
