// What is out now, each with where it lies and what is said of it: devices, sources, alarm paths, ground without anybody on duty.
import type { Ground } from '#contract/ground'
import type { CameraId, DeviceId, Instant, PlaceId } from '#contract/ids'
import type { Post } from '#contract/roles'
import type { Hearing } from './hearing.ts'
import type { Silence } from './hearing-silence.ts'

export const outageMatters = {
  'camera-silent': 'camera',
  'camera-offline': 'camera',
  'gateway-offline': 'gateway',
  'source-silent': 'source',
  'alarm-path-down': 'path',
  'coverage-void': 'place',
} as const
export type OutageMatter = keyof typeof outageMatters
export type OutageKind = (typeof outageMatters)[OutageMatter]

export interface Outage {
  matter: OutageMatter
  /** Of the thing that is out, unique within its kind. */
  id: string
  since: Instant
  where: { cameraId: CameraId } | { deviceId?: DeviceId; placeId: PlaceId }
  text: string
}

export interface Uncovered {
  placeId: PlaceId
  post: Post
}

const matterOf = ({ kind, how }: Silence): OutageMatter =>
  kind === 'camera'
    ? how === 'silent'
      ? 'camera-silent'
      : 'camera-offline'
    : kind === 'gateway'
      ? 'gateway-offline'
      : 'source-silent'

export function silenceAsOutage(silence: Silence, hearing: Pick<Hearing, 'all'>, ground: Ground): Outage {
  const { id, kind, since } = silence
  const about = { matter: matterOf(silence), id, since, text: textOf(silence) }
  if (kind === 'camera') return { ...about, where: { cameraId: id as CameraId } }
  return { ...about, where: { deviceId: id as DeviceId, placeId: placeOf(silence, hearing, ground) } }
}

/** The narrowest place in which all lie that hangs behind it; the whole sub-district where nothing does. */
export function placeOf(
  { kind, id }: Pick<Silence, 'kind' | 'id'>,
  hearing: Pick<Hearing, 'all'>,
  ground: Ground,
): PlaceId {
  const paths = [...hearing.all()].flatMap((thing) => {
    const isBehind = kind === 'gateway' ? thing.behind === id : thing.sourceId === id
    const camera = thing.kind === 'camera' && isBehind ? ground.cameras.get(thing.id as CameraId) : undefined
    return camera ? [ground.pathOf(camera.placeId)] : []
  })
  const [first = []] = paths
  const common = first.filter((place, depth) => paths.every((path) => path[depth] === place))
  return common.at(-1) ?? ground.subdistrict.id
}

/** Words for the journal, which is read in Chinese; when it began stands beside it in the case. */
function textOf({ how, cameras }: Silence): string {
  const said = {
    silent: '按时应有心跳，一直没有收到',
    offline: '自己报告离线',
    'last-will': '连接断开，遗嘱消息送达',
    many: '自身有消息，但其下多数摄像头没有消息',
  }[how]
  return cameras > 0 ? `${said}；其下摄像头 ${cameras} 路` : said
}

/** One a path; where none is left, one for all of them. */
export function pathOutages(
  down: readonly { name: string; since: Instant }[],
  paths: number,
  ground: Pick<Ground, 'subdistrict'>,
): Outage[] {
  const placeId = ground.subdistrict.id
  const outage = (id: string, since: Instant, text: string): Outage => ({
    ...{ matter: 'alarm-path-down', id, since, text },
    where: { deviceId: `path-${id}` as DeviceId, placeId },
  })
  if (down.length > 1 && down.length === paths)
    return [outage('all', Math.min(...down.map((one) => one.since)), '全部告警通路：合成告警没有在 10 秒内到达屏幕')]
  return down.map(({ name, since }) => outage(name, since, `${name}：合成告警没有在 10 秒内到达屏幕`))
}

const postNames: Record<Post, string> = {
  command: '值守',
  station: '站长',
  grid: '网格员',
  property: '物业',
  cleaning: '保洁',
  'micro-fire-station': '微型消防站',
  department: '职能部门',
}

/** One a place, whatever posts it lacks. */
export function coverageOutages(uncovered: readonly Uncovered[], now: Instant): Outage[] {
  const places = new Map<PlaceId, Post[]>()
  for (const { placeId, post } of uncovered) places.set(placeId, [...(places.get(placeId) ?? []), post])
  return [...places].map(([placeId, posts]) => ({
    ...{ matter: 'coverage-void', id: placeId, since: now, where: { placeId } },
    text: `无人在岗：${posts.map((post) => postNames[post]).join('、')}`,
  }))
}
