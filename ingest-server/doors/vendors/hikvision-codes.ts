// What Hikvision calls things: the `eventType` of ISAPI, and the numbers of iSecure Center's list of video events.
import { namesIn, type Tongue } from './alarm.ts'

export const isapi: Tongue = {
  called: { zh: '事件类型', en: 'event type' },
  // `smokeDetectAlarm` is a person smoking, not a fire.
  matters: {
    smokedetection: 'smoke',
    smartsmoke: 'smoke',
    firedetection: 'open-fire',
    fireandsmokedetection: 'open-fire',
    smokeandfiredetection: 'open-fire',
    objectsthrowndetection: 'throwing',
    hightossingdetection: 'throwing',
    garbagedetection: 'dropped-garbage',
    garbageexposuredetection: 'dropped-garbage',
    garbage: 'dropped-garbage',
    // iSecure Center, appendix of video events.
    '192513': 'smoke',
    '192514': 'open-fire',
    '192515': 'open-fire',
    // Not in that appendix; as platforms that take it have it.
    '930335': 'throwing',
  },
  everyday: new Set(
    namesIn(
      `vmd,pir,io,linedetection,fielddetection,regionentrance,regionexiting,loitering,group,rapidmove,parking,
      unattendedbaggage,attendedbaggage,facedetection,facesnap,facecapture,scenechangedetection,audioexception,defocus,
      diskfull,diskerror,nicbroken,ipconflict,illaccess,videomismatch,badvideo,peoplecounting,framespeoplecounting,
      persondensitydetection,personqueuedetection,mixedtargetdetection,anpr,vehicledetection,smokedetectalarm,
      shelteralarm,tamperdetection,heatmap,storagedetection,recordingfailure,duration,falldown,motiondetection,
      alarmresult,captureresult,advreachheight,reachheight,sysstorfull,versionabnormal,nodeoffline,recordcycleabnormal,
      ipctransferabnormal,thermometry,tma,tmpa,temperatureanomaly,shipsdetection,cidevent,
      131330,131331,131585,131586,131587,131588,131590,131591,131592,131593,131594,131595,131596,131597,131598,131599,
      131600,131601,131602,131603,131604,131605,131606,131607,131609,131610,131611,131612,131613,131664,131665,131666,
      192516,192517,192518,196355,589825,589826,851969`,
    ),
  ),
  health: { videoloss: 'camera-offline', '131329': 'camera-offline', '889196545': 'camera-offline' },
  beats: new Set(['heartbeat', 'videoloss']),
}
