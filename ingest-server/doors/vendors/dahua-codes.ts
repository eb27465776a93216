// What Dahua calls things: the codes of its event stream, in lower case.
import { namesIn, type Tongue } from './alarm.ts'

export const dahuaTongue: Tongue = {
  called: { zh: '大华事件 Code', en: 'Dahua event code' },
  matters: {
    smokedetection: 'smoke',
    firedetection: 'open-fire',
    firewarning: 'open-fire',
    hightossdetect: 'throwing',
    hightossdetection: 'throwing',
    highaltitudethrow: 'throwing',
    throwdetection: 'throwing',
    garbageexposure: 'dropped-garbage',
    garbagedetection: 'dropped-garbage',
    heapdetection: 'garbage-heap',
    dustbinoverflow: 'bin-overflow',
    flowbusiness: 'street-vendor',
    shoppresence: 'shop-spill',
    citynonmotorparking: 'bike-parking',
  },
  everyday: new Set(
    namesIn(
      `videomotion videomotioninfo videoblind videoabnormaldetection videounfocus smartmotionhuman smartmotionvehicle
      crosslinedetection crossregiondetection leftdetection takenawaydetection facedetection facerecognition
      facecomparision facesnap humantrait wanderdetection rioterdetection parkingdetection movedetection numberstat
      manumstat mannumdetection crowddetection queuestaydetection queuenumdetection smokingdetect phonecallingdetect
      audiomutation audioanomaly alarmlocal alarmoutput mdresult newfile intelliframe timechange ntpadjusttime
      rtspsessiondisconnect rtspsession login logout loginfailure safetyabnormal configchange reboot
      storagenotexist storagefailure storagelowspace netabort ipconflict macconflict userlock
      trafficjunction trafficparking trafficretrograde trafficgate trafficcar trafficsnapshot tollgate
      vehicledetection nonmotordetection citymotorparking holdumbrella doorfrontdirty violentthrowdetection
      heatimagingtemper firewarninginfo accesscontrol doorstatus callnoanswered _doorbellpress_ keepalive
      leftdetectionstate scenechange lensmaskopen lensmaskclose ptzpreset shockevent piralarm`,
    ),
  ),
  health: { videoloss: 'camera-offline' },
  beats: new Set(['heartbeat', 'keepalive']),
}
