// The demo's staff: a duty officer, three chiefs, and on the ground those who go there.
import type { PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { Post, Role } from '#contract/roles'
import type { NewPerson } from '../records/port.ts'

export const demoPassword = 'sanping-demo'

/** Whom a visitor signs in as; nobody plays these for them. */
export const forVisitors = ['chen', 'zhou', 'li'] as const

interface Cast {
  id: string
  name: string
  role: Role
  post: Post
  body: string
  /** Names of places, found on the map. */
  places: readonly string[]
  skills?: readonly string[]
  offDuty?: boolean
}

const blocks = ['创意家园', '颐乐生活', '人文滨江'] as const

const command: Cast[] = [
  { id: 'chen', name: '陈海峰', role: 'duty-officer', post: 'command', body: '城运中心', places: ['五里桥街道'] },
  {
    id: 'linxy',
    name: '林晓燕',
    role: 'duty-officer',
    post: 'command',
    body: '城运中心',
    places: ['五里桥街道'],
    offDuty: true,
  },
  { id: 'zhou', name: '周敏', role: 'chief', post: 'station', body: '创意家园网格站', places: [blocks[0]] },
  { id: 'tang', name: '唐建国', role: 'chief', post: 'station', body: '创意家园网格站', places: [blocks[0]] },
  { id: 'xu', name: '徐文斌', role: 'chief', post: 'station', body: '颐乐生活网格站', places: [blocks[1]] },
  { id: 'shen', name: '沈洁', role: 'chief', post: 'station', body: '人文滨江网格站', places: [blocks[2]] },
]

/** By block: surname first, as the rings on the map show it. The first of a block is the visitor's own in 创意家园. */
const officers: Record<(typeof blocks)[number], readonly [id: string, name: string, skill?: string][]> = {
  创意家园: [
    ['li', '李志强', '低压电工证'],
    ['hebin', '何斌'],
    ['zhaom', '赵敏'],
    ['zhang', '张磊'],
    ['linf', '林芳'],
    ['chenhy', '陈海燕'],
  ],
  颐乐生活: [
    ['sunli', '孙莉'],
    ['wujun', '吴军', '低压电工证'],
    ['liugang', '刘强'],
    ['chenjie', '陈洁'],
    ['xuwb', '徐国庆'],
  ],
  人文滨江: [
    ['shenj', '沈建华'],
    ['majun', '马骏'],
    ['zhouping', '周萍'],
    ['wulei', '吴磊'],
  ],
}

const byBlock = (block: (typeof blocks)[number]): Cast[] => [
  ...officers[block].map(([id, name, skill]): Cast => ({
    id,
    name,
    role: 'officer',
    post: 'grid',
    body: `${block}网格站`,
    places: [block],
    ...(skill ? { skills: [skill] } : {}),
  })),
]

const bodies: Cast[] = [
  {
    id: 'zhoujp',
    name: '周建平',
    role: 'property',
    post: 'property',
    body: '创意家园物业',
    places: [blocks[0]],
    skills: ['低压电工证'],
  },
  { id: 'qianwei', name: '钱伟', role: 'property', post: 'property', body: '颐乐生活物业', places: [blocks[1]] },
  { id: 'dengsf', name: '邓国平', role: 'property', post: 'property', body: '人文滨江物业', places: [blocks[2]] },
  { id: 'gujf', name: '顾建芳', role: 'property', post: 'cleaning', body: '创意家园保洁', places: [blocks[0]] },
  { id: 'hanmei', name: '韩梅', role: 'property', post: 'cleaning', body: '颐乐生活保洁', places: [blocks[1]] },
  { id: 'caolin', name: '曹琳', role: 'property', post: 'cleaning', body: '人文滨江保洁', places: [blocks[2]] },
  {
    id: 'gujm',
    name: '顾建明',
    role: 'property',
    post: 'micro-fire-station',
    body: '创意家园微型消防站',
    places: [blocks[0]],
  },
  {
    id: 'luohao',
    name: '罗浩',
    role: 'property',
    post: 'micro-fire-station',
    body: '颐乐生活微型消防站',
    places: [blocks[1]],
  },
  {
    id: 'pengfei',
    name: '彭飞',
    role: 'property',
    post: 'micro-fire-station',
    body: '人文滨江微型消防站',
    places: [blocks[2]],
  },
  { id: 'caiwei', name: '蔡伟', role: 'property', post: 'department', body: '市容所', places: ['五里桥街道'] },
  {
    id: 'zhoumin',
    name: '周慧',
    role: 'officer',
    post: 'grid',
    body: '创意家园网格站',
    places: [blocks[0]],
    offDuty: true,
  },
]

const everybody: readonly Cast[] = [...command, ...blocks.flatMap(byBlock), ...bodies]

/** The accounts, their places found by name among the map's own. */
export function demoPeople(places: Iterable<Place>): NewPerson[] {
  const byName = new Map([...places].map((place) => [place.name, place.id]))
  const find = (name: string): PlaceId => {
    const id = byName.get(name)
    if (!id) throw new Error(`the map has no place called ${name}`)
    return id
  }
  return everybody.map((one) => ({
    id: one.id as NewPerson['id'],
    name: one.name,
    role: one.role,
    post: one.post,
    body: one.body,
    placeIds: one.places.map(find),
    skills: [...(one.skills ?? [])],
    onDuty: !one.offDuty,
    password: demoPassword,
  }))
}
