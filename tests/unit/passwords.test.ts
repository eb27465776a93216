// A whole shift signs in at once, and the disk's threads are not all taken by it.
import { randomBytes } from 'node:crypto'
import type * as Argon2 from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { decoyHash, hashPassword, isPassword } from '../../ingest-server/records/passwords.ts'

const atWork = vi.hoisted(() => ({ now: 0, most: 0 }))
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof Argon2>()
  const counted =
    <A extends unknown[], T>(work: (...asked: A) => Promise<T>) =>
    async (...asked: A): Promise<T> => {
      atWork.most = Math.max(atWork.most, ++atWork.now)
      try {
        return await work(...asked)
      } finally {
        atWork.now--
      }
    }
  return { hash: counted(real.hash), verify: counted(real.verify) }
})

it('[JO104] however many sign in together, two passwords are hashed at a time, and each gets its own answer', async () => {
  const kept = await Promise.all(['red', 'green', 'blue'].map((one) => hashPassword(one, randomBytes)))
  const answers = await Promise.all(['red', 'grey', 'blue', 'red'].map((said, nth) => isPassword(kept[nth % 3]!, said)))
  expect(answers).toEqual([true, false, true, true])
  expect(atWork).toEqual({ now: 0, most: 2 })
})

it('[JO104] one that cannot be read does not hold up the next', async () => {
  await expect(isPassword('no hash', 'red')).rejects.toThrow()
  await expect(isPassword('no hash', 'red')).rejects.toThrow()
  expect(await isPassword(await decoyHash(), 'red')).toBe(false)
})
