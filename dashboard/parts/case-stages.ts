// One of the seven steps of a case, ready to be drawn by CaseStages.
export interface StageSays {
  key: string
  name: string
  /** 09:31 where it is done, 剩 4:12 where it stands. */
  time: string
  isDone: boolean
  isNow: boolean
  /** Of the limit that this step had or has; none where nothing was limited. */
  lamp: 'ok' | 'late' | 'over' | 'met' | 'paused' | 'none'
  /** The whole of it in words, for who cannot see the mark. */
  words: string
}
