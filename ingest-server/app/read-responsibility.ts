// Who answers for what as it is shipped, for a site that has not said so itself yet.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ResponsibilityTable } from '#contract/responsibility'

const responsibilityFile = 'site/responsibility.json'

/** In a folder of its own below the scenarios, which it is none of. Throws one sentence naming the file and what is wrong with it. */
export async function readResponsibility(folder: string): Promise<ResponsibilityTable> {
  const file = path.join(folder, responsibilityFile)
  const parsed = ResponsibilityTable.safeParse(jsonOf(await readFile(file, 'utf8'), file))
  if (parsed.success) return parsed.data
  throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is not whole JSON`, { cause })
  }
}
