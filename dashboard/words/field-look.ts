// The words of the phone's sheet for who reported a case.
import { sentences } from './words.ts'

export const fieldLookWords = {
  zh: {
    reporter: '报告人',
    open: '查看报告人',
    close: '关上',
    asking: '正在取',
    again: '再试',
    gone: '已按规定删除，没有姓名和电话了。',
    written: '看一次记一次：谁、几点、为什么。',
    notInHand: '这件不在您手上，只能看遮住的。要联系，请找在办的人或值守。',
    needsLine: '现在没有信号。查看要先记一笔，得连着服务器：到有信号的地方再看。',
    hides: '{time} 自动遮住',
    call: '打 {phone}',
    noPhone: '没有留下电话',
  },
  en: {
    reporter: 'Reporter',
    open: 'See the reporter',
    close: 'Close',
    asking: 'Fetching',
    again: 'Try again',
    gone: 'Erased by rule: there is no name and no phone any more.',
    written: 'Each look is written down: who, when, why.',
    notInHand:
      'This one is not in your hands, so it stays masked. To reach them, ask whoever has it, or the duty officer.',
    needsLine: 'There is no signal. A look is written down first, and that needs the line: try where there is one.',
    hides: 'masked again at {time}',
    call: 'Call {phone}',
    noPhone: 'They left no phone',
  },
} as const

export const sayFieldLook = sentences(fieldLookWords)
