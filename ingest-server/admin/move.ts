// A street moved to the other engine from the command line, its server stopped; or the mark of a move taken away.
import { moveToFolder, moveToPostgres, undoMove } from '../backup/move.ts'
import { readMoved } from '../engines/moved.ts'
import { no, tell, textOf, wrong, type Answer, type SystemCall, type SystemCommand, type World } from './call.ts'
import { orNo, workOf } from './long-work.ts'
import { noteIn } from './note-in.ts'
import { whichStreet } from './which-street.ts'

async function move(call: SystemCall): Promise<Answer> {
  const street = await whichStreet(call, textOf(call, 'street'))
  if ('no' in street) return street
  if (call.options.undo === true) return undo(call, street)
  const to = textOf(call, 'to')
  if (to !== 'postgres' && to !== 'folder')
    return wrong('--to 后请写 postgres 或 folder。', '--to is followed by postgres or folder.')
  const { folder, postgres } = street
  if (!postgres) return no('请先设好 SANPING_POSTGRES。', 'Set SANPING_POSTGRES first.')
  return orNo(
    async () => {
      const go = to === 'postgres' ? moveToPostgres : moveToFolder
      const head = await go({ folder, postgres }, call.now(), workOf(call))
      await noteIn(to === 'postgres' ? street : { ...street, postgres: undefined }, 'moved', `${to} ${head.revision}`)
      tell(
        call,
        `已搬完并核对：日志 ${head.revision} 行，末行 ${head.hash}。原处的内容原样留着，已标记搬走。`,
        `Moved and compared: ${head.revision} lines, the last ${head.hash}. What was there stays as it is, marked as left.`,
      )
      if (to === 'postgres')
        tell(call, '现在带着 SANPING_POSTGRES 启动服务。', 'Start the server with SANPING_POSTGRES set now.')
      else tell(call, '现在去掉 SANPING_POSTGRES 启动服务。', 'Start the server without SANPING_POSTGRES now.')
      return null
    },
    { zh: '没有搬动任何内容，原处照常可用。', en: 'nothing was moved, and the old place holds.' },
  )
}

async function undo(call: SystemCall, street: World): Promise<Answer> {
  for (const what of ['folder', 'postgres'] as const) {
    const moved = await readMoved(street, what)
    if (!moved) continue
    await undoMove(street, what)
    tell(
      call,
      `标记已取消：${what === 'folder' ? street.folder : street.postgres!.schema} 又可用了，停在第 ${moved.revision} 行；搬走之后新写的不会跟回来。`,
      `The mark is gone: ${what === 'folder' ? street.folder : street.postgres!.schema} holds again, at line ${moved.revision}; what was written since it moved does not come along.`,
    )
    return null
  }
  return no('这里没有搬走的标记。', 'Nothing here is marked as left.')
}

export const moveCommands: Record<string, SystemCommand> = {
  move: {
    usage: 'move --to postgres|folder [--undo] [--street 编码]',
    says: {
      zh: '停下服务后，把一个街道搬进 PostgreSQL 或搬回数据目录，两边核对；原处留着并标记；--undo 取消标记',
      en: 'with its server stopped, moves a street into PostgreSQL or back into its folder and compares both; the old place stays, marked; --undo takes the mark away',
    },
    takes: 0,
    options: { to: { type: 'string' }, undo: { type: 'boolean' }, street: { type: 'string' } },
    runs: move,
  },
}
