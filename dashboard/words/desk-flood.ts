// The words of a list that has more in it than anybody reads: what was put together, and how to see it flat again.
import { sentences } from './words.ts'

export const floodWords = {
  zh: {
    flood: '10 分钟来了 {n} 件，按镜头与地点归并',
    flat: '平铺',
    together: '归并',
    isFlat: '10 分钟来了 {n} 件，已平铺',
    camera: '镜头 {camera}',
    group: '{n} 件，最高{level}，最早 {time}',
  },
  en: {
    flood: '{n} in ten minutes: by camera and place',
    flat: 'Show flat',
    together: 'Put together',
    isFlat: '{n} in ten minutes, shown flat',
    camera: 'Camera {camera}',
    group: '{n}, worst {level}, since {time}',
  },
} as const

export const sayFlood = sentences<keyof typeof floodWords.zh>(floodWords)
