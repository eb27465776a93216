// The SIP words themselves: messages, frames and digests, against the vectors of their standards.
import { describe, expect, it } from 'vitest'
import { openNonces, isRight, readDigest, challenge } from '../../ingest-server/doors/sip-digest.ts'
import { openFramer } from '../../ingest-server/doors/sip-frames.ts'
import { all, one, readSip, readVia, userOf, type SipRequest } from '../../ingest-server/doors/sip-message.ts'
import { answerPort, writeAnswer } from '../../ingest-server/doors/sip-answer.ts'
import { openTransactions } from '../../ingest-server/doors/sip-transactions.ts'
import { openLimits } from '../../ingest-server/doors/sip-limits.ts'

const wire = (lines: string[], body = ''): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
const message = (more: string[] = [], body = '') =>
  wire(
    [
      'MESSAGE sip:31010100002000000001@3101010000 SIP/2.0',
      'Via: SIP/2.0/UDP 10.0.0.9:5060;rport;branch=z9hG4bK1',
      'From: <sip:31010100001180000001@3101010000>;tag=1',
      'To: <sip:31010100002000000001@3101010000>',
      'Call-ID: 1@10.0.0.9',
      'CSeq: 20 MESSAGE',
      ...more,
    ],
    body,
  )

describe('a message', () => {
  it('[IN90] with folded lines, compact names, two proxies and odd spaces is read (RFC 4475 3.1.1.1)', () => {
    const read = readSip(
      wire(
        [
          'INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0',
          'TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n',
          'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8',
          'MaX-fOrWaRdS: 0068',
          'Call-ID: wsinv.ndaksdj@192.0.2.1',
          'cseq: 0009\r\n  INVITE',
          'Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw',
          's :',
          'v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239',
          'l: 4',
        ],
        'v=0\n',
      ),
    ) as SipRequest
    expect(read).toMatchObject({ kind: 'request', method: 'INVITE' })
    expect(all(read.headers, 'via').map((via) => readVia(via))).toMatchObject([
      { host: '192.0.2.2', branch: '390skdjuw' },
      { host: 'spindle.example.com', branch: 'z9hG4bK9ikj8' },
      { host: '192.168.255.111', branch: 'z9hG4bK30239' },
    ])
    expect(userOf(one(read.headers, 'from'))).toBe('jdrosen')
    expect(read.body.toString()).toBe('v=0\n')
  })

  it('[IN90] ends its body by Content-Length, and without one with the packet', () => {
    expect((readSip(message(['l: 3'], 'abcdef')) as SipRequest).body.toString()).toBe('abc')
    expect((readSip(message([], 'abcdef')) as SipRequest).body.toString()).toBe('abcdef')
  })

  it.each([
    ['a body cut off', message(['Content-Length: 9'], 'abc'), 'Content-Length'],
    ['a length in words', message(['Content-Length: many']), 'Content-Length'],
    ['two lengths', message(['Content-Length: 0', 'l: 3'], 'abc'), 'Content-Length'],
    ['another version', Buffer.from(message().toString().replace('SIP/2.0\r', 'SIP/7.0\r')), 'SIP/2.0'],
    ['no Call-ID', Buffer.from(message().toString().replace('Call-ID', 'Call')), 'Call-ID'],
    ['another method in its CSeq', Buffer.from(message().toString().replace('20 MESSAGE', '20 INVITE')), 'CSeq'],
    ['a CSeq past all numbers', Buffer.from(message().toString().replace('20 MESSAGE', '4294967296 MESSAGE')), 'CSeq'],
    ['no end of its head', message().subarray(0, -4), 'Content-Length'],
  ])('[IN90] with %s can be told so', (_what, bytes, words) => {
    expect(readSip(bytes)).toMatchObject({ kind: 'broken', why: { zh: expect.stringContaining(words) } })
  })

  it.each([
    ['nothing', ''],
    ['a keep-alive of line ends', '\r\n\r\n'],
    ['no SIP', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no way back', message().toString().replace('Via', 'Viaduct')],
    ['a line without a colon', message(['nonsense']).toString()],
    ['a header that hides another', message(['Subject: a\rVia: b']).toString()],
    ['a zero byte', message(['Subject: a\0b']).toString()],
    ['a thousand headers', message(Array.from({ length: 1000 }, () => 'a: b')).toString()],
    ['a head of 20 KB', message([`Subject: ${'x'.repeat(20_000)}`]).toString()],
  ])('[IN90] that is %s is dropped without a word', (_what, text) => {
    expect(readSip(Buffer.from(text))).toBeNull()
  })

  it('[IN90] is answered where it came from, its headers as they were and words in a warning', () => {
    const read = readSip(message(['Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK0'])) as SipRequest
    const from = { address: '127.0.0.1', port: 6000 }
    const text = writeAnswer(read.headers, { code: 400, words: '不对 "x"\r\nVia: y' }, from, 'r').toString()
    expect(text.split('\r\n')).toEqual([
      'SIP/2.0 400 Bad Request',
      'Via: SIP/2.0/UDP 10.0.0.9:5060;rport=6000;branch=z9hG4bK1;received=127.0.0.1',
      'Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK0',
      'From: <sip:31010100001180000001@3101010000>;tag=1',
      expect.stringMatching(/^To: <sip:31010100002000000001@3101010000>;tag=[\da-f]{16}$/),
      'Call-ID: 1@10.0.0.9',
      'CSeq: 20 MESSAGE',
      `Warning: 399 r "不对 'x' Via: y"`,
      'Content-Length: 0',
      '',
      '',
    ])
    expect(answerPort(read.headers, from)).toBe(6000)
    expect(answerPort([['via', 'SIP/2.0/UDP 10.0.0.9:5070;branch=1']], from)).toBe(5070)
    expect(answerPort([['via', 'SIP/2.0/UDP 10.0.0.9;branch=1']], from)).toBe(5060)
  })
})

describe('a stream', () => {
  const [first, second] = [message(['l: 3'], 'abc'), message(['Content-Length: 5'], 'defgh')]
  it('[IN91] is parted into its messages, torn at every byte or glued into one', () => {
    const whole = Buffer.concat([Buffer.from('\r\n\r\n'), first, Buffer.from('\r\n\r\n'), second])
    for (const size of [1, 2, 7, 100, whole.length]) {
      const framer = openFramer()
      const found: Buffer[] = []
      for (let at = 0; at < whole.length; at += size) found.push(...framer.push(whole.subarray(at, at + size)).messages)
      expect(found.map(String)).toEqual([first, second].map(String))
      expect(framer.inside()).toBe(false)
    }
  })

  it('[IN91] of empty lines is a keep-alive, answered once a pair', () => {
    expect(openFramer().push(Buffer.from('\r\n\r\n'))).toEqual({ messages: [], pings: 1, lost: null })
    expect(openFramer().push(Buffer.from('\r\n'))).toEqual({ messages: [], pings: 0, lost: null })
  })

  it.each([
    ['no length', message([], ''), 'no-length'],
    ['a length in words', message(['l: x'], ''), 'no-length'],
    ['a body of a gigabyte', message(['l: 999999999'], ''), 'too-large'],
    ['no end of its head', Buffer.alloc(17 * 1024, 0x61), 'no-head'],
  ])('[IN91] with %s can no longer be followed', (_what, bytes, why) => {
    const framer = openFramer()
    expect(framer.push(bytes).lost?.why).toBe(why)
    expect(framer.inside()).toBe(false)
  })
})

describe('a digest', () => {
  const given = (text: string) => readDigest(`Digest ${text}`)!
  it('[IN92] of RFC 2617 is right, and wrong with any other password', () => {
    const credentials = given(
      'username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    )
    expect(isRight(credentials, 'GET', '939e7578ed9e3c518a452acee763bce9')).toBe(true)
    expect(isRight(credentials, 'POST', '939e7578ed9e3c518a452acee763bce9')).toBe(false)
    expect(isRight(credentials, 'GET', '939e7578ed9e3c518a452acee763bce8')).toBe(false)
  })

  it('[IN92] without qop, as RFC 2069 and older firmware have it', () => {
    // MD5(Mufasa:testrealm@host.com:CircleOfLife), the password of that document's example.
    const credentials = given(
      'username="Mufasa",realm="testrealm@host.com",nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",uri="/dir/index.html",response="1949323746fe6a43ef61f9606e7febea",opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    )
    expect(isRight(credentials, 'GET', '4945ecf42b1bb868634058a845bedde8')).toBe(true)
  })

  it('[IN92] of another algorithm, with auth-int or a count that is none, is not right', () => {
    const base = 'username="a", realm="r", nonce="n", uri="u", response="00000000000000000000000000000000"'
    for (const more of [
      ', algorithm=SHA-256',
      ', algorithm=MD5-sess',
      ', qop=auth-int',
      ', qop=auth, nc=1, cnonce="x"',
    ])
      expect(isRight(given(base + more), 'REGISTER', 'x')).toBe(false)
  })

  it.each([
    'Basic abc',
    'Digest username="a"',
    'Digest username="a", username="b", realm="r", nonce="n", uri="u", response="x"',
  ])('[IN92] %s is no digest', (header) => expect(readDigest(header)).toBeNull())
})

describe('a nonce', () => {
  const open = () => {
    const clock = { now: 1_800_000_000_000 }
    let byte = 0
    const nonces = openNonces({
      now: () => clock.now,
      random: (count) => Uint8Array.from({ length: count }, (_none, at) => (at === 0 ? byte++ : byte >>> (8 * at))),
    })
    return { clock, nonces }
  }

  it('[IN92] is good once; with a count as often as the count rises', () => {
    const { nonces } = open()
    const [plain, counted] = [nonces.make('a'), nonces.make('a')]
    expect([nonces.use(plain, undefined), nonces.use(plain, undefined), nonces.use(plain, '00000002')]).toEqual([
      true,
      false,
      false,
    ])
    expect(['00000001', '00000001', '00000003', '00000002'].map((nc) => nonces.use(counted, nc))).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('[IN92] is nobody else’s, cannot be made up, and is old after five minutes', () => {
    const { clock, nonces } = open()
    const nonce = nonces.make('10.0.0.1')
    expect(nonces.look(nonce, '10.0.0.1')).toBe('fresh')
    expect(nonces.look(nonce, '10.0.0.2')).toBe('strange')
    expect(
      nonces.look(
        nonce.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        '10.0.0.1',
      ),
    ).toBe('strange')
    expect(nonces.look('1715926053', '10.0.0.1')).toBe('strange')
    clock.now += 5 * 60_000
    expect(nonces.look(nonce, '10.0.0.1')).toBe('old')
    expect(challenge('r', nonce, true)).toContain('stale=true')
  })

  it('[IN92] that is no longer remembered is no longer good', () => {
    const { clock, nonces } = open()
    const first = nonces.make('a')
    nonces.use(first, undefined)
    clock.now += 1
    for (let left = 20_001; left > 0; left--) nonces.use(nonces.make('a'), undefined)
    expect(nonces.look(first, 'a')).toBe('old')
  })
})

describe('what is remembered of a device', () => {
  it('[IN93] ends with its time and with its number', () => {
    const kept = openTransactions()
    expect(kept.begin('a', '1', 0)).toBe(true)
    expect(kept.find('a', '1')).toBe('under-way')
    kept.end('a', '1', Buffer.from('x'), 0)
    expect(kept.find('a', '1')?.toString()).toBe('x')
    for (let nth = 0; nth < 64; nth++) expect(kept.begin('b', `${nth}`, 0)).toBe(true)
    expect(kept.begin('b', '65', 0)).toBe(false)
    kept.end('b', '3', null, 0)
    expect(kept.begin('b', '65', 0)).toBe(true)
    kept.sweep(33_000)
    expect(kept.find('a', '1')).toBeNull()
    expect(kept.find('b', '4')).toBe('under-way')
  })

  it('[IN94] one address may say so much and guess so often', () => {
    const clock = { now: 0 }
    const limits = openLimits(() => clock.now)
    const said = Array.from({ length: 400 }, () => limits.mayStill('a')).filter(Boolean).length
    expect([said, limits.mayStill('b')]).toEqual([300, true])
    clock.now += 1000
    expect(Array.from({ length: 400 }, () => limits.mayStill('a')).filter(Boolean)).toHaveLength(100)
    for (let nth = 0; nth < 20; nth++) limits.wrong('a')
    expect([limits.guesses('a'), limits.guesses('b')]).toEqual([true, false])
    clock.now += 5 * 60_000
    expect(limits.guesses('a')).toBe(false)
  })
})
