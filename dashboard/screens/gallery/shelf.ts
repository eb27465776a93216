// One entry of the gallery: a part, on which scales it lives, and each of its states with what it is given there.
import type { Component, VNodeChild } from 'vue'
import type { Scale } from './sheet.ts'

/** What may happen to anything that is shown; `stale`: 停在, `waiting`: on its way or not answered yet. */
export const stateNames = ['normal', 'busy', 'empty', 'stale', 'lost', 'refused', 'waiting'] as const
export type StateName = (typeof stateNames)[number]

export interface Shown {
  state: StateName
  props: Readonly<Record<string, unknown>>
}
export interface Frame {
  /** It fills what it is given: width and height, in rem. */
  box?: readonly [width: number, height: number]
  /** As wide as there is room; no wider than itself. */
  isWide?: boolean
  isSmall?: boolean
  /** What stands in its slot. */
  inside?: (state: StateName) => VNodeChild
  /** Fills the stores of a world of its own, for a piece that reads them. */
  world?: (state: StateName) => void
}
export interface Part extends Frame {
  name: string
  component: Component
  scales: readonly Scale[]
  shown: readonly Shown[]
}

/** A box of the wall, told in pixels of its picture: 36 a rem. */
export const inPicture = (width: number, height: number) => [width / 36, height / 36] as const

/** A part that knows its kinds only where it is used is a function. */
type PropsOf<C> = C extends abstract new (...given: never[]) => { $props: infer P }
  ? P
  : C extends (props: infer P, ...rest: never[]) => unknown
    ? P
    : never

/** `states`: what it is given in each; several of one kind are all shown. A piece of a screen is named with its room before it. */
export function part<C extends Component>(
  name: string,
  component: C,
  scales: readonly Scale[],
  states: Readonly<Partial<Record<StateName, readonly PropsOf<C>[]>>>,
  frame: Frame = {},
): Part {
  const shown = stateNames.flatMap((state) =>
    (states[state] ?? []).map((props) => ({ state, props: props as Readonly<Record<string, unknown>> })),
  )
  return { name, component, scales, shown, ...frame }
}
