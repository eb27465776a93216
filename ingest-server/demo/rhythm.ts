// How a street breathes: how often each kind of trouble comes, hour by hour of its day.
import type { Scene } from './stills.ts'

export interface Trouble {
  matter: string
  /** Who tells of it first. */
  first: 'bike-shed-camera' | 'throwing-camera' | 'rubbish-camera' | 'street-camera' | 'staff' | 'resident'
  scene?: Scene
  after?: Scene
  /** What is said, one of these. */
  texts: readonly string[]
  /** Times an hour, from 0 to 23 o'clock. */
  perHour: readonly number[]
}

const busy = 1.1

/** 24 figures out of a few: `at(0.1, [7, 9, 2])` is 0.1 all day and 2 from 7 to before 9, times how busy this street is. */
const at = (base: number, ...peaks: readonly [from: number, to: number, perHour: number][]): number[] =>
  Array.from({ length: 24 }, (_, hour) => busy * (peaks.find(([from, to]) => hour >= from && hour < to)?.[2] ?? base))

/** School run, lunch, evening cooking, night. Some two to three hundred a day with their duplicates, as a dense inner street sees. */
export const troubles: readonly Trouble[] = [
  {
    matter: 'dropped-garbage',
    first: 'rubbish-camera',
    scene: 'rubbish',
    after: 'rubbish-cleared',
    texts: ['垃圾房外有小包垃圾', '投放点旁落地垃圾三袋', '纸箱堆在垃圾桶边'],
    perHour: at(0.6, [6, 9, 6], [11, 13, 3], [18, 21, 5.5], [0, 5, 0.2]),
  },
  {
    matter: 'charging-wire',
    first: 'bike-shed-camera',
    scene: 'shed-clear',
    after: 'shed-clear',
    texts: ['电线从二楼窗口拉下来', '插排悬在车座上'],
    perHour: at(0.2, [18, 23, 1.2], [6, 8, 0.6]),
  },
  {
    matter: 'smoke',
    first: 'bike-shed-camera',
    scene: 'shed-smoke',
    after: 'shed-clear',
    texts: ['白烟从棚顶冒出', '棚内有烟，看不清火源'],
    perHour: at(0.02, [17, 20, 0.06]),
  },
  {
    matter: 'throwing',
    first: 'throwing-camera',
    scene: 'tower-throw',
    after: 'street',
    texts: ['有物品从高处落下', '花盆碎片落在楼道口'],
    perHour: at(0.1, [18, 22, 0.8], [11, 13, 0.4]),
  },
  {
    matter: 'shop-spill',
    first: 'street-camera',
    scene: 'stall',
    after: 'street',
    texts: ['水果摊占道', '店外摆放桌椅', '货架摆出门外'],
    perHour: at(0, [7, 9, 2], [10, 14, 1.6], [16, 21, 2]),
  },
  {
    matter: 'street-vendor',
    first: 'street-camera',
    scene: 'stall',
    after: 'street',
    texts: ['早点摊占人行道', '流动水果车'],
    perHour: at(0, [6, 9, 2.4], [16, 20, 1.6]),
  },
  {
    matter: 'bike-parking',
    first: 'staff',
    scene: 'bikes',
    after: 'bikes-cleared',
    texts: ['共享单车压盲道', '电动车堵住消防通道', '校门口单车乱停'],
    perHour: at(0.2, [7, 9, 2.2], [15, 17, 2], [17, 20, 1]),
  },
  {
    matter: 'corridor-clutter',
    first: 'staff',
    scene: 'clutter',
    after: 'clutter-cleared',
    texts: ['旧纸箱堆到二楼，轮椅过不去', '二楼平台堆旧家具'],
    perHour: at(0, [9, 12, 0.9], [14, 17, 0.9]),
  },
  {
    matter: 'water-leak',
    first: 'resident',
    scene: 'leak',
    after: 'leak-fixed',
    texts: ['卫生间漏水渗到楼下', '总管接口往外喷水'],
    perHour: at(0.1, [7, 10, 0.3], [18, 21, 0.3], [0, 6, 0.02]),
  },
  {
    matter: 'tap-repair',
    first: 'resident',
    scene: 'leak',
    after: 'leak-fixed',
    texts: ['厨房水龙头关不紧', '阀门拧不动'],
    perHour: at(0.2, [7, 10, 1], [18, 21, 1.2], [0, 6, 0.05]),
  },
  {
    matter: 'sewer-blocked',
    first: 'resident',
    scene: 'leak',
    after: 'leak-fixed',
    texts: ['下水道堵了，返水', '楼前窨井满溢'],
    perHour: at(0.1, [8, 12, 0.6], [18, 21, 0.5]),
  },
  {
    matter: 'light-out',
    first: 'resident',
    texts: ['三楼的灯不亮', '门厅灯坏了两天'],
    perHour: at(0.05, [17, 22, 1.2]),
  },
  {
    matter: 'lift-fault',
    first: 'resident',
    texts: ['电梯停在四楼不动', '电梯门反复开关'],
    perHour: at(0.05, [7, 9, 0.4], [17, 20, 0.4]),
  },
]

/** What a rainstorm adds, times an hour, for its half hour. */
export const storm: readonly Trouble[] = [
  {
    matter: 'standing-water',
    first: 'street-camera',
    scene: 'leak',
    after: 'street',
    texts: ['路面积水，没过脚踝', '积水漫上人行道'],
    perHour: at(30),
  },
  {
    matter: 'water-leak',
    first: 'resident',
    scene: 'leak',
    after: 'leak-fixed',
    texts: ['屋顶漏雨', '窗框进水'],
    perHour: at(20),
  },
  { matter: 'sewer-blocked', first: 'resident', texts: ['下水道倒灌', '地下车库进水口堵'], perHour: at(16) },
]

/** When it breaks, by the street's own clock, in minutes of the day. */
export const stormAt = { from: 16 * 60, to: 16 * 60 + 30 }
