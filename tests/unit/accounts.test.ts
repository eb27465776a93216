// Who may sign in, and for how long a session lasts.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PersonId } from '#contract/ids'
import { NameTaken } from '../../ingest-server/records/port-people.ts'
import { day, goodPassword, hour, minute, morning, officerLi, openHouse, type House } from '../suites/records-folder.ts'

const li = PersonId.parse('li')
let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

const lisToken = async () => {
  await house.records.accounts.add(officerLi(), morning)
  return house.records.sessions.open(li, morning)
}

it('[WH1] the password is kept as argon2id at the effort OWASP asks for, and never in the clear', async () => {
  await house.records.accounts.add(officerLi(), morning)

  const [row] = await house.ask('select password_hash from people')
  expect(row!['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect((await house.bytes()).includes(goodPassword)).toBe(false)
})

it('[WH1] the right password signs in; a wrong one, an unknown name and a withdrawn account do not', async () => {
  const { accounts } = house.records
  await accounts.add(officerLi(), morning)

  expect(await accounts.check('li', goodPassword)).toBe('li')
  expect(await accounts.check('li', 'bicycle-shed-48')).toBeNull()
  expect(await accounts.check('nobody', goodPassword)).toBeNull()
  await accounts.withdraw(li)
  expect(await accounts.check('li', goodPassword)).toBeNull()
})

it('[WH1] an unknown name costs a hash like a known one: what a stranger waits for tells nothing', async () => {
  const { accounts } = house.records
  await accounts.add(officerLi(), morning)
  const cpu = async (name: string) => {
    const before = process.cpuUsage()
    for (let times = 0; times < 8; times++) await accounts.check(name, 'not the password')
    const { user, system } = process.cpuUsage(before)
    return user + system
  }

  const [known, unknown] = [await cpu('li'), await cpu('nobody')]

  // Without the decoy the unknown name costs less than a hundredth.
  expect(unknown).toBeGreaterThan(known / 4)
})

it('[WH2] a name once given is never given to another: the journal names it', async () => {
  const { accounts } = house.records
  await accounts.add(officerLi(), morning)
  await expect(accounts.add(officerLi({ name: '李四' }), morning)).rejects.toThrow(NameTaken)
  await accounts.withdraw(li)
  await expect(accounts.add(officerLi({ name: '李四' }), morning)).rejects.toThrow(NameTaken)
})

it('[WH3] the desk holds one map of people, which stays right in place and tells when it changed', async () => {
  const { accounts } = house.records
  const people = accounts.people()
  let told = 0
  const stop = accounts.follow(() => told++)

  await accounts.add(officerLi(), morning)
  await accounts.change(li, { onDuty: false })
  expect(people.get(li)).toMatchObject({ name: '李志强', onDuty: false, skills: ['低压电工证'] })
  await accounts.withdraw(li)
  expect(people.size).toBe(0)
  expect(told).toBe(3)
  stop()
  await accounts.add(officerLi({ id: PersonId.parse('zhou') }), morning)
  expect(told).toBe(3)
})

it('[WH4] a session slides by twelve hours and ends after seven days, however busy', async () => {
  const token = await lisToken()
  const { sessions } = house.records

  expect(sessions.viewer(token, morning + 12 * hour)).toBeNull()
  for (let at = morning; at < morning + 7 * day; at += 11 * hour)
    expect(sessions.viewer(token, at)?.personId).toBe('li')
  expect(sessions.viewer(token, morning + 7 * day)).toBeNull()
})

it('[WH4] what has slid is still known after a restart, to within five minutes', async () => {
  const token = await lisToken()
  house.clock.now = morning + 10 * hour
  house.records.sessions.viewer(token, house.clock.now)
  await house.records.refresh()

  const restarted = await house.neighbour()

  expect(restarted.sessions.viewer(token, morning + 21 * hour)?.personId).toBe('li')
  expect(restarted.sessions.viewer(token, morning + 34 * hour)).toBeNull()
})

it('[WH5] only the hash of a session token is kept', async () => {
  const token = await lisToken()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect((await house.bytes()).includes(token)).toBe(false)
})

it('[WH6] a withdrawn account, a new password and a sign-out end the sessions at once and say which', async () => {
  const token = await lisToken()
  const { accounts, sessions } = house.records
  const ended: string[] = []
  sessions.followEnds((isEnded) => void (isEnded(token) && ended.push('li')))
  const others = await sessions.open(li, morning)

  await sessions.close(others)
  expect(sessions.viewer(others, morning)).toBeNull()
  expect(sessions.viewer(token, morning)?.personId).toBe('li')
  expect(ended).toEqual([])

  await accounts.setPassword(li, 'another-password')
  expect(sessions.viewer(token, morning)).toBeNull()
  expect(ended).toEqual(['li'])

  const again = await sessions.open(li, morning)
  await accounts.withdraw(li)
  expect(sessions.viewer(again, morning)).toBeNull()
})

it('[WH6] time ends a session for good, and its line is told', async () => {
  const token = await lisToken()
  let told = false
  house.records.sessions.followEnds((isEnded) => void (told ||= isEnded(token)))

  house.clock.now = morning + 13 * hour
  await house.records.refresh()

  expect(told).toBe(true)
  expect((await house.neighbour()).sessions.viewer(token, morning)).toBeNull()
})

it('[WH7] whoever looks has the role and the places the account has now, not those of when they signed in', async () => {
  const token = await lisToken()
  await house.records.accounts.change(li, { role: 'chief', placeIds: [] })
  expect(house.records.sessions.viewer(token, morning)).toEqual({
    personId: 'li',
    name: '李志强',
    role: 'chief',
    placeIds: [],
  })
})

it('[WH8] what the command line does beside the running server is noticed at the next look', async () => {
  const token = await lisToken()
  const cli = await house.neighbour()
  const seen = house.records.accounts.people()
  await cli.accounts.add(officerLi({ id: PersonId.parse('zhou'), name: '周敏' }), morning)
  await cli.accounts.withdraw(li)

  expect(seen.has(PersonId.parse('zhou'))).toBe(false)
  house.clock.now += minute
  await house.records.refresh()

  expect([...seen.keys()]).toEqual(['zhou'])
  expect(house.records.sessions.viewer(token, morning)).toBeNull()
})

it('[WH8] a session opened after the command line started ends all the same when it withdraws the account', async () => {
  await house.records.accounts.add(officerLi(), morning)
  const cli = await house.neighbour()
  const token = await house.records.sessions.open(li, morning)

  await cli.accounts.withdraw(li)
  await house.records.refresh()

  expect(house.records.sessions.viewer(token, morning)).toBeNull()
  expect((await house.neighbour('a third')).sessions.viewer(token, morning)).toBeNull()
})

it('[KP21] who goes to another post takes nothing with them: what they were then can be asked for ever', async () => {
  const { accounts } = house.records
  await accounts.add(officerLi(), morning)
  house.clock.now = morning + day
  await accounts.change(li, { post: 'property', body: '桥一物业' })
  house.clock.now = morning + 2 * day
  await accounts.change(li, { onDuty: false })
  await accounts.withdraw(li)

  const grid = { post: 'grid', body: '创意家园网格站' }
  const property = { post: 'property', body: '桥一物业' }
  const said = [0, morning, morning + day - 1, morning + day, morning + 9 * day].map((at) => accounts.wasAt(li, at))
  expect(said).toEqual([grid, grid, grid, property, property])
  expect(accounts.wasAt(PersonId.parse('nobody'), morning)).toBeNull()
  const again = await house.neighbour()
  expect(again.accounts.wasAt(li, morning)).toEqual(grid)
})

it('[KP21] a change made on the command line is known to the running server as well', async () => {
  await house.records.accounts.add(officerLi(), morning)
  const other = await house.neighbour()
  house.clock.now = morning + day
  await other.accounts.change(li, { body: '桥二网格站' })
  await house.records.refresh()
  expect(house.records.accounts.wasAt(li, morning + hour)).toMatchObject({ body: '创意家园网格站' })
  expect(house.records.accounts.wasAt(li, morning + day)).toMatchObject({ body: '桥二网格站' })
})
