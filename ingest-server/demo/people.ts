// The demo's staff: a duty officer, three chiefs, and on the ground those who go there.
import type { PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { Post, Role } from '#contract/roles'
import type { NewPerson } from '../records/port-people.ts'

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

/** The three who keep the house: shown to whoever asks for their pages, and no part of the street's day. */
const keeping = (
  [
    ['gao', '高岚', 'administrator'],
    ['fangl', '方琳', 'security-administrator'],
    ['shao', '邵文', 'audit-administrator'],
  ] as const
).map(([id, name, role]): Cast => ({
  ...{ id, name, role, post: 'command', body: '城运中心', places: ['五里桥街道'], offDuty: true },
}))

export const keepers = keeping.map(({ id }) => id)

/** The residents' areas of each block, without the word 居民区. */
const areas: Record<(typeof blocks)[number], readonly string[]> = {
  创意家园: ['丽园', '桑城', '中二', '桥一', '桥二', '中一', '蒙自'],
  颐乐生活: ['打浦', '海悦', '瞿中', '瞿南', '瞿东', '瑞南', '斜土', '瞿西'],
  人文滨江: ['铁二', '铁一', '紫荆', '龙华'],
}
const area = (name: string): string => `${name}居民区`

/** Who walks which areas: surname first, as the rings on the map show it. */
const officers: Record<(typeof blocks)[number], readonly [id: string, name: string, areas: string, skill?: string][]> =
  {
    创意家园: [
      ['li', '李志强', '桥一 桥二', '低压电工证'],
      ['chenhy', '陈海燕', '桥一 桑城'],
      ['hebin', '何斌', '丽园 中二'],
      ['zhaom', '赵敏', '蒙自 中一'],
      ['zhang', '张磊', '中一 中二', '低压电工证'],
      ['linf', '林芳', '桥二 桑城 丽园'],
    ],
    颐乐生活: [
      ['sunli', '孙莉', '海悦 打浦'],
      ['wujun', '吴军', '瞿东 瞿南', '低压电工证'],
      ['liugang', '刘强', '瑞南 瞿西'],
      ['chenjie', '陈洁', '打浦 斜土'],
      ['xugq', '徐国庆', '瞿中 斜土 瞿西'],
      ['hujing', '胡静', '瞿南 瞿中'],
    ],
    人文滨江: [
      ['shenjh', '沈建华', '紫荆 铁一'],
      ['majun', '马骏', '铁二'],
      ['zhouping', '周萍', '龙华'],
      ['wulei', '吴磊', '龙华 铁一 紫荆'],
    ],
  }

const patrols: Cast[] = blocks.flatMap((block) =>
  officers[block].map(([id, name, walks, skill]): Cast => ({
    id,
    name,
    role: 'officer',
    post: 'grid',
    body: `${block}网格站`,
    places: walks.split(' ').map(area),
    ...(skill ? { skills: [skill] } : {}),
  })),
)

/** One firm each a block: property, cleaning, micro fire station. */
const firms: Record<
  (typeof blocks)[number],
  readonly [post: 'property' | 'cleaning' | 'micro-fire-station', id: string, name: string][]
> = {
  创意家园: [
    ['property', 'zhoujp', '周建平'],
    ['property', 'wangl', '王亮'],
    ['cleaning', 'gujf', '顾建芳'],
    ['micro-fire-station', 'gujm', '顾建明'],
  ],
  颐乐生活: [
    ['property', 'qianwei', '钱伟'],
    ['property', 'yuxm', '俞晓明'],
    ['cleaning', 'hanmei', '韩梅'],
    ['micro-fire-station', 'luohao', '罗浩'],
  ],
  人文滨江: [
    ['property', 'dengsf', '邓国平'],
    ['cleaning', 'caolin', '曹琳'],
    ['micro-fire-station', 'pengfei', '彭飞'],
  ],
}
const firmNames = { property: '物业', cleaning: '保洁', 'micro-fire-station': '微型消防站' } as const

const bodies: Cast[] = [
  ...blocks.flatMap((block) =>
    firms[block].map(([post, id, name]): Cast => ({
      id,
      name,
      role: 'property',
      post,
      body: `${block}${firmNames[post]}`,
      places: areas[block].map(area),
      ...(post === 'property' ? { skills: ['低压电工证'] } : {}),
    })),
  ),
  { id: 'caiwei', name: '蔡伟', role: 'property', post: 'department', body: '市容所', places: ['五里桥街道'] },
  {
    id: 'zhouhui',
    name: '周慧',
    role: 'officer',
    post: 'grid',
    body: '创意家园网格站',
    places: [area('桥一')],
    offDuty: true,
  },
]

const everybody: readonly Cast[] = [...command, ...keeping, ...patrols, ...bodies]

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
