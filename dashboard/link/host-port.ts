// What the phone asks of the app it runs in, and what an app's own body may bring.
import type { Point } from '#contract/point'

export type HostName = 'browser' | 'wecom' | 'dingtalk'

export interface Host {
  /** Whose webview this is. */
  readonly name: HostName
  /** Null where nobody can say: then a pin or a plate must. */
  locate(): Promise<Point | null>
  /** The app's own scanner; null where it has none or nothing was scanned: then the page's own. */
  scan(): Promise<string | null>
  /** The app's own camera; null where it has none: then a file input. */
  takePhoto(): Promise<Blob | null>
  /** False where nothing here can share. */
  share(what: { title: string; url: string }): Promise<boolean>
  /** Leaves the page: where the app opened it in a window of its own, that window. */
  close(): void
  title(words: string): void
  vibrate(pattern: number[]): void
  /** The display stays on until the returned stop is called, or as long as the browser allows. */
  keepAwake(): Promise<() => void>
}

/** What an app's own body can do; whatever it lacks, or answers with null, the browser does. */
export type HostLeaf = Partial<Omit<Host, 'name'>>
