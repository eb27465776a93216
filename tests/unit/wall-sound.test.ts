// The wall's sounds: drawn by us to the byte, told apart, called when somebody must come, mute only for a while, and never silent without a reason.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { atFirst, callDue } from '../../dashboard/screens/wall/calls.ts'
import { isMuted, longestForOne, muteFrom, nextMute } from '../../dashboard/screens/wall/mute.ts'
import { clipNames, clips, seed } from '../../dashboard/screens/wall/sounds/clips.ts'
import { rate, samplesOf, wavOf } from '../../dashboard/screens/wall/sounds/wav.ts'
import { openSpeaker } from '../../dashboard/screens/wall/speaker.ts'
import { sample } from '../../dashboard/screens/gallery/samples.ts'

const folder = resolve(import.meta.dirname, '../../dashboard/public/sounds')
const minute = 60_000
const now = Date.UTC(2026, 10, 20, 4)

describe('the sounds', () => {
  it('[SN228] are what our own program draws, byte for byte, 60 KB together, and say whose they are', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.wav'))
    expect(files.sort()).toEqual(clipNames.map((name) => `${name}.wav`).sort())
    const sizes = clipNames.map((name) => {
      const drawn = wavOf(clips[name], seed)
      expect(Buffer.compare(readFileSync(join(folder, `${name}.wav`)), drawn)).toBe(0)
      return drawn.length
    })
    expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(60_000)
    expect(readFileSync(join(folder, 'LICENCE.txt'), 'utf8')).toContain('Apache-2.0')
  })

  it('[SN228] neither click nor clip, and none is like another', () => {
    for (const name of clipNames) {
      const samples = samplesOf(clips[name], seed)
      const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
      expect(loudest).toBeLessThan(0.9)
      expect(Math.abs(samples[0]!)).toBeLessThan(0.02)
      expect(Math.abs(samples.at(-1)!)).toBeLessThan(0.02)
      expect(Math.max(...clips[name].map(({ hertz, partials }) => hertz * partials.length))).toBeLessThan(rate / 2)
    }
    const shapes = clipNames.map((name) => clips[name].map(({ at, hertz }) => `${at} ${hertz}`).join())
    expect(new Set(shapes).size).toBe(clipNames.length)
  })
})

describe('calling', () => {
  const one = (change: Partial<Case> = {}) =>
    ({ ...sample({ level: 1 }), acknowledged: undefined, openedAt: now, ...change }) as Case
  const run = (cases: readonly Case[], at: number, called = atFirst) => callDue(cases, at, called)

  it('[SN229] a level I calls at once and every ten seconds until it is signed for, and then it is answered', () => {
    const fire = one({ id: 'a' as Case['id'], acknowledged: undefined })
    let { call, called } = run([fire], now)
    expect(call).toMatchObject({ clip: 'alarm1', level: 1 })
    ;({ call, called } = run([fire], now + 9_999, called))
    expect(call).toBeNull()
    ;({ call, called } = run([fire], now + 10_000, called))
    expect(call?.clip).toBe('alarm1')
    const signed = one({ ...fire, acknowledged: { by: 'chen' as never, at: now } as never })
    ;({ call, called } = run([signed], now + 10_500, called))
    expect(call?.clip).toBe('ack')
    expect(run([signed], now + 60_000, called).call).toBeNull()
  })

  it('[SN229] a level II keeps still while a level I calls, and is heard as soon as that is signed for', () => {
    const fire = one({ id: 'a' as Case['id'] })
    const pipe = one({ id: 'b' as Case['id'], level: 2 })
    const first = run([fire, pipe], now)
    expect(first.call?.level).toBe(1)
    expect(run([fire, pipe], now + 5_000, first.called).call).toBeNull()
    const signed = one({ ...fire, acknowledged: { by: 'chen' as never, at: now } as never })
    expect(run([signed, pipe], now + 6_000, first.called).call?.clip).toBe('alarm2')
  })

  it('[SN229] what is new and less sounds once; what was there before the wall was is news to nobody', () => {
    const bag = { ...sample({ level: 3 }), id: 'c', openedAt: now } as Case
    const first = run([bag], now + 1_000)
    expect(first.call?.clip).toBe('soft')
    expect(run([bag], now + 2_000, first.called).call).toBeNull()
    expect(run([bag], now + 5 * minute).call).toBeNull()
  })
})

describe('being mute', () => {
  it('[SN230] five, fifteen, sixty minutes, then sound again', () => {
    const five = nextMute(null, now)!
    expect(five.until - now).toBe(5 * minute)
    const fifteen = nextMute(five, now + 1_000)!
    expect(fifteen.until - fifteen.from).toBe(15 * minute)
    const sixty = nextMute(fifteen, now + 2_000)!
    expect(sixty.until - sixty.from).toBe(60 * minute)
    expect(nextMute(sixty, now + 3_000)).toBeNull()
    expect(nextMute(five, five.until)).toMatchObject({ until: five.until + 5 * minute })
  })

  it('[SN230] a level I is mute five minutes at most, and one that came after it never', () => {
    const mute = { from: now, until: now + 60 * minute }
    expect(isMuted(mute, 1, now - minute, now + longestForOne - 1)).toBe(true)
    expect(isMuted(mute, 1, now - minute, now + longestForOne)).toBe(false)
    expect(isMuted(mute, 1, now + 1, now + 2)).toBe(false)
    expect(isMuted(mute, 2, now + 1, now + 59 * minute)).toBe(true)
    expect(isMuted(mute, 2, now + 1, mute.until)).toBe(false)
  })

  it('[SN230] it is kept over a reload, and a shelf that was tampered with mutes nobody for a year', () => {
    const mute = { from: now, until: now + 15 * minute }
    expect(muteFrom(mute, now + minute)).toEqual(mute)
    expect(muteFrom(mute, mute.until)).toBeNull()
    expect(muteFrom({ from: now, until: now + 600 * minute }, now + minute)).toBeNull()
    for (const odd of [null, 'x', 5, {}, { from: now + minute, until: now + 2 * minute }])
      expect(muteFrom(odd, now)).toBeNull()
  })
})

describe('the loudspeaker', () => {
  function room({ state = 'running', answers = true }: { state?: string; answers?: boolean } = {}) {
    const played: number[] = []
    const tell: (() => void)[] = []
    const touches: (() => void)[] = []
    const audio = {
      ...{ state, destination: {} },
      addEventListener: (_: string, run: () => void) => tell.push(run),
      removeEventListener: () => {},
      resume: async () => {},
      close: async () => {},
      decodeAudioData: async () => ({}),
      createGain: () => ({ gain: { value: 0 }, connect: () => ({}), disconnect: () => {} }),
      createBufferSource: () => ({ connect: (next: object) => next, start: () => played.push(1), onended: null }),
    }
    const fetch = (async () => new Response(answers ? 'wav' : null, { status: answers ? 200 : 503 })) as never
    const speaker = openSpeaker({
      fetch,
      audio: () => audio as never,
      every: () => () => {},
      onTouch: (run) => {
        touches.push(run)
        return () => {}
      },
    })
    const settled = () => new Promise((done) => setImmediate(() => setImmediate(done)))
    return { audio, played, speaker, tell, settled }
  }

  it('[SN231] plays what has come, and is ready', async () => {
    const { speaker, played, settled } = room()
    await settled()
    expect(speaker.state.value).toBe('ready')
    expect(speaker.play('alarm1', 1)).toBe(true)
    expect(played).toHaveLength(1)
  })

  it('[SN231] says that the browser refuses before anybody needs it, and is heard once it no longer does', async () => {
    const { audio, speaker, tell, settled } = room({ state: 'suspended' })
    await settled()
    expect([speaker.state.value, speaker.play('alarm1', 1)]).toEqual(['refused', false])
    audio.state = 'running'
    tell.forEach((run) => run())
    expect([speaker.state.value, speaker.play('alarm1', 1)]).toEqual(['ready', true])
  })

  it('[SN231] says that a sound has not come, or that there is none to be had', async () => {
    const { speaker, settled } = room({ answers: false })
    expect(speaker.state.value).toBe('coming')
    await settled()
    expect([speaker.state.value, speaker.play('ack', 1)]).toEqual(['missing', false])
    const mute = openSpeaker({ fetch, audio: null, every: () => () => {}, onTouch: () => () => {} })
    expect([mute.state.value, mute.play('ack', 1)]).toEqual(['none', false])
  })
})
