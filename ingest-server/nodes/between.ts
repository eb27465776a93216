// What is between the processes: streams somebody adds to and somebody reads, and the few scripts of the leases. Body: Redis.

export interface Between {
  /** Rejects where it does not answer within a second. The stream keeps about its last `keeps` entries. */
  add(stream: string, fields: readonly string[], keeps: number): Promise<void>
  /** What is added from about now on, in order. Whatever lies between a break and its end is lost. Returns the stop. */
  read(stream: string, take: (fields: Fields) => void): () => void
  /** Runs a script whole. Rejects where it does not answer within a second. */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>
  /** It answers, as far as is known. */
  isUp(): boolean
  /** Told when it answers again. Returns the stop. */
  whenBack(tell: () => void): () => void
  close(): Promise<void>
}

export type Fields = Readonly<Record<string, string>>

export interface Script {
  name: string
  lua: string
}
