// Whether a device is who it says: by its password, or because it speaks from where it has just registered with it.
import type { SipDevices, Source } from '../records/port.ts'
import type { SipAnswer } from './sip-answer.ts'
import { challenge, isRight, readDigest, type Nonces } from './sip-digest.ts'
import type { Limits } from './sip-limits.ts'
import { one, userOf, type SipRequest } from './sip-message.ts'
import { isDeviceNumber } from './vendors/gb28181-device.ts'

export interface ProofNeeds {
  devices: Pick<SipDevices, 'digestOf'>
  nonces: Nonces
  limits: Pick<Limits, 'wrong' | 'guesses'>
  realm: string
}

export function openProof({ devices, nonces, limits, realm }: ProofNeeds) {
  const asked = (address: string, stale: boolean): SipAnswer => ({
    code: 401,
    headers: [['WWW-Authenticate', challenge(realm, nonces.make(address), stale)]],
  })

  return {
    /** `registered`: it comes the very way it registered. */
    of(request: SipRequest, device: string, address: string, registered: boolean): { source: Source } | SipAnswer {
      const { method, headers } = request
      if (!isDeviceNumber(device)) return noNumber
      if (method === 'REGISTER' && userOf(one(headers, 'to')) !== device) return another
      const known = devices.digestOf(device, realm)
      if (!known) return unknown
      if (known.source.mustSign) return unsigned
      if (registered) return known
      if (limits.guesses(address)) return guessing
      const given = readDigest(one(headers, 'authorization'))
      if (!given || given.realm !== realm) return asked(address, false)
      if (given.username !== device) return another
      const nonce = nonces.look(given.nonce, address)
      if (nonce !== 'fresh') return asked(address, nonce === 'old')
      if (!isRight(given, method, known.ha1)) {
        limits.wrong(address)
        return wrong
      }
      return nonces.use(given.nonce, given.qop === undefined ? undefined : given.nc) ? known : asked(address, true)
    },
  }
}

const no = (words: string): SipAnswer => ({ code: 403, words })
const noNumber = no('From 里不是 20 位国标编码。')
const another = no('From、To 与认证的用户名要是同一个设备编码。')
const unknown = no('没有登记这个设备编码，请联系管理员（sanping source sip）。')
const unsigned = no('这个设备的来源必须签名，SIP 不带签名：请改登记到另一个来源。')
const wrong = no('设备密码不对。')
const guessing = no('密码错得太多，请过几分钟再试。')
