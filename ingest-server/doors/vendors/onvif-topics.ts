// What ONVIF and the makers that speak it call things. The standard has topics for rules and sources, none for a fire.
import { namesIn, type Tongue } from './alarm.ts'

export const onvifTongue: Tongue = {
  called: { zh: 'ONVIF 主题', en: 'ONVIF topic' },
  // Parts of a topic below `tns1:RuleEngine`, as makers name rules of their own.
  matters: {
    firedetection: 'open-fire',
    firedetector: 'open-fire',
    firedetect: 'open-fire',
    firealarm: 'open-fire',
    flamedetection: 'open-fire',
    flamedetector: 'open-fire',
    smokedetection: 'smoke',
    smokedetector: 'smoke',
    smokedetect: 'smoke',
    smokealarm: 'smoke',
    objectsthrowndetection: 'throwing',
    hightossdetect: 'throwing',
    garbagedetection: 'dropped-garbage',
  },
  // By the first word of a topic, and by the rules of the standard itself.
  everyday: new Set(
    namesIn(
      `videosource videoanalytics audioanalytics audiosource device monitoring recordingconfig recordinghistory
      media configuration ptzcontroller userauth appmgmt advancedsecurity credential accesscontrol accesspoint door
      schedule lpr streaming relayoutput digitalinput
      cellmotiondetector motionregiondetector linedetector linecounter linecrossingdetector fielddetector
      loiteringdetector tamperdetector declarativemotiondetector speeddetector countaggregation objectdetection
      myruledetector facerecognition facedetection recognition queuedetector peoplecounting occupancycounting
      licenseplaterecognition audiodetector soundclassification`,
    ),
  ),
  health: { 'videosource/signalloss': 'camera-offline', 'videosource/videoloss': 'camera-offline' },
  beats: new Set(),
}

/** `tns1:Device/tnsaxis:Sensor/PIR` → `Device/Sensor/PIR`: a prefix is whatever the sender chose. */
const bareTopic = (topic: string): string =>
  topic
    .trim()
    .split('/')
    .map((step) => step.trim().replace(/^[^:]*:/, ''))
    .filter(Boolean)
    .join('/')

/** From the most exact to the widest: the rule's own name, the topic, its first two steps, its steps from the last. */
export function typesOf(topic: string, rule: string | undefined): string[] {
  const bare = bareTopic(topic)
  const steps = bare.split('/')
  const own = rule === undefined ? [] : [rule]
  return [...own, topic.trim(), bare, steps.slice(0, 2).join('/'), ...steps.reverse()]
}
