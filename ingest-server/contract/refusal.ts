// Every no, from a closed list, each with a sentence a person can act on. No zod: screens read this too.
import type { Words } from './language.ts'

export const refusals = {
  // what came in
  'bad-json': {
    zh: '这不是完整的 JSON，请检查括号、引号和编码（UTF-8）后重发。',
    en: 'This is not whole JSON: check brackets, quotes and encoding (UTF-8), then send again.',
  },
  'bad-xml': {
    zh: '这不是完整的 XML，请检查标签是否闭合、编码声明是否相符。',
    en: 'This is not whole XML: check that tags are closed and that the declared encoding is the true one.',
  },
  'bad-multipart': {
    zh: '多部分报文不完整，请检查 boundary 与结尾分隔行。',
    en: 'The multipart body is not whole: check the boundary and the closing delimiter.',
  },
  'too-large': {
    zh: '内容太大，请分批发送；图片请走 /api/evidence。',
    en: 'Too large: send it in parts; pictures go to /api/evidence.',
  },
  'too-many': { zh: '一次发得太多，请分成每批不超过 1000 条。', en: 'Too many at once: send at most 1,000 a batch.' },
  'nothing-in-it': { zh: '请求里没有内容。', en: 'The request is empty.' },
  'dialect-unknown': {
    zh: '不认识这种报文格式，地址是 /api/in/ 加格式名，例如 /api/in/sanping，有哪些见 /api/docs。',
    en: 'No such dialect: the address is /api/in/ and its name, like /api/in/sanping; /api/docs tells them all.',
  },
  'content-type-wrong': {
    zh: '内容类型（Content-Type）不对，或报文被压缩了，请按 /api/docs 的说明发送。',
    en: 'The Content-Type is not right, or the body is compressed: send it as /api/docs says.',
  },
  'topic-not-yours': {
    zh: '这个主题不归这个来源：请发到「sanping/来源编号/格式」下面，或在 mqtt.json 里登记这个主题并重启。',
    en: 'This topic is not this source’s: publish under sanping/SOURCE/DIALECT, or enter the topic in mqtt.json and start the house again.',
  },
  'wrong-shape': {
    zh: '字段不对，请按 /api/docs 的说明修改后重发。',
    en: 'The fields are not right: mend them by /api/docs and send again.',
  },
  'matter-unknown': {
    zh: '不认识这个事项代码，请在场景文件里查对，或给来源加一条映射。',
    en: 'No scenario knows this matter: look its code up in the scenario files, or map it for this source.',
  },
  'crs-missing': {
    zh: '坐标没有写明 crs，请注明 wgs84、gcj02 或 bd09；我们不猜。',
    en: 'The point does not say its crs: write wgs84, gcj02 or bd09; it is never guessed.',
  },
  'place-missing': {
    zh: '没有说在哪里：请给坐标、摄像头编号或设施编号之一。',
    en: 'It does not say where: give a point, a camera id or a facility id.',
  },
  'camera-unknown': {
    zh: '地图上没有这个摄像头，请先登记，或随报文给出坐标。',
    en: 'No such camera on the map: register it, or send a point with the report.',
  },
  'facility-unknown': {
    zh: '地图上没有这个设施编号，请查对铭牌。',
    en: 'No such facility on the map: check its plate.',
  },
  'outside-subdistrict': {
    zh: '这个点不在本街道范围内，请检查坐标和坐标系，或转给所在街道。',
    en: 'This point lies outside the sub-district: check the coordinates and their crs, or hand it to the street it lies in.',
  },
  'time-impossible': {
    zh: '时间不对：不是有效日期，或比现在晚了一天以上。',
    en: 'The time cannot be: not a valid date, or more than a day ahead of now.',
  },
  'evidence-unknown': {
    zh: '没有收到这张照片，请先上传再引用。',
    en: 'That picture has not arrived: upload it first, then name it.',
  },
  'evidence-refused': {
    zh: '这不是能用的图片（只收 JPEG、PNG、WebP，内容须与哈希相符）。',
    en: 'This is no picture that can be used (JPEG, PNG or WebP only, and its hash must match).',
  },
  // who asks
  'not-signed-in': { zh: '登录已失效，请重新登录。', en: 'You are not signed in: please sign in again.' },
  'wrong-password': { zh: '账号或密码不对。', en: 'The name or the password is not right.' },
  'password-too-short': {
    zh: '新密码要 10 个字以上（最多 200 个）。',
    en: 'A new password needs at least 10 characters (200 at most).',
  },
  'try-later': { zh: '试得太多了，请过几分钟再试。', en: 'Too many tries: wait some minutes, then try again.' },
  'look-reason-missing': {
    zh: '请说明为什么要看：回访、上门、核实、急救，或其他并写明。',
    en: 'Say why you need to look: call back, visit, verify, first aid, or other in your own words.',
  },
  'too-many-looks': {
    zh: '一小时内查看得太多，已报安全管理员，批准后可以再看。',
    en: 'Too many looks within an hour: the security administrator has been asked, and you may look again once they agree.',
  },
  'viewing-needed': {
    zh: '这张照片需申请调阅：写明原因，批准后限时可看。',
    en: 'This picture is seen on request: say why; once granted it is shown for a time.',
  },
  'viewing-unknown': { zh: '没有这件调阅申请。', en: 'There is no such request.' },
  'viewing-decided': { zh: '这件调阅申请已经批过或已收回。', en: 'This request was decided or withdrawn already.' },
  'viewing-reason-missing': {
    zh: '请选调阅原因；选「其他」要写明。',
    en: 'Choose why you need to see it; "other" is to be said in words.',
  },
  'viewing-span-wrong': {
    zh: '请写明镜头和时间，从早到晚，不超过 24 小时，不能是将来。',
    en: 'Name the camera and the time, from earlier to later, no longer than 24 hours, and none of it to come.',
  },
  'case-not-ended': {
    zh: '案件还没有结束，由安全管理员批。',
    en: 'The case has not ended: the security administrator decides.',
  },
  'reference-wrong': {
    zh: '录像地址不要带账号、密码或密钥。',
    en: 'The address of a recording must carry no account, password or key.',
  },
  'erased-by-rule': { zh: '已按规定删除。', en: 'Erased by rule.' },
  'wish-decided': { zh: '这件申请已经有人处理了。', en: 'Somebody has decided this already.' },
  'kiosk-link-used': {
    zh: '这个大屏链接不对、已停用，或已被另一台设备用过，请管理员重新生成。',
    en: 'This wall link is wrong, withdrawn or already used by another device: ask the administrator for a new one.',
  },
  'source-unknown': {
    zh: '来源密钥不对或已停用，请联系管理员。',
    en: 'The source key is wrong or withdrawn: ask the administrator.',
  },
  'signature-missing': {
    zh: '这个来源必须签名：请带上 webhook-id、webhook-timestamp 和 webhook-signature。',
    en: 'This source must sign: send webhook-id, webhook-timestamp and webhook-signature.',
  },
  'signature-wrong': {
    zh: '签名不对：请核对密钥，并对「编号.时间.原始报文」逐字节签名。',
    en: 'The signature is not right: check the secret, and sign id.timestamp.body byte for byte as it is sent.',
  },
  'signature-late': {
    zh: '签名的时间和我们差了 5 分钟以上，请校准发送方的时钟后重新签名再发。',
    en: 'The signature is more than 5 minutes off our time: set the sender’s clock, sign anew and send again.',
  },
  'webhook-id-used': {
    zh: '这个 webhook-id 已用在另一份报文上，请换一个编号再发。',
    en: 'This webhook-id was used for another body: give each message an id of its own.',
  },
  'key-in-address': {
    zh: '这个来源没有登记把密钥写在网址里，请改用请求头 Authorization，或请管理员登记 --by-address。',
    en: 'This source is not registered to have its key in the address: send it as Authorization, or have it registered with --by-address.',
  },
  'origin-not-allowed': {
    zh: '这个网址不在允许名单里，请管理员把它加进 SANPING_ORIGINS。',
    en: 'This origin is not on the list: ask the administrator to add it to SANPING_ORIGINS.',
  },
  'operator-needed': {
    zh: '大屏自己不能做这一步，请值守先在这块大屏上登录。',
    en: 'A wall by itself may not do this: a duty officer signs in at it first.',
  },
  'wall-unknown': { zh: '没有这块大屏，请用 kiosk list 查看。', en: 'There is no such wall: see kiosk list.' },
  'role-not-allowed': { zh: '您的岗位不能做这一步。', en: 'Your role may not do this.' },
  'not-your-area': { zh: '不在您负责的范围内。', en: 'It is not in your area.' },
  'not-assigned-to-you': { zh: '这件不是派给您的。', en: 'It is not assigned to you.' },
  // what was asked
  'neighbour-unknown': { zh: '没有这个对外单位，或已停用。', en: 'There is no such neighbour, or it was withdrawn.' },
  'notice-unknown': { zh: '没有这条通知，或凭据不对。', en: 'There is no such notice, or its receipt is wrong.' },
  'push-service-unknown': {
    zh: '这个浏览器的推送服务不在本站允许之列，请管理员用 SANPING_PUSH 加上。',
    en: 'This browser’s push service is not one this site sends to: the administrator adds it by SANPING_PUSH.',
  },
  'case-not-found': { zh: '没有这件案件，可能已归档。', en: 'There is no such case; it may have been archived.' },
  'stage-not-allowed': {
    zh: '案件已走到别的环节，这一步现在不能做。',
    en: 'The case stands at another stage; this cannot be done now.',
  },
  'layer-unknown': { zh: '地图上没有这一层。', en: 'The map has no such layer.' },
  'quarantine-unknown': {
    zh: '隔离区里没有这一条，可能已到期清除。',
    en: 'There is no such message in quarantine; its time may be over.',
  },
  'reason-missing': { zh: '请写明原因。', en: 'Say the reason.' },
  'photo-missing': { zh: '还差照片，请先拍齐。', en: 'Photos are missing: take them first.' },
  'not-arrived': { zh: '还没有到场，请先点「我到了」。', en: 'Not there yet: say that you have arrived first.' },
  'other-person-needed': {
    zh: '处置人不能核查自己办的件，请换一个人。',
    en: 'Who handled it may not verify it: somebody else must look.',
  },
  'person-unknown': { zh: '没有这个人。', en: 'There is no such person.' },
  'person-off-duty': { zh: '这个人不在岗。', en: 'This person is off duty.' },
  'person-out-of-area': { zh: '这个人不负责这片地方。', en: 'This person does not answer for that place.' },
  'person-cannot-handle': { zh: '这个岗位不办这类事。', en: 'This post does not handle such matters.' },
  'place-unknown': { zh: '地图上没有这个地方。', en: 'The map has no such place.' },
  'case-held': { zh: '案件挂账中，请先恢复再办。', en: 'The case is on hold: take it up again first.' },
  'request-waiting': { zh: '已有同样的申请在等批复。', en: 'The same has been asked for and waits for an answer.' },
  'request-unknown': { zh: '没有这个申请，或已经批复。', en: 'There is no such request, or it was answered.' },
  'asked-too-much': {
    zh: '超过了场景允许的时长或次数。',
    en: 'That is longer, or more often, than the scenario allows.',
  },
  'own-request': { zh: '自己的申请要由别人批。', en: 'Somebody else must answer your own request.' },
  'clock-unknown': { zh: '没有在走的时限可延。', en: 'No clock is running that could be extended.' },
  'approval-needed': {
    zh: '派遣之后作废要先申请，由别人批准。',
    en: 'Once dispatched it is voided only by a request that somebody else grants.',
  },
  'appeal-waiting': {
    zh: '申诉在等批复，批复之前不能往下办，也不计时。',
    en: 'An appeal waits for its answer: until then nothing moves and no clock runs.',
  },
  'disposition-missing': {
    zh: '请选作废的结论：误报、重复、超出职责或未发现。',
    en: 'Say as what it would end: a false alarm, a duplicate, beyond remit or not found.',
  },
  'step-apart': {
    zh: '前一步是您做的，这一步要换一个人。',
    en: 'You did the step before it: somebody else must do this one.',
  },
  'time-past': { zh: '截止时间要在现在之后。', en: 'The time must lie ahead.' },
  'cannot-merge': {
    zh: '这两件不能并：同一件，或已经结束。',
    en: 'These two cannot be merged: the same one, or one that has ended.',
  },
  'not-merged': {
    zh: '这件没有并入别的案件，或对方已归档。',
    en: 'This one was not merged into another, or that one has left the board.',
  },
  'cannot-split': {
    zh: '拆分要留下至少一个来源，并选中至少一个。',
    en: 'A split must take at least one source and leave at least one.',
  },
  'level-one-stays': {
    zh: '一级案件不能暂缓，只有值守可以。',
    en: 'A level I case is not put aside but by the duty officer.',
  },
  'checklist-missing': { zh: '必做的步骤还没有勾完。', en: 'Steps that must be ticked are not ticked yet.' },
  'form-missing': { zh: '还差表单，请先填写。', en: 'A form is missing: fill it in first.' },
  'form-unknown': { zh: '这个场景没有这张表单。', en: 'The scenario has no such form.' },
  'form-wrong': {
    zh: '表单有一项没有填对：必填项、数字范围或选项。',
    en: 'A field of the form is not right: one that is required, a number out of range, or no such choice.',
  },
  'ballot-unknown': { zh: '这个场景没有这项表决。', en: 'The scenario has no such ballot.' },
  'roll-unknown': { zh: '这个场景没有这份名册。', en: 'The scenario has no such roll.' },
  'not-on-the-roll': { zh: '名册上没有这一户。', en: 'That one is not on the roll.' },
  'roll-closed': { zh: '已经开始表决，名册不能再改。', en: 'Votes have been cast: the roll can no longer be changed.' },
  'phase-not-next': { zh: '现在不能走到这一步。', en: 'The case cannot go there from where it stands.' },
  'phase-not-ready': {
    zh: '条件还不满足：表单、表决或子案件未完成。',
    en: 'Not ready yet: a form, a ballot or a child case is not done.',
  },
  'children-open': { zh: '还有子案件没有结束。', en: 'A case that grew out of it is still open.' },
  'branch-unknown': {
    zh: '这个场景没有这种子案件，或现在不能开。',
    en: 'The scenario has no such branch, or not at this point.',
  },
  'shift-unknown': { zh: '没有这个班次。', en: 'There is no such shift.' },
  'shift-overlaps': { zh: '这个人在那段时间已有班次。', en: 'That person has a shift at that time already.' },
  'hand-over-unknown': { zh: '没有这份交接。', en: 'There is no such hand-over.' },
  'own-hand-over': {
    zh: '自己写的交接要由接班的人来接。',
    en: 'Whoever comes next takes it over, not whoever wrote it.',
  },
  'window-unknown': { zh: '没有这个静默窗口。', en: 'There is no such window.' },
  'window-too-wide': {
    zh: '静默窗口要指明地点、设施或摄像头，并且不超过 7 天。',
    en: 'A window must name a place, a facility or a camera, and last no longer than 7 days.',
  },
  'order-unknown': { zh: '没有这条指令，可能已经结束。', en: 'There is no such order; it may be over.' },
  'somebody-drives': {
    zh: '值守或大屏正在带看，请先跟着看。',
    en: 'The duty officer or the wall leads now: follow for the time being.',
  },
  'cast-unknown': { zh: '没有这个投屏，可能已经结束。', en: 'There is no such cast; it may be over.' },
  'casts-full': {
    zh: '投屏最多排 5 个，每人最多 2 个。',
    en: 'At most five casts may wait, and at most two of one person.',
  },
  'street-unknown': {
    zh: '没有这个街道，或它没有打开；只能移交给同一系统里的街道。',
    en: 'There is no such street, or it is not open: a case is handed over to a street of the same system.',
  },
  'came-from-there': {
    zh: '这件就是那个街道移交来的：不归本街道的，请作废并写明原因，它会回到那里。',
    en: 'That street handed it to us: void it and say why, and it is theirs again.',
  },
  'passed-on': {
    zh: '这件已移交给另一个街道，先收回再办。',
    en: 'It was handed over to another street: take it back before anything is done to it.',
  },
  'nobody-fits': { zh: '没有合适的在岗人员，请人工派遣。', en: 'Nobody on duty fits: dispatch it by hand.' },
  'replayed-already': {
    zh: '这一条已经重放过，不会再放第二次。',
    en: 'This one was replayed already; nothing replays twice.',
  },
  'sender-unknown': { zh: '没有这个来源，或已停用。', en: 'There is no such source, or it was withdrawn.' },
  'link-unknown': {
    zh: '这个链接不对，请核对当时给您的链接，或打电话报编号查询。',
    en: 'This link is not right: check the one you were given, or ring and name the number of your report.',
  },
  'scenario-wrong': {
    zh: '场景文件不对，原来的版本继续使用。',
    en: 'The scenario file is not right; the version before it stays in force.',
  },
  'already-so': { zh: '已经是这样了。', en: 'It is so already.' },
  'not-yet': { zh: '时间还没到。', en: 'The time has not come.' },
  // the house itself
  overloaded: {
    zh: '现在太忙，请按 Retry-After 的秒数后重发，什么都没有丢。',
    en: 'Too busy now: send again after the seconds in Retry-After; nothing was lost.',
  },
  'over-quota': {
    zh: '发得太快，超过了这个来源或这个镜头的额度，请按 Retry-After 的秒数后重发，什么都没有丢。',
    en: 'Too fast: more than this source, or this camera, may send. Send again after the seconds in Retry-After; nothing was lost.',
  },
  'not-in-step': { zh: '正在与日志对齐，请稍后重发。', en: 'Catching up with the journal: send again in a moment.' },
} as const satisfies Record<string, Words>

export type Refusal = keyof typeof refusals
export const refusalNames = Object.keys(refusals) as [Refusal, ...Refusal[]]
