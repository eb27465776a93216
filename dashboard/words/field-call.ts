// Whether the phone can be called while its page is closed, in sentences.
import { sentences } from './words.ts'

export const fieldCallWords = {
  zh: {
    'call.title': '手机关着也叫我',
    'call.asking': '正在看这台手机行不行',
    'call.turnOn': '打开',
    'call.turnOff': '关掉',
    'call.again': '再试一次',
    'call.on': '已打开。在岗时有急事，锁着屏也会响；不在岗不叫。',
    'call.off': '没打开：关了这一页，新派的、督办的、没人应的，要等你再打开才看得到。',
    'call.blocked': '浏览器不让弹通知。到手机「设置」里找到这个浏览器，允许通知，再回来打开。',
    'call.plain': '网址不是 https，浏览器不给用。请管理员换成 https 的网址。',
    'call.host': '在{app}里打开的网页，关了叫不醒。用手机自带的浏览器打开本页再开；群机器人和短信照常叫。',
    'call.ios': '苹果手机要先点「分享」，再点「添加到主屏幕」，从主屏幕打开本页，才能开。',
    'call.old': '这个浏览器不会：换新一点的 Chrome、Edge 或 Firefox。短信照常叫。',
    'call.none': '这里不往手机推送（演示，或管理员没开）。',
    'call.service': '这个浏览器的推送服务不在本站允许之列，请告诉管理员，或换个浏览器。',
    'call.unreachable':
      '没开成：手机连不上浏览器厂商的推送服务，或没信号。只有内网、上不了外网的地方用不了，靠群机器人和短信叫。',
  },
  en: {
    'call.title': 'Call me when this is closed',
    'call.asking': 'Looking whether this phone can',
    'call.turnOn': 'Turn on',
    'call.turnOff': 'Turn off',
    'call.again': 'Try again',
    'call.on': 'On. While you are on duty it rings with the screen locked; off duty it does not.',
    'call.off': 'Off: once this page is closed you see what is sent, urged or unanswered only when you open it again.',
    'call.blocked':
      'The browser may not show notifications. Allow them for this browser in the phone’s settings, then come back.',
    'call.plain': 'The address is not https, so the browser does not allow it. The administrator can set up https.',
    'call.host':
      'A page opened in {app} cannot be woken. Open it in the phone’s own browser; the group’s robot and text messages go on.',
    'call.ios': 'On an iPhone tap Share, then Add to Home Screen, and open this page from there.',
    'call.old': 'This browser cannot: take a newer Chrome, Edge or Firefox. Text messages go on.',
    'call.none': 'Nothing is pushed to phones here (a demonstration, or the administrator has not allowed it).',
    'call.service':
      'This browser’s push service is not one this site sends to: tell the administrator, or take another.',
    'call.unreachable':
      'Not turned on: the phone does not reach its browser’s push service, or has no signal. On an intranet without the internet it cannot work; the group’s robot and text messages do.',
  },
} as const

export const sayCall = sentences<keyof typeof fieldCallWords.zh>(fieldCallWords)
