// Whose topics are whose, as the site wrote it into `mqtt.json` of the data folder; read at the start alone, without the file nothing is said of any.
import { TopicTable } from '../doors/mqtt-topics.ts'
import { readSiteJson } from './site-json.ts'

const like = '[{"topic":"frigate/#","sourceId":"frigate-north","dialect":"frigate"}]'

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readMqttTopics = (folder: string): Promise<TopicTable> =>
  readSiteJson(folder, {
    name: 'mqtt.json',
    schema: TopicTable,
    absent: [],
    wanted: {
      zh: `是主题、来源、格式的列表，如 ${like}；# 只能在最后`,
      en: `must be a list of topic, source and dialect, like ${like}, with # only at the end`,
    },
  })
