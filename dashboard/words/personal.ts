// The words of what is personal: why somebody looks, who has looked, and what a resident may ask about their own.
import { wishNoWords, type WishNo } from '#contract/personal-wish'
import { inWords, sentences } from './words.ts'

export const personalWords = {
  zh: {
    whyLook: '为什么要看？',
    ownWords: '写明原因',
    lookNow: '看 30 分钟',
    notNow: '不看',
    wholeUntil: '可看到 {time}',
    lookedTitle: '谁看过',
    looked: '{time} {who}，{why}',
    nobodyLooked: '没有人看过全名和电话',
    // the resident's own page
    mine: '我的信息',
    mineShow: '查看我的信息',
    mineForget: '删除我的信息',
    mineSure: '删除后不能恢复，处置的人也联系不到您。',
    mineAsked: '已申请删除，由安全管理员处理，{day} 前答复。',
    mineRefused: '申请没有同意：{why}。有疑问可到街道咨询。',
    mineNoWhy: '没有写明原因',
    mineGone: '已按规定删除。',
    mineNothing: '没有留下姓名和电话。',
    mineHide: '收起',
    mineFailed: '现在取不到，请稍后再试。',
    name: '姓名',
    phone: '电话',
    email: '邮箱',
    address: '地址',
    text: '原话',
  },
  en: {
    whyLook: 'Why do you need to look?',
    ownWords: 'Say why',
    lookNow: 'Show for 30 min',
    notNow: 'Not now',
    wholeUntil: 'shown until {time}',
    lookedTitle: 'Seen by',
    looked: '{time} {who}, {why}',
    nobodyLooked: 'Nobody has seen the full name and phone',
    mine: 'What is kept of me',
    mineShow: 'Show what is kept of me',
    mineForget: 'Erase what is kept of me',
    mineSure: 'It cannot be undone, and whoever deals with it cannot reach you.',
    mineAsked: 'Asked for; the security administrator decides, and answers before {day}.',
    mineRefused: 'It was not granted: {why}. The sub-district office can tell you more.',
    mineNoWhy: 'no reason was written down',
    mineGone: 'Erased by rule.',
    mineNothing: 'You left no name and no phone.',
    mineHide: 'Hide',
    mineFailed: 'It cannot be fetched now; try again later.',
    name: 'Name',
    phone: 'Phone',
    email: 'Email',
    address: 'Address',
    text: 'In your words',
  },
} as const

export const sayPersonal = sentences(personalWords)

/** 「其他」 says nothing beside somebody's own words. */
export const noInFull = ({ reason, words }: WishNo): string =>
  reason === 'other' && words ? words : [inWords(wishNoWords[reason]), words].filter(Boolean).join('·')
