// The closed list of what a log line may be about, with what it means: who searches a year of lines searches by these.
import type { Words } from '#contract/language'

export const logEvents = {
  request: { zh: '一次请求（网址去掉密钥，不含正文）', en: 'a request: its path without keys, never its body' },
  started: { zh: '启动', en: 'the house is up' },
  stopping: { zh: '停机', en: 'the house is being stopped' },
  'street-opened': { zh: '街道开了', en: 'a street is open' },
  'street-closed': { zh: '街道关了', en: 'a street is closed' },
  'street-failed': { zh: '街道开不起来', en: 'a street cannot be opened' },
  'streets-refused': { zh: 'streets.json 用不了', en: 'streets.json was refused' },
  fault: { zh: '会自愈的故障', en: 'a fault that heals' },
  'door-failed': { zh: '一次请求我们没办成，答了编号', en: 'a request failed on our side, answered with an id' },
  'intake-failed': { zh: '一次收报没办成，答了编号', en: 'an intake failed on our side, answered with an id' },
  'sip-failed': { zh: '国标信令没办成', en: 'the SIP door failed' },
  'mqtt-refused': { zh: 'MQTT 没有收', en: 'not taken by MQTT' },
  'mqtt-failed': { zh: 'MQTT 出错', en: 'MQTT failed' },
  'mqtt-broker': { zh: 'MQTT 服务来了、走了或占了端口', en: 'the broker is there, away, or has the port' },
  'node-fault': { zh: '进程之间的故障', en: 'a fault between the nodes' },
  'rules-refused': { zh: '场景文件用不了', en: 'a scenario file was refused' },
  'mapping-refused': { zh: '映射文件用不了', en: 'a mapping file was refused' },
  unsigned: { zh: '日志没能签名', en: 'the journal could not be signed' },
  'pictures-missing': { zh: '图片处理装不上', en: 'pictures cannot be made' },
  'probe-lost': { zh: '合成告警没有出来', en: 'the synthetic alarm did not come out' },
  'watch-unsaid': { zh: '自检看见的事没法立案', en: 'the watch cannot say what it sees' },
  health: { zh: '某一项停了、慢了或好了', en: 'something the house stands on went down, stale or well' },
  'browser-forbade': { zh: '浏览器按安全策略拦下了什么', en: 'a browser forbade something by the security policy' },
  'log-dropped': { zh: '这之前有几行没能写下', en: 'so many lines before this one could not be written' },
} as const satisfies Record<string, Words>

export type LogEvent = keyof typeof logEvents
