// One request on a case, ready to be drawn by CaseRequests.
export interface RequestSays {
  key: string
  /** 处置延时 2 工时. */
  want: string
  why: string
  /** 李志强 10:02. */
  asked: string
  /** 沈国平 10:10 批准; or who could answer it. */
  answer: string
  isWaiting: boolean
}
